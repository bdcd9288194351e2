// The law of clocks: when a limit runs out, and how much of it is used, with the pauses that the law names.
// The first day does not count (民法典 201), a period ends at 24:00 of its last day or at close of business (203), and a
// last day that is a holiday moves on to the next working day (203). Periods of working days count only those.
import { isRefusal, type Refusal } from '../refusal/refusal.ts'
import type { WorkCalendar } from './calendar.ts'
import type { Day } from './day.ts'
import type { Zone } from './zone.ts'

/** A limit as law or promise states it. */
export interface Limit {
  readonly value: number
  readonly unit: 'working-day' | 'calendar-day'
}

/** A stretch of time that the law does not count, in ms since 1970; `to` null while it lasts. */
export interface Pause {
  readonly from: number
  readonly to: number | null
}

/** How days are read. Every field is a choice that a pack or a plan states. */
export interface ClockTerms {
  readonly zone: Zone
  readonly calendar: WorkCalendar
  /** Close of business in minutes after midnight: the last day ends there and not at 24:00. */
  readonly closes?: number
  /** A start at or after this minute, or on a day that is not worked, counts as of the next working day. */
  readonly receiptCloses?: number
}

/** When a limit runs out. */
export type Deadline =
  /** `due` is the end of the period: what happens at or after it is late (with close of business: after it). */
  | { readonly kind: 'due'; readonly lastDay: Day; readonly due: number; readonly closes: boolean }
  /** A pause that lasts: the limit cannot run out before it ends. */
  | { readonly kind: 'paused'; readonly since: number }

/** Half-open stretches of whole days (from, to] that do not count, merged and ascending. */
export interface PausedDays {
  readonly from: Day
  readonly to: Day
}

/**
 * The days on which a clock stands still. A pause is a period too: its first day does not count as paused, its last does.
 * Overlapping and nested pauses count once; what lies before the start is cut off.
 */
export function pausedDays(startDay: Day, pauses: readonly Pause[], zone: Zone): readonly PausedDays[] {
  const stretches = pauses
    .map((pause) => ({
      from: Math.max(startDay, zone.dayAt(pause.from)),
      to: pause.to === null ? Number.POSITIVE_INFINITY : zone.dayAt(pause.to),
    }))
    .filter((stretch) => stretch.to > stretch.from)
    .sort((a, b) => a.from - b.from)
  const merged: PausedDays[] = []
  for (const stretch of stretches) {
    const last = merged.at(-1)
    if (last !== undefined && stretch.from <= last.to)
      merged[merged.length - 1] = { from: last.from, to: Math.max(last.to, stretch.to) }
    else merged.push(stretch)
  }
  return merged
}

/** The day that a clock starts from; it does not count itself. Refusal: `worktime.no-calendar`. */
export function startDay(start: number, terms: ClockTerms): Day | Refusal {
  const day = terms.zone.dayAt(start)
  if (terms.receiptCloses === undefined) return day
  const working = terms.calendar.isWorking(day)
  if (isRefusal(working)) return working
  if (working && terms.zone.minuteAt(start) < terms.receiptCloses) return day
  return terms.calendar.workingDayAfter(day, 1)
}

const count = (after: Day, through: Day, unit: Limit['unit'], calendar: WorkCalendar): number | Refusal =>
  unit === 'working-day' ? calendar.workingDaysBetween(after, through) : Math.max(0, through - after)

/**
 * When a limit that runs from `start` (ms since 1970) runs out. Refusal: `worktime.no-calendar` where the count needs a
 * year whose notice is not published; a limit of calendar days needs it for its last day only.
 */
export function deadline(start: number, limit: Limit, pauses: readonly Pause[], terms: ClockTerms): Deadline | Refusal {
  const first = startDay(start, terms)
  if (isRefusal(first)) return first
  let cursor = first
  let remaining = limit.value
  for (const stretch of pausedDays(first, pauses, terms.zone)) {
    const unpaused = lastDay(cursor, remaining, limit.unit, terms.calendar)
    // A pause that begins on the last day itself still stops the clock: the day has not run out yet.
    if (!isRefusal(unpaused) && unpaused < stretch.from) break
    const counted = count(cursor, stretch.from, limit.unit, terms.calendar)
    if (isRefusal(counted)) return counted
    if (stretch.to === Number.POSITIVE_INFINITY) {
      const lasting = pauses.find((pause) => pause.to === null)
      return { kind: 'paused', since: lasting?.from ?? start }
    }
    remaining = Math.max(0, remaining - counted)
    cursor = stretch.to
  }
  const last = lastDay(cursor, remaining, limit.unit, terms.calendar)
  if (isRefusal(last)) return last
  const closes = terms.closes !== undefined
  const due = closes ? terms.zone.instantOf(last, terms.closes) : terms.zone.startOf(last + 1)
  return { kind: 'due', lastDay: last, due, closes }
}

/** The day on which a count runs out, before a holiday moves it on. */
function runsOut(cursor: Day, remaining: number, unit: Limit['unit'], calendar: WorkCalendar): Day | Refusal {
  return unit === 'working-day' && remaining > 0 ? calendar.workingDayAfter(cursor, remaining) : cursor + remaining
}

function lastDay(cursor: Day, remaining: number, unit: Limit['unit'], calendar: WorkCalendar): Day | Refusal {
  const day = runsOut(cursor, remaining, unit, calendar)
  if (isRefusal(day)) return day
  const working = calendar.isWorking(day)
  if (isRefusal(working)) return working
  return working ? day : calendar.workingDayAfter(day, 1)
}

/** Whether an instant is past a deadline. A lasting pause is never past. */
export function isLate(instant: number, end: Deadline): boolean {
  if (end.kind === 'paused') return false
  return end.closes ? instant > end.due : instant >= end.due
}

/** Days that count in (start, end], pauses left out. Refusal: `worktime.no-calendar`. */
export function elapsed(
  start: number,
  end: number,
  unit: Limit['unit'],
  pauses: readonly Pause[],
  terms: ClockTerms,
): number | Refusal {
  const first = startDay(start, terms)
  if (isRefusal(first)) return first
  return countedDays(first, terms.zone.dayAt(end), unit, pausedDays(first, pauses, terms.zone), terms.calendar)
}

/** Days that count in (after, through], without the stretches. */
export function countedDays(
  after: Day,
  through: Day,
  unit: Limit['unit'],
  stretches: readonly PausedDays[],
  calendar: WorkCalendar,
): number | Refusal {
  let total = count(after, through, unit, calendar)
  for (const stretch of stretches) {
    if (isRefusal(total)) return total
    const paused = count(Math.max(after, stretch.from), Math.min(through, stretch.to), unit, calendar)
    if (isRefusal(paused)) return paused
    total -= paused
  }
  return total
}
