// The rules of kind `clock`: past a limit, past a step's limit, or almost.
import type { EventLog } from '../eventlog/event-log.ts'
import { type Bilingual, isRefusal } from '../refusal/refusal.ts'
import { countedDays, type Deadline, elapsed, isLate, type Limit, pausedDays, startDay } from '../worktime/clock.ts'
import { dateOf } from '../worktime/day.ts'
import { type CaseClock, type ClockReader, type DueMoment, lackOfCalendar } from './case-clock.ts'
import type { Rule } from './check-file.ts'
import type { Lack } from './facts.ts'
import { shownInstant } from './moment.ts'
import { type ColumnValue, type Found, lacks, silent, type Verdict } from './result.ts'
import { openStep, type StepReader, type StepRun, stepRuns } from './step-runs.ts'
import { type Evidence, eventEvidence } from './trace-events.ts'

const whole: Bilingual = { zh: '全程', en: 'the whole case' }
const isLack = (value: object): value is Lack => 'fact' in value

/** "20 个工作日" / "20 working days". */
export function daysSay(value: number, unit: Limit['unit']): Bilingual {
  const kind = unit === 'working-day' ? 'working day' : 'calendar day'
  return {
    zh: `${value} 个${unit === 'working-day' ? '工作日' : '自然日'}`,
    en: `${value} ${kind}${value === 1 ? '' : 's'}`,
  }
}

/** What the rules of kind `clock` read. */
export interface ClockContext {
  readonly log: EventLog
  readonly reader: ClockReader
  readonly steps: StepReader
  readonly asOf: number | null
}

const shownDue = (end: Deadline, context: ClockContext): string => {
  if (end.kind === 'paused') return ''
  return end.closes ? shownInstant(end.due, context.reader.terms.zone) : `${dateOf(end.lastDay)} 24:00`
}

interface Measured {
  readonly clock: Bilingual | string
  readonly start: number | null
  readonly until: number
  readonly end: Deadline
  readonly limit: Limit | null
}

/** The columns that every clock rule returns. */
function columns(
  context: ClockContext,
  index: number,
  facts: Measured,
  pauses: CaseClock['pauses'],
): Record<string, ColumnValue> {
  const { terms } = context.reader
  const unit = facts.limit?.unit ?? 'calendar-day'
  // A deadline that the log states knows of no pauses.
  const stops = facts.limit === null ? [] : pauses
  const used = facts.start === null ? null : elapsed(facts.start, facts.until, unit, stops, terms)
  const first = facts.start === null ? null : startDay(facts.start, terms)
  const stretches = first === null || isRefusal(first) ? [] : pausedDays(first, stops, terms.zone)
  let paused = 0
  for (const stretch of stretches) {
    const counted = countedDays(
      stretch.from,
      Math.min(stretch.to, terms.zone.dayAt(facts.until)),
      unit,
      [],
      terms.calendar,
    )
    if (!isRefusal(counted)) paused += Math.max(0, counted)
  }
  return {
    case: context.log.caseIds[index] ?? '',
    clock: facts.clock,
    started: facts.start === null ? '' : shownInstant(facts.start, terms.zone),
    due: shownDue(facts.end, context),
    limit:
      facts.limit === null
        ? { zh: '日志登记的期限', en: 'the deadline in the log' }
        : daysSay(facts.limit.value, facts.limit.unit),
    elapsed: used === null || isRefusal(used) ? '' : daysSay(used, unit),
    paused: daysSay(paused, unit),
  }
}

const points = (clock: CaseClock, due: DueMoment): Evidence[] => [
  ...(clock.start === null ? [] : [clock.start.evidence]),
  ...clock.pauseEvidence,
  ...(due.evidence === null ? [] : [due.evidence]),
  ...(clock.end === null ? [] : [clock.end.evidence]),
]

/** The instant up to which a case's time has run; null where neither an end nor an as-of is known. */
const reached = (clock: CaseClock, context: ClockContext): number | null => clock.end?.instant ?? context.asOf

/** EM-03 and EM-04 are rules of this form. */
export function judgeTotal(
  rule: Rule & { judge: 'over-limit'; of: 'total' },
  index: number,
  context: ClockContext,
): Verdict {
  const clock = context.reader.clock(index)
  const due = context.reader.due(index, clock, rule.over)
  if (isLack(due)) return lacks(due)
  if (clock.pauseUnended && due.limit !== null) return lacks({ fact: 'pause-end', detail: '' })
  const until = reached(clock, context)
  if (until === null) return lacks({ fact: 'case-end', detail: '' })
  if (!isLate(until, due.end)) return silent
  if (rule.upTo !== undefined) {
    const graver = context.reader.due(index, clock, rule.upTo)
    if (!isLack(graver) && isLate(until, graver.end)) return silent
  }
  const facts = { clock: whole, start: clock.start?.instant ?? null, until, end: due.end, limit: due.limit }
  return {
    kind: 'found',
    found: [
      {
        subject: '',
        columns: {
          ...columns(context, index, facts, clock.pauses),
          ended: endedSay(clock.end?.instant ?? null, context),
        },
        evidence: points(clock, due),
        basis: due.basis,
      },
    ],
  }
}

function endedSay(instant: number | null, context: ClockContext): ColumnValue {
  return instant === null ? { zh: '尚未办结', en: 'not yet ended' } : shownInstant(instant, context.reader.terms.zone)
}

