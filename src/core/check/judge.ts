// Judging a log by a plan's checks: pure, in one pass over the cases for each rule.
import { type EventLog, textAt } from '../eventlog/event-log.ts'
import { type Refusal, refuse } from '../refusal/refusal.ts'
import type { WorkCalendar } from '../worktime/calendar.ts'
import { compileCalendar } from '../worktime/calendar.ts'
import type { ClockTerms } from '../worktime/clock.ts'
import { minuteOf, zoneOf } from '../worktime/zone.ts'
import { asOfInstant, clockReader } from './case-clock.ts'
import { type CaseKind, type Check, caseKind } from './check-file.ts'
import { type ClockContext, judgeNear, judgeStep, judgeTotal } from './clock-rules.ts'
import type { FactName } from './facts.ts'
import { judgeOfficers, leastMarks, type OfficerContext, separatePairs } from './officer-rules.ts'
import { officerReader, withAllOfficers } from './officers.ts'
import { type Conformance, judgeDeviation, type OrderContext } from './order-rules.ts'
import { type LeastOfficers, limitSets, type PlanTerms } from './plan-terms.ts'
import { type Found, fillSays, type LackCount, lacks, type RuleResult, type Verdict } from './result.ts'
import { stepReader } from './step-runs.ts'

/** What judging needs beside the log and the plan. */
export interface Grounds {
  readonly checks: readonly Check[]
  /** Values of the parameters that checks name. */
  readonly parameters: ReadonlyMap<string, number>
  /** The plan's calendar of working days; null where the plan names none. */
  readonly calendar: WorkCalendar | null
  /** The log's alignment; null where the plan names no procedure. */
  readonly conformance: Conformance | null
  /** What the procedure states; the plan's own statement wins. */
  readonly procedure: {
    readonly mandatory: readonly string[] | null
    readonly separate: readonly (readonly string[])[] | null
    /** Steps that need several officers. */
    readonly least: readonly LeastOfficers[]
  } | null
}

/** No notice is published in it: every count of working days says so. */
const noCalendar = compileCalendar({ id: '—', weekend: [6, 7], years: [] })

/** How a plan reads days; without a calendar every count of working days says that it lacks one. */
export function clockTermsOf(plan: PlanTerms, calendar: WorkCalendar | null): ClockTerms {
  const { closes, receiptCloses } = plan.clock ?? {}
  return {
    zone: zoneOf(plan.zone),
    calendar: calendar ?? noCalendar,
    ...(closes === undefined ? undefined : { closes: minuteOf(closes) }),
    ...(receiptCloses === undefined ? undefined : { receiptCloses: minuteOf(receiptCloses) }),
  }
}

/**
 * Judges a log (already in the plan's words, see `relabel`) by checks. The results come in the order of the checks, the
 * finds in the order of the cases; the same input gives the same result. Refusals: `plan.missing-column`, `plan.loosens`.
 */
export function judge(given: EventLog, plan: PlanTerms, grounds: Grounds): readonly RuleResult[] | Refusal {
  const fault = missingColumn(given, plan) ?? loosening(plan)
  if (fault !== null) return fault
  const log = withAllOfficers(given, plan)
  const terms = clockTermsOf(plan, grounds.calendar)
  const asOf = asOfInstant(log, plan)
  const clocks: ClockContext = {
    log,
    reader: clockReader(log, plan, terms, asOf),
    steps: stepReader(log, terms.zone),
    asOf,
  }
  const mandatory = plan.mandatory ?? grounds.procedure?.mandatory ?? null
  const separate = plan.separate ?? grounds.procedure?.separate ?? null
  const orders: OrderContext = {
    log,
    conformance: grounds.conformance,
    mandatory: mandatory === null ? null : new Set(mandatory),
  }
  const officers: OfficerContext = {
    log,
    zone: terms.zone,
    officers: officerReader(log, plan),
    separate: separate === null ? null : separatePairs(log, separate),
    least: leastMarks(log, plan.officers?.least ?? grounds.procedure?.least ?? []),
    severalNamed: plan.officers !== undefined,
  }
  const kinds = kindsOf(log, plan)
  return grounds.checks.map((check) =>
    judgeOne(check, log, kinds, verdictOf(check, clocks, orders, officers, grounds.parameters)),
  )
}

