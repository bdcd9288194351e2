// Runs a check's own examples: each is a log of one case, judged by nothing but the check.
import type { EventLog, StringColumn } from '../eventlog/event-log.ts'
import { isRefusal, type Refusal } from '../refusal/refusal.ts'
import type { WorkCalendar } from '../worktime/calendar.ts'
import { zoneOf } from '../worktime/zone.ts'
import type { Check } from './check-file.ts'
import type { Example } from './example-file.ts'
import { type Grounds, judge } from './judge.ts'
import { momentOf } from './moment.ts'
import { type PlanTerms, planTerms } from './plan-terms.ts'
import type { RuleResult } from './result.ts'

/** What examples run upon. */
export interface ExampleGrounds {
  readonly parameters: ReadonlyMap<string, number>
  readonly calendar: (id: string) => WorkCalendar | Refusal
  /** The alignment and statements of the plan's procedure. */
  readonly procedure: (log: EventLog, plan: PlanTerms) => Pick<Grounds, 'conformance' | 'procedure'> | Refusal
}

type Tree = { readonly [key: string]: unknown }
const isTree = (value: unknown): value is Tree => typeof value === 'object' && value !== null && !Array.isArray(value)

/** Lays one plan over another, key by key; null takes a key away, and a union's other branch replaces the whole. */
export function layOver(under: unknown, over: unknown): unknown {
  if (!isTree(under) || !isTree(over)) return over
  const merged: Record<string, unknown> = { ...under }
  for (const [key, value] of Object.entries(over))
    if (value === null) delete merged[key]
    else merged[key] = layOver(under[key], value)
  return merged
}

/** A growing text column. */
class Texts {
  readonly dictionary: string[] = []
  readonly codes: number[] = []
  readonly #known = new Map<string, number>()
  put(index: number, text: string): void {
    while (this.codes.length < index) this.codes.push(-1)
    let code = this.#known.get(text)
    if (code === undefined) {
      code = this.dictionary.push(text) - 1
      this.#known.set(text, code)
    }
    this.codes[index] = code
  }
  column(length: number): StringColumn {
    const codes = new Int32Array(length).fill(-1)
    this.codes.forEach((code, index) => {
      codes[index] = code
    })
    return { dictionary: this.dictionary, codes }
  }
}

/** The log that an example's events are; its case is called `例`. Throws on an unreadable time: examples are our own. */
export function exampleLog(example: Example, zoneId: string): EventLog {
  const zone = zoneOf(zoneId)
  const { events } = example.given
  const activity = new Texts()
  const attributes = new Map<string, Texts>()
  const put = (name: string, index: number, text: string) => {
    const texts = attributes.get(name) ?? new Texts()
    attributes.set(name, texts)
    texts.put(index, text)
  }
  const time = events.map((event, index) => {
    const [when, step, officer, more] = event
    const moment = typeof when === 'string' ? momentOf(when, zone) : null
    if (moment?.kind !== 'instant' || typeof step !== 'string') throw new Error(`unreadable event ${index + 1}`)
    activity.put(index, step)
    if (typeof officer === 'string') put('officer', index, officer)
    for (const extra of [officer, more])
      if (typeof extra === 'object') for (const [name, text] of Object.entries(extra)) put(name, index, text)
    return moment.instant
  })
  const ofCase = Object.entries(example.given.case ?? {}).map(([name, text]): [string, StringColumn] => [
    name,
    { dictionary: [text], codes: Int32Array.of(0) },
  ])
  // An officer that nobody wrote down is a missing value, not a missing column.
  if (!attributes.has('officer')) attributes.set('officer', new Texts())
  return {
    caseIds: ['例'],
    caseStart: Int32Array.of(0, events.length),
    activity: activity.column(events.length),
    time: Float64Array.from(time),
    row: Int32Array.from(events, (_, index) => index + 2),
    eventAttributes: new Map([...attributes].map(([name, texts]) => [name, texts.column(events.length)])),
    caseAttributes: new Map(ofCase),
  }
}

/** What became of one example: `why` is empty where the check said what was expected. */
export interface ExampleOutcome {
  readonly name: string
  readonly fires: boolean
  readonly why: string
}

/** Runs one example of a check under a plan (its own laid over). */
export function runExample(check: Check, example: Example, plan: unknown, grounds: ExampleGrounds): ExampleOutcome {
  const outcome = (why: string): ExampleOutcome => ({ name: example.name, fires: example.expect.length > 0, why })
  const parsed = planTerms.safeParse(layOver(plan, example.given.plan ?? {}))
  if (!parsed.success)
    return outcome(`plan: ${parsed.error.issues.map((issue) => `${issue.path.join('.')} ${issue.message}`).join('; ')}`)
  const log = exampleLog(example, parsed.data.zone)
  const calendar = parsed.data.calendar === undefined ? null : grounds.calendar(parsed.data.calendar)
  if (isRefusal(calendar)) return outcome(calendar.says.zh)
  const procedure = grounds.procedure(log, parsed.data)
  if (isRefusal(procedure)) return outcome(procedure.says.zh)
  const results = judge(log, parsed.data, { checks: [check], parameters: grounds.parameters, calendar, ...procedure })
  if (isRefusal(results)) return outcome(results.says.zh)
  return outcome(differences(example, results[0] as RuleResult))
}

function differences(example: Example, result: RuleResult): string {
  const lacking = result.lacks[0]?.fact
  if (lacking !== example.cannot) return `lacks ${lacking ?? 'nothing'}, expected ${example.cannot ?? 'nothing'}`
  if (result.found.length !== example.expect.length)
    return `found ${result.found.length}, expected ${example.expect.length}: ${result.found.map((one) => one.says.zh).join(' ')}`
  for (const [i, expected] of example.expect.entries())
    for (const [column, value] of Object.entries(expected)) {
      const actual = result.found[i]?.columns[column]
      if (actual !== value) return `${column} is ${JSON.stringify(actual)}, expected ${JSON.stringify(value)}`
    }
  return ''
}