/** The limit of the whole that a citizen waits for: the promise, else the statute. */
function totalDue(index: number, clock: CaseClock, context: ClockContext): DueMoment | Lack {
  const promised = context.reader.due(index, clock, 'promised')
  if (!isLack(promised)) return promised
  const statutory = context.reader.due(index, clock, 'statutory')
  return isLack(statutory) && statutory.fact === 'statutory-limit' ? { fact: 'any-limit', detail: '' } : statutory
}

/** EM-02: a step past its limit at a moment when the whole was not. */
export function judgeStep(index: number, context: ClockContext): Verdict {
  const clock = context.reader.clock(index)
  const limits = clock.limits.steps ?? []
  if (limits.length === 0) return lacks({ fact: 'step-limits', detail: '' })
  if (clock.pauseUnended) return lacks({ fact: 'pause-end', detail: '' })
  const total = totalDue(index, clock, context)
  if (isLack(total)) return lacks(total)
  const found: Omit<Found, 'index' | 'caseId' | 'says'>[] = []
  for (const limit of limits) {
    const runs: StepRun[] = [...stepRuns(context.steps, clock, limit)]
    const running = clock.end === null && context.asOf !== null ? openStep(context.steps, clock, limit) : null
    if (running !== null) runs.push(running)
    for (const run of runs) {
      const until = run.done ?? context.asOf ?? run.begun
      const end = context.reader.stepDue(run.begun, limit.limit, clock.pauses)
      if (isLack(end)) return lacks(end)
      if (!isLate(until, end) || isLate(until, total.end) || found.some((one) => one.subject === limit.step)) continue
      const facts = { clock: limit.step, start: run.begun, until, end, limit: limit.limit }
      found.push({
        subject: limit.step,
        columns: { ...columns(context, index, facts, clock.pauses), ended: endedSay(run.done, context) },
        evidence: run.events.map((event) => eventEvidence(context.log, event)),
        basis: limit.limit.basis ?? [],
      })
    }
  }
  return found.length === 0 ? silent : { kind: 'found', found }
}

/** EM-01: an open case of which little is left, as of the plan's instant. */
export function judgeNear(days: number, share: number, index: number, context: ClockContext): Verdict {
  const { reader, asOf } = context
  const clock = reader.clock(index)
  if (clock.end !== null) return { kind: 'outside' }
  if (asOf === null) return lacks({ fact: 'as-of', detail: '' })
  const today = reader.terms.zone.dayAt(asOf)
  interface Near extends Pick<Found, 'subject' | 'evidence' | 'basis'> {
    readonly facts: Measured
    readonly remaining: number
    readonly unit: Limit['unit']
  }
  const near: Near[] = []
  let lacking: Lack | null = null
  let told = 0

  const consider = (subject: string, facts: Measured, evidence: Evidence[], basis: readonly string[]): Lack | null => {
    told++
    if (facts.end.kind === 'paused' || isLate(asOf, facts.end)) return null
    const { calendar } = reader.terms
    const unit = facts.limit?.unit ?? 'calendar-day'
    const remaining = countedDays(today, facts.end.lastDay, unit, [], calendar)
    if (isRefusal(remaining)) return lackOfCalendar(remaining)
    const working = countedDays(today, facts.end.lastDay, 'working-day', [], calendar)
    const size =
      facts.limit?.value ?? (facts.start === null ? 0 : facts.end.lastDay - reader.terms.zone.dayAt(facts.start))
    const soon = remaining <= share * size || (isRefusal(working) ? false : working <= days)
    if (soon) near.push({ subject, facts, remaining, unit, evidence, basis })
    return null
  }
  for (const which of ['promised', 'statutory'] as const) {
    const due = reader.due(index, clock, which)
    if (isLack(due)) {
      if (due.fact !== `${which}-limit`) lacking ??= due
      continue
    }
    const facts = { clock: whole, start: clock.start?.instant ?? null, until: asOf, end: due.end, limit: due.limit }
    // Both limits of the whole are one clock: the nearer one is told.
    if (!near.some((one) => one.subject === '')) lacking = consider('', facts, points(clock, due), due.basis) ?? lacking
  }
  for (const limit of clock.limits.steps ?? []) {
    const run = openStep(context.steps, clock, limit)
    if (run === null) continue
    const end = reader.stepDue(run.begun, limit.limit, clock.pauses)
    if (isLack(end)) lacking ??= end
    else {
      const facts = { clock: limit.step, start: run.begun, until: asOf, end, limit: limit.limit }
      lacking =
        consider(
          limit.step,
          facts,
          run.events.map((event) => eventEvidence(context.log, event)),
          limit.limit.basis ?? [],
        ) ?? lacking
    }
  }
  if (near.length === 0 && lacking !== null) return lacks(lacking)
  if (near.length === 0)
    return told === 0 && clock.limits.steps === undefined ? lacks({ fact: 'any-limit', detail: '' }) : silent
  return {
    kind: 'found',
    found: near.map((one) => ({
      subject: one.subject,
      columns: { ...columns(context, index, one.facts, clock.pauses), remaining: daysSay(one.remaining, one.unit) },
      evidence: one.evidence,
      basis: one.basis ?? [],
    })),
  }
}
