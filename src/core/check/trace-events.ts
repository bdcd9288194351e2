// The events of a log by activity name, as integers: what rules over millions of events read.
import { type EventLog, type StringColumn, textAt } from '../eventlog/event-log.ts'

/** Marks which dictionary codes are among the names. */
export function codesOf(column: StringColumn, names: Iterable<string>): Uint8Array {
  const wanted = new Set(names)
  return Uint8Array.from(column.dictionary, (name) => (wanted.has(name) ? 1 : 0))
}

/** One or several names as a list. */
export const listOf = (names: string | readonly string[]): readonly string[] =>
  typeof names === 'string' ? [names] : names

/** An event that a result rests on: its row in the source and what it shows. Officers by code, never by name. */
export interface Evidence {
  readonly row: number | null
  /** The activity, or the attribute's name. */
  readonly what: string
  /** ISO instant; null where the source has none. */
  readonly instant: string | null
  readonly officer: string | null
  /** The attribute's value, where the evidence is one. */
  readonly value?: string
}

const isoOf = (instant: number): string | null =>
  Number.isNaN(instant) ? null : Temporal.Instant.fromEpochMilliseconds(Math.floor(instant)).toString()

/** The evidence that one event is. */
export function eventEvidence(log: EventLog, event: number): Evidence {
  const officer = log.eventAttributes.get('officer')
  return {
    row: log.row[event] ?? null,
    what: textAt(log.activity, event) ?? '',
    instant: isoOf(log.time[event] ?? Number.NaN),
    officer: officer === undefined ? null : textAt(officer, event),
  }
}

/** The evidence that a case attribute is; its row is the case's first. */
export function attributeEvidence(log: EventLog, index: number, column: string): Evidence {
  const values = log.caseAttributes.get(column)
  return {
    row: log.row[log.caseStart[index] ?? 0] ?? null,
    what: column,
    instant: null,
    officer: null,
    value: (values === undefined ? null : textAt(values, index)) ?? '',
  }
}
