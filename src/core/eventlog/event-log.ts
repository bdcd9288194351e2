/** A column of text kept as codes into a dictionary; code −1 means that the value is missing. */
export interface StringColumn {
  readonly dictionary: readonly string[]
  readonly codes: Int32Array
}

/**
 * An event log in columns: cases in order of first appearance, the events of each case side by side, ordered by
 * instant, equal instants by source row; an event without an instant stays behind the one before it in the source. `row` is the number that a person would give the row in
 * its source (a CSV's first data row is 2, under its header; an XES event is its ordinal).
 */
export interface EventLog {
  /** Case index → the id that the source gives it. */
  readonly caseIds: readonly string[]
  /** Events of case c are the half-open range [caseStart[c], caseStart[c + 1]); length is cases + 1. */
  readonly caseStart: Int32Array
  readonly activity: StringColumn
  /** Milliseconds since 1970-01-01T00:00Z, fractions kept; NaN where the source has none. */
  readonly time: Float64Array
  readonly row: Int32Array
  /**
   * Per event. Roles that a mapping knows have the keys `officer`, `organ`, `start`, `end`; others keep the source's
   * name. The times of roles are ISO texts: an instant in UTC (`…Z`), or `YYYY-MM-DD` where the source names a day only.
   */
  readonly eventAttributes: ReadonlyMap<string, StringColumn>
  /**
   * Per case, indexed as caseIds. A mapping's roles have the keys `deadline`, `start`, `end`, `region`, `power`; others
   * keep the source's name (`case:channel` in a CSV; an XES trace's key `channel` is `case:channel` as well).
   */
  readonly caseAttributes: ReadonlyMap<string, StringColumn>
}

/** The text in a column at an index, or null where it is missing. */
export function textAt(column: StringColumn, index: number): string | null {
  const code = column.codes[index]
  return code === undefined || code < 0 ? null : (column.dictionary[code] ?? null)
}