/** How a check's rule judges one case. */
function verdictOf(
  check: Check,
  clocks: ClockContext,
  orders: OrderContext,
  officers: OfficerContext,
  parameters: Grounds['parameters'],
): (index: number) => Verdict {
  const { rule } = check
  if (rule.judge === 'deviation') return (index) => judgeDeviation(rule, index, orders)
  if (rule.judge === 'same-officer') return (index) => judgeOfficers(rule.fewer === true, index, officers)
  if (rule.judge === 'over-limit')
    return rule.of === 'step' ? (index) => judgeStep(index, clocks) : (index) => judgeTotal(rule, index, clocks)
  const days = parameters.get(rule.days) ?? 0
  const share = parameters.get(rule.share) ?? 0
  return (index) => judgeNear(days, share, index, clocks)
}

function judgeOne(
  check: Check,
  log: EventLog,
  kinds: readonly (CaseKind | null)[],
  verdict: (index: number) => Verdict,
): RuleResult {
  const found: Found[] = []
  const lacking = new Map<string, { fact: FactName; detail: string; cases: number }>()
  const everyKind = caseKind.options.every((kind) => check.applies.includes(kind))
  let judged = 0
  let notApplicable = 0
  log.caseIds.forEach((caseId, index) => {
    const kind = kinds[index] ?? null
    if (kind !== null && !check.applies.includes(kind)) {
      notApplicable++
      return
    }
    const said = kind === null && !everyKind ? lacks({ fact: 'case-kind', detail: '' }) : verdict(index)
    if (said.kind === 'outside') {
      notApplicable++
      return
    }
    if (said.kind === 'lacks') {
      const key = `${said.lack.fact} ${said.lack.detail}`
      const entry = lacking.get(key) ?? { ...said.lack, cases: 0 }
      entry.cases++
      lacking.set(key, entry)
      return
    }
    judged++
    if (said.kind === 'found')
      for (const one of said.found) {
        const says = one.form === 'fewer' ? (check.saysFewer ?? check.says) : check.says
        found.push({ index, caseId, says: fillSays(says, one.columns), ...one })
      }
  })
  const counts: LackCount[] = [...lacking.values()].sort((a, b) => b.cases - a.cases)
  const result = found.length > 0 ? 'found' : judged === 0 && counts.length > 0 ? 'cannot-be-judged' : 'none'
  const { code, version, severity } = check
  return { check: check.check, code, version, severity, result, found, judged, notApplicable, lacks: counts }
}

/** The kind of each case; null where the log's value has no meaning in the plan. */
function kindsOf(log: EventLog, plan: PlanTerms): readonly (CaseKind | null)[] {
  const stated = plan.caseKind
  if (typeof stated === 'string') return log.caseIds.map(() => stated)
  const column = log.caseAttributes.get(stated.column)
  return log.caseIds.map((_, index) => {
    const value = column === undefined ? null : textAt(column, index)
    return value !== null && Object.hasOwn(stated.values, value) ? (stated.values[value] as CaseKind) : null
  })
}

/** A plan that names a column which the log does not have is refused, with the columns that it has. */
function missingColumn(log: EventLog, plan: PlanTerms): Refusal | null {
  const { start, end } = plan.clock ?? {}
  const named = [
    typeof plan.caseKind === 'string' ? undefined : plan.caseKind.column,
    start !== undefined && 'column' in start ? start.column : undefined,
    end !== undefined && 'column' in end ? end.column : undefined,
    plan.limits?.by?.column,
    plan.limits?.byPower?.column,
    ...limitSets(plan).flatMap((set) =>
      [set.promised, set.statutory].map((limit) => (limit && 'column' in limit ? limit.column : undefined)),
    ),
  ]
  for (const column of named)
    if (column !== undefined && !log.caseAttributes.has(column))
      return refuse('plan.missing-column', { column, columns: [...log.caseAttributes.keys()].sort().join(', ') || '—' })
  const ofEvents = [
    ...(plan.officers?.also ?? []),
    ...(plan.clock?.pauses ?? []).map(({ attribute, from }) =>
      log.activity.dictionary.includes(from) ? attribute : undefined,
    ),
  ]
  for (const column of ofEvents)
    if (column !== undefined && !log.eventAttributes.has(column))
      return refuse('plan.missing-column', {
        column,
        columns: [...log.eventAttributes.keys()].sort().join(', ') || '—',
      })
  return null
}

/** A promise may tighten the statute, never loosen it. */
function loosening(plan: PlanTerms): Refusal | null {
  for (const { promised, statutory } of limitSets(plan))
    if (promised && statutory && 'value' in promised && 'value' in statutory)
      if (promised.unit === statutory.unit && promised.value > statutory.value)
        return refuse('plan.loosens', { promised: promised.value, statutory: statutory.value })
  return null
}
