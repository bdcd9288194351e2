import { momentOf } from '../check/moment.ts'
import type { Zone } from '../worktime/zone.ts'
import type { EventLog } from './event-log.ts'

const remembered = new WeakMap<EventLog, Float64Array>()

/**
 * When each step began, where the log's mapping names a column `start` of events: ms since 1970, NaN where it is not
 * said. A bare day tells no instant and counts as not said. Null where the log has no such column.
 */
export function stepStarts(log: EventLog, zone: Zone): Float64Array | null {
  const column = log.eventAttributes.get('start')
  if (column === undefined) return null
  const known = remembered.get(log)
  if (known !== undefined) return known
  const instants = column.dictionary.map((text) => {
    const moment = momentOf(text, zone)
    return moment?.kind === 'instant' ? moment.instant : Number.NaN
  })
  const starts = Float64Array.from(column.codes, (code) => (code < 0 ? Number.NaN : (instants[code] as number)))
  remembered.set(log, starts)
  return starts
}
