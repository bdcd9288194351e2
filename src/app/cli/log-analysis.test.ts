import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, describe, expect, it } from 'vitest'
import { csvOf } from '../../modules/supervise/logs/fixtures/csv.ts'
import { testedCommandLine } from './test-run.ts'

const folder = await mkdtemp(join(tmpdir(), 'daylight-cli-analysis-'))
afterAll(() => rm(folder, { recursive: true, force: true }))
const log = join(folder, 'a.csv')
await writeFile(log, csvOf(120))

const cli = testedCommandLine()
async function json(...words: string[]) {
  cli.shown = ''
  expect(await cli.run('log', ...words, '--json')).toBe(0)
  return JSON.parse(cli.shown.trim().split('\n').at(-1) as string)
}

describe('the analyses of a log by command line', () => {
  it.each<[string[], object]>([
    [
      ['facets', log],
      { organ: [{ value: '业务科', cases: 120 }, { value: '受理科' }], attributes: [{ key: 'case:渠道' }] },
    ],
    [['overview', log, '--calendar', 'cn'], { cases: 120, events: 330, workingDays: { unjudged: 0 } }],
    [['variants', log], { total: 2, rows: [{ cases: 90, activities: ['受理', '审查', '准予许可'] }, { cases: 30 }] }],
    [['graph', log, '--lacks', '审查'], { cases: 30, edges: [{ from: '受理', to: '准予许可', count: 30 }] }],
    [
      ['performance', log, '--by', 'organ'],
      {
        rows: [
          { key: '业务科', events: 210 },
          { key: '受理科', events: 120 },
        ],
      },
    ],
    [['rework', log], { reworked: 0 }],
    [['handovers', log], { rows: [{ from: '受理科', to: '业务科', count: 120 }] }],
    [['rhythm', log], { atMidnight: 0 }],
    [['temporal', log, '--zeta', '1'], { zeta: 1 }],
    [['open', log, '--step', 'month'], { rows: [{ opened: 120, closed: 120, open: 0 }] }],
    [['cases', log, '--order', 'events', '--organ', '业务科'], { total: 120, rows: Array(120).fill({}) }],
    [['compare', log, '--split-on', '2024-03-14'], { a: { cases: 64 }, b: { cases: 56 }, inBoth: 0 }],
    [
      ['compare', log, '--a', '{"lacks":["审查"]}', '--b', '{"contains":["审查"]}'],
      { a: { cases: 30 }, b: { cases: 90 } },
    ],
  ])('%o count what its file holds', async (words, expected) => {
    expect(await json(...words)).toMatchObject(expected)
  })

  it.each<[string[], number]>([
    [['--from', '2024-03-02', '--to', '2024-03-02'], 5],
    [['--contains', '审查', '--attribute', 'case:渠道=网上'], 30],
    [['--directly', '受理=>准予许可'], 30],
    [['--eventually', '受理=>准予许可', '--least', '6h', '--most', '390m'], 120],
    [['--filter', '{"contains":["审查"]}', '--starts-with', '受理'], 90],
    [['--repeats', '受理'], 0],
    [['--end-by', '不予许可', '--outcome', 'open'], 120],
    [['--open-on', '2024-03-01'], 0],
  ])('with %o leave the cases that the options mean', async (words, cases) => {
    expect((await json('cases', log, ...words)).total).toBe(cases)
  })

  it('show officers under marks, the same on every run, and by name only where names are asked for', async () => {
    const marks = await json('handovers', log, '--by', 'officer')
    expect(JSON.stringify(marks)).not.toContain('窗口')
    expect(await json('handovers', log, '--by', 'officer')).toEqual(marks)
    const names = await json('handovers', log, '--by', 'officer', '--names')
    expect(names.rows.map(({ count }: { count: number }) => count)).toEqual(
      marks.rows.map(({ count }: { count: number }) => count),
    )
    expect(JSON.stringify(names)).toContain('窗口')
  })

  it('write the whole table as CSV', async () => {
    const file = join(folder, 'graph.csv')
    expect(await cli.run('log', 'graph', log, '--csv', file)).toBe(0)
    const [head, first] = (await readFile(file, 'utf8')).split('\r\n')
    expect(head).toBe('\uFEFFfrom,to,count,cases,duration_median_s,duration_p90_s,duration_mean_s,duration_sd_s')
    expect(first).toBe('受理,审查,90,90,7200,7200,7200,0')
    expect(await cli.run('log', 'graph', log, '--csv', join(folder, 'nowhere', 'x.csv'))).toBe(2)
  })

  it('show a table with its head to a person', async () => {
    await cli.run('log', 'variants', log)
    expect(cli.shown).toContain('办件 120')
    expect(cli.shown).toContain('受理 → 审查 → 准予许可')
    expect(cli.shown).toContain('75.0%')
  })

  it.each<[string[]]>([
    [['performance', '--by', 'weather']],
    [['temporal', '--zeta', 'x']],
    [['cases', '--directly', '受理']],
    [['cases', '--attribute', '渠道']],
    [['cases', '--attribute', '办件编号=C1']],
    [['cases', '--least', 'long']],
    [['cases', '--filter', '{"colour":1}']],
    [['cases', '--filter', '[1]']],
    [['cases', '--from', '2024-13-01']],
    [['compare']],
    [['compare', '--split-on', 'May']],
    [['compare', '--a', '{']],
  ])('%o is refused in a sentence', async ([command, ...words]) => {
    expect(await cli.run('log', command as string, log, ...words)).toBe(2)
    expect(cli.said.trim()).not.toBe('')
  })
})
