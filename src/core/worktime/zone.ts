// A time zone that answers fast: offsets between two changes of the clock are remembered.
import type { Day } from './day.ts'

/** Reads instants in one zone. Remembering is its only state: the same question always has the same answer. */
export interface Zone {
  readonly id: string
  /** The civil day that an instant (ms since 1970) falls on. */
  dayAt(instant: number): Day
  /** Minutes of the civil day that have passed at an instant. */
  minuteAt(instant: number): number
  /** The instant at which a civil day begins. */
  startOf(day: Day): number
  /** The instant of a wall-clock minute of a civil day. */
  instantOf(day: Day, minute: number): number
}

interface Window {
  readonly from: number
  readonly to: number
  readonly offset: number
}

/** Builds a zone from its IANA name; throws a RangeError if the name is unknown. */
export function zoneOf(id: string): Zone {
  const windows: Window[] = []
  const starts = new Map<Day, number>()
  let last: Window | undefined

  const windowAt = (instant: number): Window => {
    if (last !== undefined && instant >= last.from && instant < last.to) return last
    last = windows.find((window) => instant >= window.from && instant < window.to)
    if (last !== undefined) return last
    const here = Temporal.Instant.fromEpochMilliseconds(Math.floor(instant)).toZonedDateTimeISO(id)
    const before = here.add({ nanoseconds: 1 }).getTimeZoneTransition('previous')
    const after = here.getTimeZoneTransition('next')
    last = {
      from: before?.epochMilliseconds ?? Number.NEGATIVE_INFINITY,
      to: after?.epochMilliseconds ?? Number.POSITIVE_INFINITY,
      offset: here.offsetNanoseconds / 1_000_000,
    }
    windows.push(last)
    return last
  }
  const local = (instant: number) => instant + windowAt(instant).offset

  windowAt(0)
  return {
    id,
    dayAt: (instant) => Math.floor(local(instant) / 86_400_000),
    minuteAt: (instant) => Math.floor((((local(instant) % 86_400_000) + 86_400_000) % 86_400_000) / 60_000),
    startOf(day) {
      const known = starts.get(day)
      if (known !== undefined) return known
      const date = new Temporal.PlainDate(1970, 1, 1).add({ days: day })
      const start = date.toZonedDateTime(id).epochMilliseconds
      starts.set(day, start)
      return start
    },
    instantOf(day, minute) {
      const date = new Temporal.PlainDate(1970, 1, 1).add({ days: day })
      const time = new Temporal.PlainTime(Math.floor(minute / 60), minute % 60)
      return date.toZonedDateTime({ timeZone: id, plainTime: time }).epochMilliseconds
    },
  }
}

/** Minutes after midnight of a wall-clock time, `17:30`. */
export function minuteOf(clock: string): number {
  const time = Temporal.PlainTime.from(clock)
  return time.hour * 60 + time.minute
}
