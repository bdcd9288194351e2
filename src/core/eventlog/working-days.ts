import { isRefusal } from '../refusal/refusal.ts'
import type { WorkCalendar } from '../worktime/calendar.ts'
import type { Zone } from '../worktime/zone.ts'
import { caseTimes } from './case-times.ts'
import type { LogView } from './log-view.ts'
import { type Spread, spreadOf } from './spread.ts'

/** Case durations in working days. */
interface WorkingDays {
  readonly spread: Spread | null
  /** Cases that touch a year whose notice is not published, which cannot be counted. */
  readonly unjudged: number
}

/** How many working days cases took: the first day does not count, the last does, days of rest never (core/worktime). */
export function workingDays({ log, cases }: LogView, calendar: WorkCalendar, zone: Zone): WorkingDays {
  const { first, last } = caseTimes(log)
  const days: number[] = []
  let unjudged = 0
  for (const c of cases) {
    if (Number.isNaN(first[c])) continue
    const count = calendar.workingDaysBetween(zone.dayAt(first[c] as number), zone.dayAt(last[c] as number))
    if (isRefusal(count)) unjudged++
    else days.push(count)
  }
  return { spread: spreadOf(Float64Array.from(days)), unjudged }
}
