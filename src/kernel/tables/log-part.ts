import type { ByteDictionary } from './byte-dictionary.ts'
import type { EventColumn, SpreadCaseColumn } from './log-columns.ts'
import type { TimeReading } from './time-column.ts'
import type { RoleTimes } from './time-role.ts'

/** A text column of a part: codes into values, −1 where the value is missing. */
export interface PartColumn {
  /** `case_id`, `activity`, and e0, e1 … of events, c0, c1 … of cases in order of appearance. */
  readonly name: string
  readonly codes: Int32Array
  /** How many values there are, and all of them in order of code, NUL between them. */
  readonly count: number
  readonly values: string
}

/**
 * Some of a log's events in the order of their source, as a reader has them before anything is ordered. Events without a
 * case are withdrawn: their rows are among the reported ones.
 */
export interface LogPart {
  readonly rows: Int32Array
  /** Ms since 1970; −∞ where there is no time, NaN where it cannot be read. */
  readonly times: Float64Array
  /** The month-first reading, while it is open which is meant. */
  readonly monthFirst: Float64Array | null
  readonly columns: readonly PartColumn[]
  readonly reportedRows: Int32Array
  readonly reportedReasons: Int32Array
  /** What stood in the cell, for the first rows whose time cannot be read. */
  readonly texts: ReadonlyMap<number, string>
}

/** One column of events or of cases over all parts. */
export interface PartsColumn {
  readonly name: string
  /** The name that it has in the log. */
  readonly key: string
  /** The name that it has in the source. */
  readonly source: string
  readonly level: 'event' | 'case'
  /** For a time role: whether its values are to be taken from the `…_month_first` column; null for all others. */
  readonly monthFirst: boolean | null
  /** Case values that the reader itself found to differ. */
  readonly conflicts: number
}

/** What is known once all parts are handed over. */
export interface PartsEnd {
  readonly rowsIn: number
  readonly columns: readonly PartsColumn[]
  readonly time: TimeReading | null
  /** Whether the month-first reading of the event time is the one that was meant. */
  readonly monthFirst: boolean
}

/** A column that is read in parts, with its name there. */
export interface Named {
  readonly name: string
  readonly column: EventColumn | SpreadCaseColumn
  readonly times: RoleTimes | null
}

const SEPARATOR = '\0'

/** The text column of a dictionary whose values are as the source has them, or are changed by `renamed`. */
export function partColumn(
  name: string,
  dictionary: ByteDictionary,
  codes: Int32Array,
  renamed: ReadonlyMap<string, string> = new Map(),
): PartColumn {
  const values =
    renamed.size === 0
      ? dictionary.joined()
      : dictionary
          .texts()
          .map((text) => renamed.get(text) ?? text)
          .join(SEPARATOR)
  return { name, codes, count: dictionary.size, values }
}

const missing = (texts: readonly (string | null)[], codes: Int32Array): Int32Array =>
  codes.map((code) => (code >= 0 && texts[code] !== null ? code : -1))

/** The columns of a time role: its values read, read month-first where that is open, and as they stand in the source. */
export function timeRoleColumns(
  name: string,
  times: RoleTimes,
  dictionary: ByteDictionary,
  codes: Int32Array,
): PartColumn[] {
  const { main, monthFirst } = times.readPart(dictionary)
  const column = (suffix: string, texts: readonly (string | null)[]): PartColumn => ({
    name: `${name}${suffix}`,
    codes: missing(texts, codes),
    count: texts.length,
    values: texts.map((text) => text ?? '').join(SEPARATOR),
  })
  const columns = [column('', main), partColumn(`${name}_raw`, dictionary, codes)]
  return monthFirst === null ? columns : [...columns, column('_month_first', monthFirst)]
}
