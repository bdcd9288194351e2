// The last day of a limit, counted day by day. Deliberately not core/worktime: the list of planted cases must not rest
// on the code that is to find them.
import type { Day } from '../../../core/worktime/day.ts'
import type { Office } from './office.ts'

/** A limit of a power. */
export interface DayLimit {
  readonly value: number
  readonly unit: 'working-day' | 'calendar-day'
}

/** A stretch that does not count; the day on which it begins still does. */
export interface PausedStretch {
  readonly from: Day
  readonly to: Day
}

/**
 * The last lawful day of a limit that runs from `start`. The first day does not count, paused days do not, a working-day
 * limit counts working days only, a last day of rest moves on to the next working day, and a pause that begins on the
 * last day still holds it.
 */
export function lastLawfulDay(start: Day, limit: DayLimit, pauses: readonly PausedStretch[], office: Office): Day {
  let left = limit.value
  let day = start
  while (left > 0) {
    day++
    const today = day
    if (pauses.some((pause) => today > pause.from && today <= pause.to)) continue
    if (limit.unit === 'calendar-day' || office.isWorking(day)) left--
  }
  for (;;) {
    const last = office.after(day, 0)
    const running = pauses.find((pause) => last >= pause.from && last < pause.to)
    if (running === undefined) return last
    day = running.to
  }
}
