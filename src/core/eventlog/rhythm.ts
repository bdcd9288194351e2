import { weekdayOf } from '../worktime/day.ts'
import type { Zone } from '../worktime/zone.ts'
import { byCodePoint } from './activities.ts'
import type { LogView } from './log-view.ts'
import { type Party, unitColumn } from './units.ts'

/** Events of one party by hour of the week. */
interface PartyRhythm {
  readonly key: string
  readonly events: number
  readonly hours: WeekHours
}

/** Events by weekday (0 Monday … 6 Sunday) and hour of the day. */
type WeekHours = readonly (readonly number[])[]

/** When work is done: events by hour of the week, in a zone's wall-clock time. */
interface Rhythm {
  readonly known: boolean
  readonly withoutTime: number
  /** Events at 00:00:00 sharp: where a source states days only, all of them, and the hours mean nothing. */
  readonly atMidnight: number
  readonly hours: WeekHours
  /** The busiest party first. */
  readonly groups: readonly PartyRhythm[]
}

const HOURS = 7 * 24
const weekOf = (counts: Int32Array, group: number): WeekHours =>
  Array.from({ length: 7 }, (_, day) =>
    Array.from(counts.subarray(group * HOURS + day * 24, group * HOURS + day * 24 + 24)),
  )

/** The hour of the week of an instant: 0 is Monday 00:00 to 00:59. */
export const hourOfWeek = (instant: number, zone: Zone): number =>
  (weekdayOf(zone.dayAt(instant)) - 1) * 24 + Math.floor(zone.minuteAt(instant) / 60)

/** Counts a view's events by hour of the week, all and by party. */
export function rhythm({ log, cases }: LogView, by: Party | null, zone: Zone): Rhythm {
  const column = by === null ? null : unitColumn(log, by)
  const names = column?.names ?? []
  const counts = new Int32Array((names.length + 1) * HOURS)
  const all = names.length
  let withoutTime = 0
  let atMidnight = 0
  for (const c of cases) {
    for (let i = log.caseStart[c] as number; i < (log.caseStart[c + 1] as number); i++) {
      const at = log.time[i] as number
      if (Number.isNaN(at)) {
        withoutTime++
        continue
      }
      const hour = hourOfWeek(at, zone)
      counts[all * HOURS + hour] = (counts[all * HOURS + hour] as number) + 1
      const code = column === null ? -1 : (column.codes[i] as number)
      if (code >= 0) counts[code * HOURS + hour] = (counts[code * HOURS + hour] as number) + 1
      if (hour % 24 === 0 && at % 60_000 === 0 && zone.minuteAt(at) === 0) atMidnight++
    }
  }
  const groups = names
    .map((key, code) => {
      let events = 0
      for (let h = 0; h < HOURS; h++) events += counts[code * HOURS + h] as number
      return { key, events, code }
    })
    .filter((group) => group.events > 0)
    .sort((a, b) => b.events - a.events || byCodePoint(a.key, b.key))
    .map(({ key, events, code }): PartyRhythm => ({ key, events, hours: weekOf(counts, code) }))
  return { known: by === null || column !== null, withoutTime, atMidnight, hours: weekOf(counts, all), groups }
}
