// A clock day by day, for drawing it: each day that counts has its number, a paused day has none.
import { isRefusal, type Refusal } from '../refusal/refusal.ts'
import type { WorkCalendar } from './calendar.ts'
import type { Limit, PausedDays } from './clock.ts'
import { type Day, dateOf } from './day.ts'

/** A day of a clock; `number` is which day of the limit it is, from 1, or null while the clock stands still. */
export interface ClockDay {
  /** YYYY-MM-DD. */
  readonly date: string
  readonly number: number | null
}

/**
 * The days in (start, through] that a limit of this unit knows: with working days, days of rest are left out.
 * The last number equals `countedDays` of the same stretch. Refusal: `worktime.no-calendar`.
 */
export function clockDays(
  start: Day,
  through: Day,
  unit: Limit['unit'],
  stretches: readonly PausedDays[],
  calendar: WorkCalendar,
): readonly ClockDay[] | Refusal {
  const days: ClockDay[] = []
  let number = 0
  for (let day = start + 1; day <= through; day++) {
    if (unit === 'working-day') {
      const working = calendar.isWorking(day)
      if (isRefusal(working)) return working
      if (!working) continue
    }
    const paused = stretches.some((stretch) => day > stretch.from && day <= stretch.to)
    days.push({ date: dateOf(day), number: paused ? null : ++number })
  }
  return days
}
