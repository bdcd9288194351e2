import type { EventLog } from './event-log.ts'

/** Some of a log's cases, looked at without copying them: what a filter leaves, or all. */
export interface LogView {
  readonly log: EventLog
  /** Case indices, ascending. */
  readonly cases: Int32Array
}

/** All cases of a log. */
export function wholeLog(log: EventLog): LogView {
  const cases = new Int32Array(log.caseIds.length)
  for (let c = 0; c < cases.length; c++) cases[c] = c
  return { log, cases }
}

/** How many events the cases of a view have. */
export function eventsIn({ log, cases }: LogView): number {
  let events = 0
  for (let k = 0; k < cases.length; k++) {
    const c = cases[k] as number
    events += (log.caseStart[c + 1] as number) - (log.caseStart[c] as number)
  }
  return events
}
