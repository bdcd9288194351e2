import type { EventLog } from './event-log.ts'
import { type Variants, variantsOf } from './variants.ts'

/** How often an activity happened, and in how many cases. */
export interface ActivityCount {
  readonly activity: string
  readonly events: number
  readonly cases: number
}

/** What a log holds, in numbers. Instants are ms since 1970, null where no event has a time. */
export interface LogStats {
  readonly cases: number
  readonly events: number
  readonly activities: number
  readonly variants: number
  readonly firstAt: number | null
  readonly lastAt: number | null
  readonly withoutTime: number
}

/** Counts a log. Pass the variants where they are known already. */
export function logStats(log: EventLog, variants: Variants = variantsOf(log)): LogStats {
  let first = Number.POSITIVE_INFINITY
  let last = Number.NEGATIVE_INFINITY
  let withoutTime = 0
  for (const time of log.time) {
    if (Number.isNaN(time)) withoutTime++
    else {
      if (time < first) first = time
      if (time > last) last = time
    }
  }
  return {
    cases: log.caseIds.length,
    events: log.time.length,
    activities: activityCounts(log).length,
    variants: variants.variants.length,
    firstAt: first === Number.POSITIVE_INFINITY ? null : first,
    lastAt: last === Number.NEGATIVE_INFINITY ? null : last,
    withoutTime,
  }
}

/** The activities that happened, the most frequent first, equal ones in order of first appearance. */
export function activityCounts(log: EventLog): readonly ActivityCount[] {
  const events = new Int32Array(log.activity.dictionary.length)
  const cases = new Int32Array(events.length)
  const lastCase = new Int32Array(events.length).fill(-1)
  for (let c = 0; c < log.caseIds.length; c++) {
    for (let i = log.caseStart[c] as number; i < (log.caseStart[c + 1] as number); i++) {
      const code = log.activity.codes[i] as number
      if (code < 0) continue
      events[code] = (events[code] as number) + 1
      if (lastCase[code] !== c) {
        lastCase[code] = c
        cases[code] = (cases[code] as number) + 1
      }
    }
  }
  return log.activity.dictionary
    .map((activity, code) => ({ activity, events: events[code] as number, cases: cases[code] as number }))
    .filter((count) => count.events > 0)
    .sort((a, b) => b.events - a.events)
}
