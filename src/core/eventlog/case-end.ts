import { momentOf } from '../check/moment.ts'
import type { Zone } from '../worktime/zone.ts'
import { caseTimes } from './case-times.ts'
import type { EventLog } from './event-log.ts'

/** When cases end, and how that is told. */
export interface CaseEnds {
  /**
   * `column`: the log's mapping names a column `end`; `activity`: activities that the asker named; `last-event`: the log
   * says nothing of ends, so that each case ends with its last event.
   */
  readonly by: 'column' | 'activity' | 'last-event'
  /** Ms since 1970, never before the case's first event; NaN for a case that has not ended, or at no known instant. */
  readonly at: Float64Array
  readonly isOpen: (c: number) => boolean
}

/**
 * When each case of a log ended. Where a column says so, a bare day is the beginning of that day in the zone. With
 * `endBy`, a case ends with the last event of one of these activities; a log's own column goes before it.
 */
export function caseEnds(log: EventLog, zone: Zone, endBy: readonly string[] = []): CaseEnds {
  const { first, last } = caseTimes(log)
  const column = log.caseAttributes.get('end')
  if (column !== undefined) {
    const instants = column.dictionary.map((text) => {
      const moment = momentOf(text, zone)
      if (moment === null) return Number.NaN
      return moment.kind === 'instant' ? moment.instant : zone.startOf(moment.day)
    })
    const at = Float64Array.from(column.codes, (code, c) => {
      if (code < 0) return Number.NaN
      const end = instants[code] as number
      return Number.isNaN(first[c]) ? end : Math.max(end, first[c] as number)
    })
    return { by: 'column', at, isOpen: (c) => (column.codes[c] as number) < 0 }
  }
  if (endBy.length === 0) return { by: 'last-event', at: last, isOpen: () => false }
  const wanted = new Set(endBy)
  const ending = log.activity.dictionary.map((name) => wanted.has(name))
  // an ending step without an instant of its own ends its case at the case's last known instant
  const at = new Float64Array(log.caseIds.length).fill(Number.NaN)
  const ended = new Uint8Array(at.length)
  for (let c = 0; c < at.length; c++) {
    for (let i = (log.caseStart[c + 1] as number) - 1; i >= (log.caseStart[c] as number); i--) {
      if (ending[log.activity.codes[i] as number] !== true) continue
      ended[c] = 1
      at[c] = log.time[i] as number
      if (!Number.isNaN(at[c])) break
    }
    if (ended[c] === 1 && Number.isNaN(at[c])) at[c] = last[c] as number
  }
  return { by: 'activity', at, isOpen: (c) => ended[c] === 0 }
}
