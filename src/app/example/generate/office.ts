// Days and hours at which an office works, for writing events that officers could have made.
import { isRefusal } from '../../../core/refusal/refusal.ts'
import type { WorkCalendar } from '../../../core/worktime/calendar.ts'
import { type Day, dayOf, weekdayOf } from '../../../core/worktime/day.ts'
import type { Zone } from '../../../core/worktime/zone.ts'
import type { Random } from './random.ts'

/** Office hours of a day in minutes after midnight, in order, `to` excluded. */
export type Hours = readonly { readonly from: number; readonly to: number }[]

/** An office: which days it works, and office time as one line of minutes without gaps. */
export interface Office {
  readonly zone: Zone
  isWorking(day: Day): boolean
  /** The n-th working day after a day; for n = 0 the day itself, or the next working day where it is none. */
  after(day: Day, n: number): Day
  /** Working days in (after, through]. */
  between(after: Day, through: Day): number
  /** The instant of a wall-clock minute of a day. */
  at(day: Day, minute: number): number
  /** An instant in the office hours of a working day. */
  during(day: Day, random: Random): number
  /** An instant that lies `minutes` of office time, at least one, after another. */
  later(instant: number, minutes: number, random: Random): number
  /** `count` instants in office hours, in order, strictly between two instants; null where there is no room. */
  spread(from: number, to: number, count: number, random: Random): number[] | null
}

/**
 * Builds an office for the days of some years; throws a RangeError beyond them. Where no notice of holidays is published
 * it goes by weekdays: only events after the log was taken, which are never written, can fall there.
 */
export function officeOf(calendar: WorkCalendar, zone: Zone, hours: Hours, firstOn: string, lastOn: string): Office {
  const first = dayOf(firstOn)
  const last = dayOf(lastOn)
  const days: Day[] = []
  /** Working days before each day of the stretch. */
  const before: number[] = []
  for (let day = first; day <= last; day++) {
    const working = calendar.isWorking(day)
    before.push(days.length)
    if (isRefusal(working) ? weekdayOf(day) < 6 : working) days.push(day)
  }
  before.push(days.length)
  const daily = hours.reduce((sum, stretch) => sum + stretch.to - stretch.from, 0)
  const ordinal = (day: Day): number => {
    const count = before[day - first]
    if (count === undefined) throw new RangeError(`day ${day} lies outside the office's years`)
    return count
  }
  const dayAt = (position: number): Day => {
    const day = days[position]
    if (day === undefined) throw new RangeError('the office has no such working day')
    return day
  }
  const isWorking = (day: Day) => ordinal(day + 1) > ordinal(day)
  const lineOf = (instant: number): number => {
    const day = zone.dayAt(instant)
    if (!isWorking(day)) return ordinal(day) * daily
    const minute = zone.minuteAt(instant)
    const gone = hours.reduce((sum, { from, to }) => sum + Math.max(0, Math.min(minute, to) - from), 0)
    return ordinal(day) * daily + gone
  }
  const minuteOnLine = (line: number): { day: Day; minute: number } => {
    let rest = line % daily
    for (const { from, to } of hours) {
      if (rest < to - from) return { day: dayAt(Math.floor(line / daily)), minute: from + rest }
      rest -= to - from
    }
    throw new RangeError('beyond the office hours')
  }
  const instantAt = (line: number, random: Random): number => {
    const { day, minute } = minuteOnLine(line)
    return zone.instantOf(day, minute) + random.between(0, 59) * 1000
  }
  return {
    zone,
    isWorking,
    after: (day, n) => (n === 0 ? dayAt(ordinal(day)) : dayAt(ordinal(day + 1) + n - 1)),
    between: (after, through) => Math.max(0, ordinal(through + 1) - ordinal(after + 1)),
    at: (day, minute) => zone.instantOf(day, minute),
    during: (day, random) => instantAt(ordinal(day) * daily + random.between(0, daily - 1), random),
    later: (instant, minutes, random) => instantAt(lineOf(instant) + Math.max(1, minutes), random),
    spread(from, to, count, random) {
      const begin = lineOf(from) + 1
      const room = lineOf(to) - begin
      if (room < count) return null
      const chosen = new Set<number>()
      while (chosen.size < count) chosen.add(begin + random.between(0, room - 1))
      return [...chosen].sort((a, b) => a - b).map((line) => instantAt(line, random))
    },
  }
}
