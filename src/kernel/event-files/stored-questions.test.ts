import { existsSync } from 'node:fs'
import { mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join, resolve } from 'node:path'
import fc from 'fast-check'
import { afterAll, describe, expect, it } from 'vitest'
import { caseDurations } from '../../core/eventlog/case-times.ts'
import { followsGraph } from '../../core/eventlog/graph.ts'
import { wholeLog } from '../../core/eventlog/log-view.ts'
import { openCases } from '../../core/eventlog/open-cases.ts'
import { variantsOf } from '../../core/eventlog/variants.ts'
import { isRefusal } from '../../core/refusal/refusal.ts'
import { zoneOf } from '../../core/worktime/zone.ts'
import { olapLimits, openOlap } from '../olap/olap.ts'
import type { LogMapping } from '../tables/log-mapping.ts'
import { readLog } from '../tables/read-log.ts'
import { readEventFiles } from './event-files.ts'
import { openEventTable, openVariants } from './event-table.ts'
import { durationsOfCases } from './spreads.ts'
import { storedGraph } from './stored-graph.ts'
import { type StoredEnds, storedOpenCases, withEnds } from './stored-open-cases.ts'
import { variantsPage } from './stored-variants.ts'

const home = await mkdtemp(join(tmpdir(), 'daylight-stored-questions-'))
const olap = openOlap(olapLimits(home, 256, 2))
afterAll(async () => {
  olap.close()
  await rm(home, { recursive: true, force: true })
})
const zone = zoneOf('Asia/Shanghai')
const LIMIT = 40

async function inMemory(path: string, mapping?: LogMapping) {
  const read = await readLog(path, mapping === undefined ? {} : { mapping })
  if (isRefusal(read)) throw new Error(read.says.en)
  const { log } = read
  const { variants } = variantsOf(log)
  const rows = variants.slice(0, LIMIT).map(({ cases, activities }) => ({
    cases,
    activities: Array.from(activities, (code) => log.activity.dictionary[code]),
  }))
  const view = wholeLog(log)
  return {
    variants: { total: variants.length, rows },
    graph: followsGraph(view),
    durations: caseDurations(view),
    open: openCases(view, zone, 'day'),
    months: openCases(view, zone, 'month'),
  }
}

async function fromFiles(paths: readonly string[], mapping?: LogMapping) {
  return await olap.use(async ({ engine }) => {
    const files: StoredEnds[] = []
    for (const path of paths) {
      const folder = await mkdtemp(join(home, 'files-'))
      const read = await readEventFiles(engine, path, folder, mapping === undefined ? {} : { mapping })
      if (isRefusal(read)) throw new Error(read.says.en)
      files.push(withEnds(read.ordered))
    }
    await openEventTable(engine, files)
    await openVariants(engine)
    const { total, rows } = await variantsPage(engine, LIMIT)
    return {
      variants: { total, rows: rows.map(({ cases, activities }) => ({ cases, activities })) },
      graph: await storedGraph(engine, files),
      durations: await durationsOfCases(engine),
      open: await storedOpenCases(engine, files, zone, 'day'),
      months: await storedOpenCases(engine, files, zone, 'month'),
    }
  })
}

/** Sums of doubles differ in the last digits with their order: numbers are brought to eleven digits. */
const rounded = (value: unknown): unknown =>
  JSON.parse(JSON.stringify(value, (_, one) => (typeof one === 'number' ? Number(one.toPrecision(11)) : one)))

async function alike(whole: string, parts: readonly string[], mapping?: LogMapping): Promise<void> {
  const [a, b] = [await inMemory(whole, mapping), await fromFiles(parts, mapping)]
  expect(rounded(b.variants)).toEqual(rounded(a.variants))
  expect(rounded(b.graph)).toEqual(rounded(a.graph))
  expect(rounded(b.durations)).toEqual(rounded(a.durations))
  expect(b.open).toEqual(a.open)
  expect(b.months).toEqual(a.months)
}

async function csv(lines: readonly string[]): Promise<string> {
  const path = join(await mkdtemp(join(home, 'source-')), 'log.csv')
  await writeFile(path, ['case,step,time,end', ...lines].join('\n'))
  return path
}

const ending: LogMapping = { case: 'case', activity: 'step', time: 'time', end: { column: 'end', level: 'case' } }

describe('questions to stored files', () => {
  it('have the answers that the whole log in memory gives, for any log, with ends said by a column or by the last event', async () => {
    const day = fc.constantFrom('2024-01-01 23:30', '2024-01-02 00:10', '2024-01-02 09:00', '2024-01-05 10:00', '')
    const event = fc.tuple(fc.integer({ min: 0, max: 9 }), fc.constantFrom('a', 'b', '\u{20000}', '\uff5e', 'ab'), day)
    const end = fc.constantFrom('', '2024-01-06', '2024-01-02 08:00', '2023-12-01')
    await fc.assert(
      fc.asyncProperty(
        fc.array(event, { minLength: 1, maxLength: 60 }),
        fc.array(end, { minLength: 10, maxLength: 10 }),
        async (events, ends) => {
          const path = await csv(events.map(([c, step, time]) => `C${c},${step},${time},${ends[c]}`))
          await alike(path, [path], ending)
          await alike(path, [path], { case: 'case', activity: 'step', time: 'time' })
        },
      ),
      { numRuns: 12 },
    )
  }, 60_000)

  it('see a case that several imports hold as the last of them has it', async () => {
    const lines = (cases: readonly number[], last: string): string[] =>
      cases.flatMap((c) => [
        `C${c},a,2024-01-0${(c % 8) + 1} 10:00,`,
        `C${c},${last},2024-01-09 1${c % 10}:00,2024-01-10`,
      ])
    const [old, kept, corrected] = [
      Array.from({ length: 60 }, (_, c) => c),
      [0, 1, 2, 3, 4],
      Array.from({ length: 80 }, (_, c) => c + 5),
    ]
    const both = await csv([...lines(kept, 'b'), ...lines(corrected, 'c')])
    await alike(both, [await csv(lines(old, 'b')), await csv(lines(corrected, 'c'))], ending)
  })
})

const shared = resolve(import.meta.dirname, '../../../../shared/data/eventlogs')

describe.skipIf(!existsSync(shared))('questions to a real log (skipped where ../shared is absent)', () => {
  it.each(['receipt.csv', 'PermitLog.xes.gz'])(
    '%s: the same answers from its files as from memory',
    async (name) => {
      await alike(join(shared, name), [join(shared, name)])
    },
    60_000,
  )
})
