import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { gunzipSync } from 'node:zlib'
import { afterAll, describe, expect, it } from 'vitest'
import { parse } from 'yaml'
import { testedCommandLine } from './test-run.ts'

const folder = await mkdtemp(join(tmpdir(), 'daylight-cli-doors-'))
afterAll(() => rm(folder, { recursive: true, force: true }))

const cli = testedCommandLine()
const at = (name: string): string => join(folder, name)
const rows = Array.from({ length: 40 }, (_, i) => {
  const day = String((i >> 2) + 1).padStart(2, '0')
  return `K${i >> 2},${['受理', '审查', '决定', '送达'][i % 4]},2024-03-${day} 1${i % 4}:00,1380013800${i % 10}`
})
await writeFile(at('a.csv'), ['业务流水号,环节名称,办理时间,联系电话', ...rows].join('\n'))
const json = (): Record<string, never> => JSON.parse(cli.shown.trim().split('\n').at(-1) as string)

describe('daylight log map', () => {
  it('prints a mapping file as it is, with reasons and the first cases in its comments', async () => {
    expect(await cli.run('log', 'map', at('a.csv'))).toBe(0)
    expect(parse(cli.shown)).toEqual({
      case: '业务流水号',
      activity: '环节名称',
      time: '办理时间',
      attributes: { exclude: ['联系电话'] },
    })
    for (const words of ['# case = 业务流水号', '只有 4 种值', '像电话号码', '40 行读成 10 件', '# K0', '受理']) {
      expect(cli.shown).toContain(words)
    }
    expect(cli.shown).not.toContain('13800138000')
    await writeFile(at('told.yml'), cli.shown)
    expect(await cli.run('log', 'stats', at('a.csv'), '--map', at('told.yml'), '--json')).toBe(0)
    expect(json()).toMatchObject({ cases: 10, events: 40, guessed: false })
  })

  it('says what it could not tell, and which columns there are', async () => {
    await writeFile(at('b.csv'), '甲,乙\n好,坏\n左,右\n')
    expect(await cli.run('log', 'map', at('b.csv'))).toBe(0)
    for (const words of ['# case = ?', '# time = ?', '甲 · 乙']) expect(cli.shown).toContain(words)
    expect(await cli.run('log', 'map', at('nowhere.csv'))).toBe(2)
  })
})

describe('daylight log export', () => {
  it('writes XES and CSV, packed by name, each with the mapping by which it reads back the same', async () => {
    const read = ['log', 'stats', '--json'] as const
    await cli.run(...read, at('a.csv'))
    const { cases, events, variants, firstAt, lastAt } = json()
    expect(await cli.run('log', 'export', at('a.csv'), '--xes', at('o.xes.gz'), '--csv', at('o.csv'), '--json')).toBe(0)
    expect(json()).toMatchObject({ cases: 10, events: 40, reported: 0 })
    expect(gunzipSync(await readFile(at('o.xes.gz'))).toString()).toContain('xes.version="1849.2016"')
    for (const name of ['o.xes.gz', 'o.csv']) {
      expect(await cli.run(...read, at(name), '--map', at(`${name}.map.yml`))).toBe(0)
      expect(json()).toMatchObject({ cases, events, variants, firstAt, lastAt, rows: { reported: 0 } })
    }
  })

  it.each<[string, string[], string]>([
    ['nothing to write', [], 'cli.usage'],
    ['a folder that is not there', ['--csv', join(folder, 'nowhere', 'o.csv')], 'input.unwritable'],
  ])('with %s ends in a sentence', async (_, options, code) => {
    expect(await cli.run('log', 'export', at('a.csv'), ...options, '--json')).toBe(2)
    expect(json()).toMatchObject({ refusal: { code } })
  })
})
