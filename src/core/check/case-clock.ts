// The clock of one case of a foreign log, as a plan reads it: start, end, pauses, and when each limit runs out.
import { type EventLog, textAt } from '../eventlog/event-log.ts'
import { isRefusal, type Refusal } from '../refusal/refusal.ts'
import { type ClockTerms, type Deadline, deadline, isLate, type Limit, type Pause } from '../worktime/clock.ts'
import type { Day } from '../worktime/day.ts'
import type { Lack } from './facts.ts'
import { type Moment, momentOf } from './moment.ts'
import type { LimitSet, PlanTerms, TotalLimit } from './plan-terms.ts'
import { attributeEvidence, codesOf, type Evidence, eventEvidence, listOf } from './trace-events.ts'

/** One end of a clock: when, and what shows it. */
export interface ClockPoint {
  readonly instant: number
  readonly evidence: Evidence
}

/** What a plan can say of one case's time. */
export interface CaseClock {
  /** Event indices of the case, half-open. */
  readonly from: number
  readonly to: number
  readonly start: ClockPoint | null
  readonly end: ClockPoint | null
  readonly pauses: readonly Pause[]
  readonly pauseEvidence: readonly Evidence[]
  /** A closed case whose pause never ended: its clock cannot be told. */
  readonly pauseUnended: boolean
  readonly limits: LimitSet
}

/** A deadline, with the limit that it comes from where that is one of days. */
export interface DueMoment {
  /** The articles that the plan states for this limit. */
  readonly basis: readonly string[]
  readonly end: Deadline
  readonly limit: Limit | null
  readonly evidence: Evidence | null
}

/** Reads clocks from one log under one plan. */
export interface ClockReader {
  clock(index: number): CaseClock
  /** When the promised or statutory limit of a case runs out; a lack where that cannot be told. */
  due(index: number, clock: CaseClock, which: 'promised' | 'statutory'): DueMoment | Lack
  /** When a step's limit runs out. */
  stepDue(from: number, limit: Limit, pauses: readonly Pause[]): Deadline | Lack
  readonly terms: ClockTerms
}

/** The fact that a refusal of the clock lacks. */
export function lackOfCalendar(refusal: Refusal): Lack {
  return { fact: 'published-calendar', detail: /\d{4}/.exec(refusal.says.en)?.[0] ?? '' }
}

