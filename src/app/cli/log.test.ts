import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, describe, expect, it } from 'vitest'
import { isLargeLog } from './large-log.ts'
import { testedCommandLine } from './test-run.ts'

const folder = await mkdtemp(join(tmpdir(), 'daylight-cli-log-'))
afterAll(() => rm(folder, { recursive: true, force: true }))

const cli = testedCommandLine()
const at = (name: string): string => join(folder, name)
await writeFile(
  at('a.csv'),
  '办件编号,环节,时间\nA,受理,2024-01-02 09:00\nA,决定,2024-01-03 09:00\nB,受理,2024-01-02 10:00\nB,决定,不详\n,受理,2024-01-02 10:00\n',
)
await writeFile(at('map.yml'), 'case: 办件编号\nactivity: 环节\ntime: 时间\nzone: Europe/Amsterdam\n')
await writeFile(at('bad.yml'), 'case: 办件编号\nactivity: 环节\ntime: 时间\nzoned: Europe/Amsterdam\n')
await writeFile(at('gone.yml'), 'case: 办件编号\nactivity: 环节\ntime: 时间啊\n')

describe('daylight log stats', () => {
  it('counts a log, and its rows in are those used and those reported', async () => {
    expect(await cli.run('log', 'stats', at('a.csv'), '--json')).toBe(0)
    expect(JSON.parse(cli.shown.trim().split('\n').at(-1) as string)).toMatchObject({
      cases: 2,
      events: 3,
      activities: 2,
      variants: 2,
      firstAt: '2024-01-02T01:00:00.000Z',
      rows: { in: 5, used: 3, reported: 2 },
      reasons: { 'missing-case': 1, 'unreadable-time': 1 },
      reported: [
        { row: 5, reason: 'unreadable-time', text: '不详' },
        { row: 6, reason: 'missing-case' },
      ],
      guessed: true,
    })
  })
  it('says to a person how the columns were told, in which zone, and each row that was not used', async () => {
    expect(await cli.run('log', 'stats', at('a.csv'))).toBe(0)
    for (const words of ['办件编号', 'Asia/Shanghai', '第 5 行', '“不详”', '第 6 行'])
      expect(cli.shown).toContain(words)
  })
  it('reads by a mapping, in the mapping’s zone', async () => {
    await cli.run('log', 'stats', at('a.csv'), '--map', at('map.yml'), '--json')
    expect(JSON.parse(cli.shown)).toMatchObject({ firstAt: '2024-01-02T08:00:00.000Z', guessed: false })
  })
  it('writes every reported row to a file', async () => {
    await cli.run('log', 'stats', at('a.csv'), '--reported', at('rows.csv'))
    expect((await readFile(at('rows.csv'), 'utf8')).split('\r\n').map((line) => line.split(',')[0])).toEqual([
      '\uFEFFrow',
      '5',
      '6',
      '',
    ])
    expect(await cli.run('log', 'stats', at('a.csv'), '--reported', join(folder, 'nowhere', 'rows.csv'))).toBe(2)
  })
  it.each<[string, string[], string]>([
    ['a mapping with an unknown key', [at('a.csv'), '--map', at('bad.yml')], 'pack.shape'],
    ['a mapping that names a missing column', [at('a.csv'), '--map', at('gone.yml')], 'log.column-missing-near'],
    ['a log that is not there', [at('b.csv')], 'table.no-such-file'],
  ])('ends with 2 on %s', async (_, words, code) => {
    expect(await cli.run('log', 'stats', ...words, '--json')).toBe(2)
    expect(JSON.parse(cli.shown).refusal.code).toBe(code)
    expect(cli.said).not.toBe('')
  })
})

describe('a log beyond the size that is held in memory', () => {
  const large = async (...words: string[]): Promise<string> => {
    cli.shown = ''
    process.env.DAYLIGHT_IN_MEMORY_EVENTS = '1'
    try {
      expect(await cli.run(...words)).toBe(0)
    } finally {
      delete process.env.DAYLIGHT_IN_MEMORY_EVENTS
    }
    return cli.shown
  }

  it('is told by the size of its file', async () => {
    expect(await isLargeLog(at('a.csv'), { inMemoryEvents: 1 })).toBe(true)
    expect(await isLargeLog(at('a.csv'), { inMemoryEvents: 1000 })).toBe(false)
    expect(await isLargeLog(at('b.csv'), { inMemoryEvents: 1 })).toBe(false)
  })

  it('has the same counts, rows and answers as a small one', async () => {
    const questions = [['stats'], ['variants'], ['graph'], ['open', '--step', 'day']]
    for (const [name = '', ...options] of questions) {
      const words = ['log', name, at('a.csv'), ...options, '--json']
      const fromFiles = await large(...words)
      cli.shown = ''
      await cli.run(...words)
      expect(JSON.parse(fromFiles)).toEqual(JSON.parse(cli.shown))
    }
  })

  it('has every reported row in the file that was asked for', async () => {
    await cli.run('log', 'stats', at('a.csv'), '--reported', at('small.csv'))
    await large('log', 'stats', at('a.csv'), '--reported', at('large.csv'))
    expect(await readFile(at('large.csv'), 'utf8')).toBe(await readFile(at('small.csv'), 'utf8'))
  })

  it('is refused as a small one is', async () => {
    process.env.DAYLIGHT_IN_MEMORY_EVENTS = '1'
    expect(await cli.run('log', 'stats', at('a.csv'), '--map', at('gone.yml'), '--json')).toBe(2)
    expect(await cli.run('log', 'stats', at('a.csv'), '--reported', join(folder, 'nowhere', 'rows.csv'))).toBe(2)
    delete process.env.DAYLIGHT_IN_MEMORY_EVENTS
  })
})
