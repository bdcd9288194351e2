import type { EventLog } from '../eventlog/event-log.ts'

/**
 * Which cases are still under way, 1 for each: those without an end, in a log whose mapping says where a case's end
 * stands (case attribute `end`). Without such a column every case is judged as finished.
 */
export function unfinishedCases(log: EventLog): Uint8Array {
  const ends = log.caseAttributes.get('end')
  return Uint8Array.from(log.caseIds, (_, c) => (ends !== undefined && (ends.codes[c] ?? -1) < 0 ? 1 : 0))
}