/** Prepares a plan's clock for a log, with open cases seen as of `asOf`. The plan's columns were checked to exist. */
export function clockReader(log: EventLog, plan: PlanTerms, terms: ClockTerms, asOf: number | null): ClockReader {
  const stated = plan.clock ?? {}
  const activities = log.activity.codes
  const marks = (names: string | readonly string[]) => codesOf(log.activity, listOf(names))
  const startMarks = stated.start !== undefined && 'activity' in stated.start ? marks(stated.start.activity) : null
  const endMarks = stated.end !== undefined && 'activity' in stated.end ? marks(stated.end.activity) : null
  const startColumn = stated.start !== undefined && 'column' in stated.start ? stated.start.column : null
  const endColumn = stated.end !== undefined && 'column' in stated.end ? stated.end.column : null
  const deemed = stated.deemed && {
    received: marks(stated.deemed.received),
    answered: marks(stated.deemed.answered),
    within: stated.deemed.within,
  }
  const pauseRules = (stated.pauses ?? []).map((rule) => ({
    from: marks(rule.from),
    to: marks(rule.to),
    attribute: rule.attribute === undefined ? undefined : log.eventAttributes.get(rule.attribute),
    kinds: rule.kinds === undefined ? null : new Set(rule.kinds),
  }))
  const extensions = (stated.extensions ?? []).map((rule) => ({ ...rule, marks: marks(rule.activity) }))
  const selected = plan.limits?.by?.column ?? plan.limits?.byPower?.column
  const selector = selected === undefined ? undefined : log.caseAttributes.get(selected)
  const moments = new Map<string, (Moment | null)[]>()

  const momentAt = (index: number, column: string): Moment | null => {
    const values = log.caseAttributes.get(column)
    const code = values?.codes[index] ?? -1
    if (values === undefined || code < 0) return null
    let read = moments.get(column)
    if (read === undefined) {
      read = values.dictionary.map((text) => momentOf(text, terms.zone))
      moments.set(column, read)
    }
    return read[code] ?? null
  }
  const pointOfColumn = (index: number, column: string): ClockPoint | null => {
    const moment = momentAt(index, column)
    if (moment === null) return null
    const instant = moment.kind === 'instant' ? moment.instant : terms.zone.startOf(moment.day)
    return { instant, evidence: attributeEvidence(log, index, column) }
  }
  const pointOfEvent = (event: number): ClockPoint | null => {
    const instant = log.time[event] ?? Number.NaN
    return Number.isNaN(instant) ? null : { instant, evidence: eventEvidence(log, event) }
  }
  const first = (from: number, to: number, mark: Uint8Array): number => {
    for (let event = from; event < to; event++) if (mark[activities[event] ?? -1] === 1) return event
    return -1
  }
  const last = (from: number, to: number, mark: Uint8Array): number => {
    for (let event = to - 1; event >= from; event--) if (mark[activities[event] ?? -1] === 1) return event
    return -1
  }

  /**
   * Nobody answered within the limit after receipt: the application counts as accepted on receipt. An end is an answer
   * at the latest.
   */
  const deemedStart = (from: number, to: number, ended: ClockPoint | null): ClockPoint | null => {
    if (deemed === undefined) return null
    const received = first(from, to, deemed.received)
    const receipt = received < 0 ? null : pointOfEvent(received)
    if (receipt === null) return null
    const answer = first(received + 1, to, deemed.answered)
    const answered = answer < 0 ? (ended?.instant ?? lastInstant) : (log.time[answer] ?? Number.NaN)
    const end = deadline(receipt.instant, deemed.within, [], terms)
    return !isRefusal(end) && isLate(answered, end) ? receipt : null
  }
  /** Each kind of pause is paired by itself; pauses of one kind that overlap are one, until as many ended as began. */
  const pausesOf = (rule: (typeof pauseRules)[number], from: number, to: number) => {
    const open = new Map<string, { begin: number; depth: number }>()
    const stretches: { begin: number; finish: number }[] = []
    for (let event = from; event < to; event++) {
      const code = activities[event] ?? -1
      const begins = rule.from[code] === 1
      if ((!begins && rule.to[code] !== 1) || Number.isNaN(log.time[event])) continue
      const named = rule.attribute === undefined ? '' : textAt(rule.attribute, event)
      if (begins) {
        if (rule.kinds !== null && (named === null || !rule.kinds.has(named))) continue
        const known = open.get(named ?? '')
        if (known === undefined) open.set(named ?? '', { begin: event, depth: 1 })
        else known.depth++
      } else {
        // An end that does not say its kind ends the pause that began last.
        const kind = named ?? [...open.keys()].at(-1) ?? ''
        const known = open.get(kind)
        if (known === undefined || --known.depth > 0) continue
        stretches.push({ begin: known.begin, finish: event })
        open.delete(kind)
      }
    }
    for (const { begin } of open.values()) stretches.push({ begin, finish: -1 })
    return stretches
  }
  const lastInstant = asOf ?? Number.NEGATIVE_INFINITY

  return {
    terms,
    clock(index) {
      const from = log.caseStart[index] ?? 0
      const to = log.caseStart[index + 1] ?? from
      let start = startColumn === null ? null : pointOfColumn(index, startColumn)
      if (startMarks !== null) {
        const event = first(from, to, startMarks)
        start = event < 0 ? null : pointOfEvent(event)
      }
      let end = endColumn === null ? null : pointOfColumn(index, endColumn)
      if (endMarks !== null) {
        const event = last(from, to, endMarks)
        end = event < 0 ? null : pointOfEvent(event)
      }
      start = deemedStart(from, to, end) ?? start
      const pauses: Pause[] = []
      const evidence: Evidence[] = []
      let unended = false
      for (const rule of pauseRules) {
        const stretches = pausesOf(rule, from, to)
        for (const { begin, finish } of stretches) {
          pauses.push({ from: log.time[begin] ?? 0, to: finish < 0 ? null : (log.time[finish] ?? 0) })
          evidence.push(eventEvidence(log, begin))
          if (finish >= 0) evidence.push(eventEvidence(log, finish))
          else unended ||= end !== null && (log.time[begin] ?? 0) <= end.instant
        }
      }
      return { from, to, start, end, pauses, pauseEvidence: evidence, pauseUnended: unended, limits: limitsOf(index) }
    },
    due(index, clock, which) {
      const limit: TotalLimit | undefined = clock.limits[which]
      const lacking: Lack = { fact: which === 'promised' ? 'promised-limit' : 'statutory-limit', detail: '' }
      if (limit === undefined) return unlisted(index) ?? lacking
      if ('column' in limit) {
        const moment = momentAt(index, limit.column)
        if (moment === null) return { ...lacking, detail: limit.column }
        const day: Day = moment.kind === 'date' ? moment.day : terms.zone.dayAt(moment.instant)
        const byInstant = limit.compare === 'instant' && moment.kind === 'instant'
        const due = byInstant ? moment.instant : terms.zone.startOf(day + 1)
        const end: Deadline = { kind: 'due', lastDay: day, due, closes: byInstant }
        return { basis: limit.basis ?? [], end, limit: null, evidence: attributeEvidence(log, index, limit.column) }
      }
      if (clock.start === null) return { fact: 'case-start', detail: '' }
      let days = limit.value
      for (const extension of extensions) {
        const event = first(clock.from, clock.to, extension.marks)
        if (event < 0 || extension[which] === undefined) continue
        const before = deadline(clock.start.instant, { value: days, unit: limit.unit }, clock.pauses, terms)
        if (!isRefusal(before) && !isLate(log.time[event] ?? Number.NaN, before)) days += extension[which]
      }
      const whole: Limit = { value: days, unit: limit.unit }
      const end = deadline(clock.start.instant, whole, clock.pauses, terms)
      if (isRefusal(end)) return lackOfCalendar(end)
      return { basis: limit.basis ?? [], end, limit: whole, evidence: sourceOf(index, limit.source) }
    },
    stepDue(from, limit, pauses) {
      const end = deadline(from, limit, pauses, terms)
      return isRefusal(end) ? lackOfCalendar(end) : end
    },
  }

  /** A case whose power is not on the list that the limits come from. */
  function unlisted(index: number): Lack | null {
    if (plan.limits?.byPower === undefined) return null
    const power = selector === undefined ? null : textAt(selector, index)
    const isListed = power !== null && Object.hasOwn(plan.limits.by?.of ?? {}, power)
    return isListed ? null : { fact: 'listed-power', detail: power ?? '' }
  }

  /** The value that selected the limit, and where that limit is published. */
  function sourceOf(index: number, source: string | undefined): Evidence | null {
    if (source === undefined || selected === undefined) return null
    const shown = attributeEvidence(log, index, selected)
    return { ...shown, value: `${shown.value ?? ''}（${source}）` }
  }

  function limitsOf(index: number): LimitSet {
    const { by, ...own } = plan.limits ?? {}
    const value = selector === undefined ? null : textAt(selector, index)
    return { ...own, ...(value === null ? undefined : by?.of[value]) }
  }
}

/** The instant as of which open cases are judged; null where the plan states none. */
export function asOfInstant(log: EventLog, plan: PlanTerms): number | null {
  if (plan.asOf === undefined) return null
  if (plan.asOf !== 'log-end') return Temporal.Instant.from(plan.asOf).epochMilliseconds
  let last = Number.NEGATIVE_INFINITY
  for (const instant of log.time) if (instant > last) last = instant
  return last === Number.NEGATIVE_INFINITY ? null : last
}
