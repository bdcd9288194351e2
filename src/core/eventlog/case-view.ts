import { type EventLog, textAt } from './event-log.ts'

/** One event of a case as an object. */
export interface CaseEvent {
  readonly row: number
  readonly activity: string
  /** Ms since 1970; null where the source has no time. */
  readonly time: number | null
  /** The attributes that this event has, roles among them. */
  readonly attributes: Readonly<Record<string, string>>
}

/** One case of a log as an object. */
export interface CaseView {
  readonly id: string
  readonly attributes: Readonly<Record<string, string>>
  readonly events: readonly CaseEvent[]
}

function present(columns: EventLog['eventAttributes'], index: number): Record<string, string> {
  const values: [string, string][] = []
  for (const [key, column] of columns) {
    const text = textAt(column, index)
    if (text !== null) values.push([key, text])
  }
  return Object.fromEntries(values)
}

/** Case `c` of a log, its events in the log's order. */
export function caseView(log: EventLog, c: number): CaseView {
  const events: CaseEvent[] = []
  for (let i = log.caseStart[c] as number; i < (log.caseStart[c + 1] as number); i++) {
    const time = log.time[i] as number
    events.push({
      row: log.row[i] as number,
      activity: textAt(log.activity, i) ?? '',
      time: Number.isNaN(time) ? null : time,
      attributes: present(log.eventAttributes, i),
    })
  }
  return { id: log.caseIds[c] as string, attributes: present(log.caseAttributes, c), events }
}
