import { randomUUIDv7 } from 'node:crypto'
import { mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, describe, expect, it } from 'vitest'
import { analyse } from '../../../core/procedure/analyse.ts'
import { unfinishedCases } from '../../../core/procedure/unfinished.ts'
import { isRefusal, type Refusal } from '../../../core/refusal/refusal.ts'
import { testDatabase } from '../../../kernel/db/test-database.ts'
import { olapLimits, openOlap } from '../../../kernel/olap/olap.ts'
import { packsRoot } from '../../../kernel/packs/packs.ts'
import { readProcedures } from '../../../kernel/packs/procedures.ts'
import { countDeviations, countElements } from '../conformance/count-deviations.ts'
import { type JudgingLimits, modestLimits } from '../conformance/judge-cases.ts'
import { judgeConformance } from './conformance.ts'
import { csvOf } from './fixtures/csv.ts'
import { importLog } from './import-log.ts'
import { conformanceOf } from './log-detail.ts'
import { openStoredLog } from './stored-log.ts'
import { logDb } from './tables.ts'

const db = await testDatabase()
const home = await mkdtemp(join(tmpdir(), 'daylight-conformance-'))
const olap = openOlap(olapLimits(home, 256, 1))
const packs = packsRoot()
const store = { db, olap, home, packs }
afterAll(async () => {
  olap.close()
  await rm(home, { recursive: true, force: true })
})

const clock = () => Temporal.Instant.from('2026-03-02T02:00:00Z')

function good<T>(value: T | Refusal): T {
  if (isRefusal(value)) throw new Error(value.says.en)
  return value
}

async function imported(csv: string): Promise<string> {
  const log = randomUUIDv7()
  const path = join(home, `${log}.csv`)
  await writeFile(path, csv)
  const actor = { officer: 'o-1', post: null, organ: null }
  const input = {
    log,
    name: '行政许可办件',
    region: '99/9901',
    path,
    file: 'a.csv',
    mapping: null,
    zone: 'Asia/Shanghai',
    actor,
  }
  good(await importLog(store, input, { clock }))
  return log
}

const defect = (error: unknown): void => {
  throw error
}
const judge = async (log: string, limits: JudgingLimits, progress = () => {}, signal?: AbortSignal) =>
  await judgeConformance(
    store,
    { log, procedure: 'ordinary-permit', officer: 'o-1' },
    { limits, clock, progress, defect, signal },
  )

const keptVariants = (log: string) =>
  logDb(db)
    .selectFrom('log_variant_conformance as v')
    .innerJoin('log_conformance as j', 'j.id', 'v.conformance_id')
    .selectAll('v')
    .where('j.log_id', '=', log)
    .orderBy('v.variant')
    .execute()

describe('conformance of a stored log', () => {
  it('is what judging its cases in one thread gives, with counts by deviation and by element', async () => {
    const log = await imported(csvOf(60, new Set([3, 8])))
    expect(good(await judge(log, modestLimits))).toMatchObject({ cases: 60, unsolved: 0 })
    const procedure = good(await readProcedures(packs)).get('ordinary-permit')?.procedure
    if (procedure === undefined) throw new Error('no such procedure')
    const { net, caseActs } = procedure
    const read = good(await openStoredLog(store, log))
    const unfinished = unfinishedCases(read)
    const expected = analyse(read, net, { caseActs, unfinished: (c) => unfinished[c] === 1 })
    const [kept] = await conformanceOf(logDb(db), log)
    expect(kept).toMatchObject({
      fitting: expected.fitting,
      deviating: expected.deviating,
      fitness: expected.fitness,
      fitnessBounds: expected.fitnessBounds,
      unsolvedBy: {},
      reason: null,
      deviations: countDeviations(expected),
      elements: countElements(expected, net),
    })
    expect(kept?.deviations.length).toBeGreaterThan(0)
    const skipped = kept?.elements.filter(({ kind }) => kind === 'model')
    expect(skipped?.length).toBeGreaterThan(0)
    const variants = await keptVariants(log)
    expect(variants.map(({ cost, cost_lower: lower, cost_upper: upper, why }) => [cost, lower, upper, why])).toEqual(
      variants.map(({ cost }) => [cost, cost, cost, null]),
    )
  })
  it('keeps, of cases that the time did not suffice for, the bounds of their cost and why, until it is judged again', async () => {
    const log = await imported(csvOf(40))
    const hasty = { ...modestLimits, caseSeconds: 1e-6 }
    expect(good(await judge(log, hasty))).toMatchObject({ cases: 40, fitting: 0, deviating: 0, unsolved: 40 })
    const [kept] = await conformanceOf(logDb(db), log)
    expect(kept).toMatchObject({ unsolvedBy: { time: 40 }, fitness: null, deviations: [], elements: [] })
    expect(kept?.reason?.en).toContain('40 met the time limit (600 s in all, 0.000001 s a case)')
    const blank = await keptVariants(log)
    expect(blank.map(({ fits, cost, why }) => [fits, cost, why])).toEqual(blank.map(() => [null, null, 'time']))
    good(await judge(log, modestLimits))
    const solved = await keptVariants(log)
    expect(solved.map(({ variant }) => variant)).toEqual(blank.map(({ variant }) => variant))
    solved.forEach(({ cost }, at) => {
      expect(blank[at]?.cost_lower).toBeLessThanOrEqual(cost as number)
      expect(blank[at]?.cost_upper ?? Number.POSITIVE_INFINITY).toBeGreaterThanOrEqual(cost as number)
    })
  })
  it('keeps nothing where it is cancelled', async () => {
    const log = await imported(csvOf(40))
    const controller = new AbortController()
    const abort = (): void => controller.abort(new Error('enough'))
    await expect(judge(log, modestLimits, abort, controller.signal)).rejects.toThrow('enough')
    expect(await conformanceOf(logDb(db), log)).toEqual([])
  })
})
