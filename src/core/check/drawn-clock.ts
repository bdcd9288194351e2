// The clock of one case as a page draws it: its days one by one, where each limit runs out, and how far it has come.
import { isRefusal } from '../refusal/refusal.ts'
import { countedDays, isLate, pausedDays, startDay } from '../worktime/clock.ts'
import { type ClockDay, clockDays } from '../worktime/clock-days.ts'
import { dateOf } from '../worktime/day.ts'
import { type ClockReader, type DueMoment, lackOfCalendar } from './case-clock.ts'
import type { Lack } from './facts.ts'

/** A limit on the drawing; `value` and `unit` are null where the log states the deadline itself. */
export interface DrawnLimit {
  readonly which: 'promised' | 'statutory'
  readonly value: number | null
  readonly unit: 'working-day' | 'calendar-day' | null
  /** The last day on which the case is in time. */
  readonly lastOn: string
  readonly late: boolean
}

/** A case's clock. Dates are days of the plan's zone. */
export interface DrawnClock {
  readonly unit: 'working-day' | 'calendar-day'
  /** The day that starts the clock; it does not count itself. */
  readonly startedOn: string
  readonly endedOn: string | null
  /** The day that the clock has come to: the end, or the day as of which the case is judged. */
  readonly throughOn: string
  readonly used: number
  readonly paused: number
  readonly limits: readonly DrawnLimit[]
  /** From the day after the start to the last limit or the end, whichever is later; empty beyond `longest` days. */
  readonly days: readonly ClockDay[]
}

/** A drawing longer than this says less than its sentence. */
const longest = 300

const isLack = (value: object): value is Lack => 'fact' in value

/** Draws the clock of a case; `asOf` is the instant to which an open case is judged. A lack where it cannot be told. */
export function drawnClock(reader: ClockReader, index: number, asOf: number | null): DrawnClock | Lack {
  const { terms } = reader
  const clock = reader.clock(index)
  if (clock.start === null) return { fact: 'case-start', detail: '' }
  const until = clock.end?.instant ?? asOf
  if (until === null) return { fact: 'case-end', detail: '' }
  const start = startDay(clock.start.instant, terms)
  if (isRefusal(start)) return lackOfCalendar(start)
  const dues = (['promised', 'statutory'] as const)
    .map((which) => ({ which, due: reader.due(index, clock, which) }))
    .filter((entry): entry is { which: 'promised' | 'statutory'; due: DueMoment } => !isLack(entry.due))
  const limits: DrawnLimit[] = []
  for (const { which, due } of dues) {
    if (due.end.kind === 'paused') continue
    const { value = null, unit = null } = due.limit ?? {}
    limits.push({ which, value, unit, lastOn: dateOf(due.end.lastDay), late: isLate(until, due.end) })
  }
  const unit = limits.findLast((limit) => limit.unit !== null)?.unit ?? 'calendar-day'
  const through = Math.max(start, terms.zone.dayAt(until))
  const lastDays = dues.map(({ due }) => (due.end.kind === 'due' ? due.end.lastDay : through))
  const last = Math.max(through, ...lastDays)
  const stretches = pausedDays(start, clock.pauses, terms.zone)
  const days = last - start > longest ? [] : clockDays(start, last, unit, stretches, terms.calendar)
  const used = countedDays(start, through, unit, stretches, terms.calendar)
  const whole = countedDays(start, through, unit, [], terms.calendar)
  if (isRefusal(days)) return lackOfCalendar(days)
  if (isRefusal(used)) return lackOfCalendar(used)
  if (isRefusal(whole)) return lackOfCalendar(whole)
  return {
    unit,
    startedOn: dateOf(start),
    endedOn: clock.end === null ? null : dateOf(terms.zone.dayAt(clock.end.instant)),
    throughOn: dateOf(through),
    used,
    paused: whole - used,
    limits,
    days,
  }
}
