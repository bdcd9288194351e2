import { existsSync } from 'node:fs'
import { mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join, resolve } from 'node:path'
import { afterAll, describe, expect, it } from 'vitest'
import type { EventLog } from '../../../core/eventlog/event-log.ts'
import { isRefusal, type Refusal } from '../../../core/refusal/refusal.ts'
import { packsRoot } from '../../../kernel/packs/packs.ts'
import { readLog } from '../../../kernel/tables/read-log.ts'
import { lateLog, latePlan } from './fixtures/late-log.ts'
import { judgeLog } from './judge-log.ts'
import { type Plan, planFile, readPlan } from './plan-file.ts'

const packs = packsRoot()
const setting = { packs, folder: packs, date: '2026-01-01' }
const folder = await mkdtemp(join(tmpdir(), 'daylight-judge-'))
afterAll(() => rm(folder, { recursive: true }))

function good<T>(value: T | Refusal): T {
  if (isRefusal(value)) throw new Error(value.says.en)
  return value
}

async function generated(cases: number, seed: number) {
  const made = lateLog(cases, seed)
  const path = join(folder, `late-${seed}.csv`)
  await writeFile(path, made.csv)
  const plan: Plan = { ...planFile.parse(latePlan), map: null }
  const { log } = good(await readLog(path, { mapping: planFile.parse(latePlan).map as never, zone: plan.zone }))
  return { log, plan, late: made.late }
}

const judged = async (log: EventLog, plan: Plan) => good(await judgeLog(log, plan, setting)).results
const rule = async (log: EventLog, plan: Plan, code: string) => {
  const found = (await judged(log, plan)).find((result) => result.code === code)
  if (found === undefined) throw new Error(`no ${code}`)
  return found
}

describe('a log without deadlines, twenty working days, hearings over the October holiday', () => {
  it.each([1, 7, 20_251_011])('finds every planted late case and no other (seed %i)', async (seed) => {
    const { log, plan, late } = await generated(1500, seed)
    const result = await rule(log, plan, 'EM-04')
    expect(late.size).toBeGreaterThan(150)
    expect(new Set(result.found.map((one) => one.caseId))).toEqual(late)
    expect([result.judged, result.lacks]).toEqual([1500, []])
  })
  it('says of a rule whose fact nobody stated that it cannot be judged', async () => {
    const { log, plan } = await generated(50, 3)
    expect(await rule(log, plan, 'EM-03')).toMatchObject({
      result: 'cannot-be-judged',
      judged: 0,
      lacks: [{ fact: 'promised-limit', cases: 50 }],
    })
  })
  it('says so of a year whose notice is not published, and does not guess', async () => {
    const { log, plan } = await generated(50, 3)
    const later: EventLog = { ...log, time: log.time.map((instant) => instant + 2191 * 86_400_000) }
    expect(await rule(later, plan, 'EM-04')).toMatchObject({
      result: 'cannot-be-judged',
      lacks: [{ fact: 'published-calendar', detail: '2031' }],
    })
  })
  it('gives the same answer twice', async () => {
    const { log, plan } = await generated(300, 5)
    expect(await judged(log, plan)).toEqual(await judged(log, plan))
  })
  it('judges 5,000 cases within two seconds', async () => {
    const { log, plan } = await generated(5_000, 9)
    const began = performance.now()
    await judged(log, plan)
    expect(performance.now() - began).toBeLessThan(2_000)
  })
})

describe('a plan', () => {
  it('that names a column which the log lacks is refused with those that it has', async () => {
    const { log, plan } = await generated(5, 3)
    const wrong: Plan = { ...plan, limits: { statutory: { column: 'due', compare: 'instant' } } }
    expect(await judgeLog(log, wrong, setting)).toMatchObject({ code: 'plan.missing-column' })
  })
  it('that names an unknown check is refused', async () => {
    const { log, plan } = await generated(5, 3)
    expect(await judgeLog(log, { ...plan, checks: ['EM-99'] }, setting)).toMatchObject({ code: 'plan.unknown-check' })
  })
  it('may not promise longer than the statute allows', async () => {
    const { log, plan } = await generated(5, 3)
    const loose: Plan = { ...plan, limits: { ...plan.limits, promised: { value: 30, unit: 'working-day' } } }
    expect(await judgeLog(log, loose, setting)).toMatchObject({ code: 'plan.loosens' })
  })
  it('tells which of its names the log never shows', async () => {
    const { log, plan } = await generated(5, 3)
    const other: Plan = { ...plan, clock: { ...plan.clock, end: { activity: ['决定', '不予受理'] } } }
    expect(good(await judgeLog(log, other, setting)).unseen).toEqual(['不予受理'])
  })
})

const receipt = resolve(import.meta.dirname, '../../../../../shared/data/eventlogs/receipt.csv')

describe.skipIf(!existsSync(receipt))('the receipt log, against numbers measured independently', () => {
  const counts = async (name: string) => {
    const plan = good(await readPlan(join(packs, 'plans', `${name}.yml`)))
    const { log } = good(await readLog(receipt, { mapping: plan.map as never, zone: plan.zone }))
    const results = await judged(log, plan)
    return Object.fromEntries(
      results.map(({ code, result, found, judged: n, lacks }) => [
        code,
        { result, n: found.length, judged: n, lacks: Object.fromEntries(lacks.map((lack) => [lack.fact, lack.cases])) },
      ]),
    )
  }
  it('ended after the deadline in 377 cases by instant; 105 have no end', async () => {
    const found = await counts('receipt-by-instant')
    expect(found['EM-04']).toEqual({ result: 'found', n: 377, judged: 1329, lacks: { 'case-end': 105 } })
    expect(found['EM-01']).toMatchObject({ result: 'cannot-be-judged', lacks: { 'as-of': 105 } })
    expect(found['EM-02']).toMatchObject({ result: 'cannot-be-judged', lacks: { 'step-limits': 1434 } })
    expect(found['EM-03']).toMatchObject({ result: 'cannot-be-judged', lacks: { 'promised-limit': 1434 } })
    expect(found['EM-09']).toMatchObject({ result: 'cannot-be-judged', lacks: { procedure: 1434 } })
  })
  it('ended after the deadline in 309 cases by calendar day of Amsterdam', async () => {
    expect((await counts('receipt-by-day'))['EM-04']).toMatchObject({ n: 309, lacks: { 'case-end': 105 } })
  })
  it('shows one officer in both T02 and T04 in 1,042 of the 1,303 cases that have both', async () => {
    expect((await counts('receipt-by-instant'))['EM-15']).toMatchObject({ n: 1042, judged: 1303 })
  })
})
