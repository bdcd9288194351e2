import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, describe, expect, it } from 'vitest'
import type { RuleResult } from '../../../core/check/result.ts'
import { textAt } from '../../../core/eventlog/event-log.ts'
import { analyse } from '../../../core/procedure/analyse.ts'
import { isRefusal, type Refusal } from '../../../core/refusal/refusal.ts'
import { packsRoot } from '../../../kernel/packs/packs.ts'
import { readProcedures } from '../../../kernel/packs/procedures.ts'
import { readLog } from '../../../kernel/tables/read-log.ts'
import { judgeLog } from '../../../modules/supervise/plans/judge-log.ts'
import { readPlan } from '../../../modules/supervise/plans/plan-file.ts'
import { plantedRules } from '../case-file.ts'
import { readExample } from '../read-example.ts'
import { writeLog } from '../write-example.ts'
import { type GeneratedCases, type GenerateOptions, generateCases } from './generate.ts'
import { csvOf, plantedCsv } from './output.ts'
import { irregularities } from './plant.ts'
import { powersOfLog } from './world.ts'

const packs = packsRoot()
const folder = await mkdtemp(join(tmpdir(), 'daylight-example-'))
afterAll(() => rm(folder, { recursive: true }))

function held<T>(value: T | Refusal): T {
  if (isRefusal(value)) throw new Error(`${value.says.en} ${JSON.stringify(value.place ?? {})}`)
  return value
}

const example = held(await readExample(packs))
const generate = (options: Partial<GenerateOptions>) =>
  generateCases(example, { seed: 1, cases: 5000, irregular: true, ...options })

/** Takes the log through the door that every other log takes: a file, its plan, the checks. */
async function judged(generated: GeneratedCases): Promise<readonly RuleResult[]> {
  const files = held(await writeLog(example, generated, folder, null))
  const plan = held(await readPlan(files.plan))
  const read = held(await readLog(files.log, { zone: plan.zone, ...(plan.map && { mapping: plan.map }) }))
  expect(read.report.rows.reported).toBe(0)
  return held(await judgeLog(read.log, plan, { packs, folder, date: '2026-11-22' })).results
}

const foundBy = (results: readonly RuleResult[], rule: string): string[] =>
  [...new Set(results.find(({ code }) => code === rule)?.found.map(({ caseId }) => caseId) ?? [])].sort()

const plantedFor = ({ planted }: GeneratedCases, rule: string): string[] =>
  planted
    .filter((one) => one.rule === rule)
    .map((one) => one.case)
    .sort()

describe('the example of 5,000 cases', () => {
  it.each([1, 2, 77, 20261122])('shows every planted case of each rule and no other, with seed %i', async (seed) => {
    const generated = generate({ seed })
    const results = await judged(generated)
    expect(generated.cases.length).toBe(5000)
    for (const rule of plantedRules) {
      expect(plantedFor(generated, rule).length, rule).toBeGreaterThanOrEqual(5)
      expect(foundBy(results, rule), rule).toEqual(plantedFor(generated, rule))
    }
  })
  it('shows nothing in clean years, and says so of every rule', async () => {
    for (const seed of [3, 4, 5]) {
      const clean = generate({ seed, irregular: false })
      expect(clean.planted).toEqual([])
      const results = await judged(clean)
      expect(results.map(({ code, result }) => [code, result])).toEqual(plantedRules.map((rule) => [rule, 'none']))
      for (const result of results) expect(result.judged, result.code).toBeGreaterThan(50)
    }
  })
  it('breaches every rule in every way that the generator knows', () => {
    expect(new Set(generate({}).planted.map(({ why }) => why))).toEqual(new Set(irregularities.map(({ why }) => why)))
  })
  it('is the same for the same seed and another for another', () => {
    const [one, again, other] = [generate({ cases: 400 }), generate({ cases: 400 }), generate({ cases: 400, seed: 2 })]
    expect(csvOf(again, example.cases)).toBe(csvOf(one, example.cases))
    expect(plantedCsv(again.planted)).toBe(plantedCsv(one.planted))
    expect(csvOf(other, example.cases)).not.toBe(csvOf(one, example.cases))
  })
  it('lets nobody who reads the log read what was planted', () => {
    const generated = generate({ cases: 400 })
    const log = csvOf(generated, example.cases)
    for (const { rule, why } of generated.planted) {
      expect(log).not.toContain(rule)
      expect(log).not.toContain(why)
    }
  })
})

describe('a lawful year of the example', () => {
  const clean = generate({ irregular: false })
  const { terms, office } = { terms: example.cases, office: example.calendar }

  it('follows the ordinary permit step by step, wherever a case has come to', async () => {
    const procedures = held(await readProcedures(packs))
    const procedure = procedures.get(terms.procedure)
    if (procedure === undefined) throw new Error('the example names a procedure that no pack holds')
    const known = new Set([...procedure.procedure.steps, ...procedure.procedure.caseActs].map((step) => step.activity))
    for (const label of [...Object.values(terms.steps), ...Object.values(terms.acts)]) expect(known).toContain(label)

    const files = held(await writeLog(example, clean, folder, null))
    const plan = held(await readPlan(files.plan))
    const { log } = held(await readLog(files.log, { zone: plan.zone, ...(plan.map && { mapping: plan.map }) }))
    const ended = log.caseAttributes.get('end')
    expect(ended).toBeDefined()
    const conformance = analyse(log, procedure.procedure.net, {
      caseActs: procedure.procedure.caseActs,
      unfinished: (index) => ended !== undefined && textAt(ended, index) === null,
    })
    expect([conformance.deviating, conformance.unsolved]).toEqual([0, 0])
  })
  it('spans two years and holds each variety that the law provides for', () => {
    const names = new Set(clean.cases.flatMap(({ events }) => events.map(({ name }) => name)))
    for (const name of [...Object.keys(terms.steps), ...Object.keys(terms.acts)]) expect(names).toContain(name)
    expect(new Set(clean.cases.map(({ kind }) => kind))).toEqual(new Set(['promised', 'instant', 'commitment']))
    expect(clean.cases[0]?.id.slice(0, 6)).toBe('202411')
    expect(clean.cases.at(-1)?.id.slice(0, 6)).toBe('202611')
    expect(new Set(clean.cases.map(({ power }) => power.code)).size).toBe(powersOfLog(example).length)
  })
  it('lets officers act on working days, the make-up Saturdays among them, and never in a holiday', () => {
    const day = (instant: number) =>
      Temporal.Instant.fromEpochMilliseconds(instant).toZonedDateTimeISO(terms.zone).toPlainDate()
    const saturdays = new Set<string>()
    for (const { events } of clean.cases)
      for (const { instant } of events) {
        const date = day(instant)
        expect(office.isWorking(Math.round(date.toZonedDateTime('UTC').epochMilliseconds / 86_400_000))).toBe(true)
        if (date.dayOfWeek >= 6) saturdays.add(date.toString())
      }
    expect(saturdays).toContain('2025-10-11')
    expect(saturdays).toContain('2026-10-10')
  })
  it('pauses over the October holiday', () => {
    const over = clean.cases.filter(({ events }) => {
      const at = (name: string) => events.find((event) => event.name === name)?.instant
      const [from, to] = [at('specialStart'), at('specialEnd')]
      return (
        from !== undefined &&
        to !== undefined &&
        [2025, 2026].some((year) => {
          const holiday = Temporal.Instant.from(`${year}-10-03T00:00:00+08:00`).epochMilliseconds
          return from < holiday && to > holiday
        })
      )
    })
    expect(over.length).toBeGreaterThan(5)
  })
})
