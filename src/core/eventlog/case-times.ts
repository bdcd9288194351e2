import type { EventLog } from './event-log.ts'
import type { LogView } from './log-view.ts'
import { knownValues, type Spread, spreadOf } from './spread.ts'

/** When each case's first and last event happened: ms since 1970, NaN where no event of the case has an instant. */
interface CaseTimes {
  readonly first: Float64Array
  readonly last: Float64Array
}

const remembered = new WeakMap<EventLog, CaseTimes>()

/** The first and last instants of all cases of a log; worked out once for the same log. */
export function caseTimes(log: EventLog): CaseTimes {
  const known = remembered.get(log)
  if (known !== undefined) return known
  const cases = log.caseIds.length
  const first = new Float64Array(cases).fill(Number.NaN)
  const last = new Float64Array(cases).fill(Number.NaN)
  const { time, caseStart } = log
  for (let c = 0; c < cases; c++) {
    let low = Number.POSITIVE_INFINITY
    let high = Number.NEGATIVE_INFINITY
    for (let i = caseStart[c] as number; i < (caseStart[c + 1] as number); i++) {
      const at = time[i] as number
      if (at < low) low = at
      if (at > high) high = at
    }
    if (low > high) continue
    first[c] = low
    last[c] = high
  }
  const times = { first, last }
  remembered.set(log, times)
  return times
}

/** Seconds from the first event to the last, of each case of a view in its order; NaN where no event has an instant. */
export function caseSeconds({ log, cases }: LogView): Float64Array {
  const { first, last } = caseTimes(log)
  const seconds = new Float64Array(cases.length)
  for (let k = 0; k < seconds.length; k++) {
    const c = cases[k] as number
    seconds[k] = ((last[c] as number) - (first[c] as number)) / 1000
  }
  return seconds
}

/** The durations of cases in seconds; null where no case has an instant. */
export function caseDurations(view: LogView): Spread | null {
  return spreadOf(knownValues(caseSeconds(view)))
}
