import { join } from 'node:path'
import { DOUBLE, type DuckDBConnection, DuckDBDataChunk, type DuckDBType, INTEGER } from '@duckdb/node-api'
import type { LogPart } from '../tables/log-part.ts'

const CHUNK = 2048

/** A text as a literal of SQL. */
export const quoted = (text: string): string => `'${text.replaceAll("'", "''")}'`

/** What stands for the parts of a log of which no row could be taken. */
const NO_EVENTS = `(select null::varchar as case_id, null::varchar as activity, null::integer as source_row,
  null::double as ms, null::double as ms_month_first where false)`

interface NumberColumn {
  readonly name: string
  readonly type: DuckDBType
  readonly values: Int32Array | Float64Array
}

/** Appends columns of numbers, side by side, to a table of the connection. */
export async function appendNumbers(
  engine: DuckDBConnection,
  table: string,
  columns: readonly NumberColumn[],
): Promise<void> {
  const rows = columns[0]?.values.length ?? 0
  const types = columns.map(({ type }) => type)
  const appender = await engine.createAppender(table)
  let chunk = DuckDBDataChunk.create(types, CHUNK)
  for (let from = 0; from < rows; from += CHUNK) {
    const count = Math.min(CHUNK, rows - from)
    if (count < CHUNK) chunk = DuckDBDataChunk.create(types, count)
    columns.forEach(({ values }, index) => {
      const vector = chunk.getColumnVector(index)
      for (let i = 0; i < count; i++) vector.setItem(i, values[from + i] as number)
      vector.flush()
    })
    appender.appendDataChunk(chunk)
  }
  appender.closeSync()
}

/**
 * Keeps the parts of a log that is being read as Parquet files of a folder, so that memory holds one part and not the
 * log. The engine writes a part while the next one is read. Reported rows go to the table `reported` (row, reason) of the
 * connection, which the engine spills where it must.
 */
export class PartStore {
  readonly #engine: DuckDBConnection
  readonly #folder: string
  readonly #files: string[] = []
  #writing: Promise<unknown> = Promise.resolve()
  /** What stood in the cell, for the first rows whose time cannot be read. */
  readonly texts = new Map<number, string>()

  private constructor(engine: DuckDBConnection, folder: string) {
    this.#engine = engine
    this.#folder = folder
  }

  /** Makes a store in a folder that is there and that the caller removes. */
  static async open(engine: DuckDBConnection, folder: string): Promise<PartStore> {
    await engine.run('create or replace temp table reported ("row" integer, reason integer)')
    return new PartStore(engine, folder)
  }

  /** Takes a part; returns when the one before is written. */
  async take(part: LogPart): Promise<void> {
    await this.#writing
    for (const [row, text] of part.texts) this.texts.set(row, text)
    if (part.reportedRows.length > 0) {
      await appendNumbers(this.#engine, 'reported', [
        { name: 'row', type: INTEGER, values: part.reportedRows },
        { name: 'reason', type: INTEGER, values: part.reportedReasons },
      ])
    }
    if (part.rows.length === 0) return
    const numbers: NumberColumn[] = [
      { name: 'source_row', type: INTEGER, values: part.rows },
      { name: 'ms', type: DOUBLE, values: part.times },
      ...(part.monthFirst === null ? [] : [{ name: 'ms_month_first', type: DOUBLE, values: part.monthFirst }]),
    ]
    const texts = part.columns.filter(({ count }) => count > 0)
    const columns = [...numbers, ...texts.map(({ name, codes }) => ({ name, type: INTEGER, values: codes }))]
    const declared = columns.map(({ name, type }) => `${name} ${type.toString()}`).join(', ')
    await this.#engine.run(`create or replace temp table part_codes (${declared})`)
    await appendNumbers(this.#engine, 'part_codes', columns)
    const lists = texts.map(({ name }, index) => `string_split($${index + 1}, chr(0)) as ${name}`)
    const values = texts.map((column) => column.values)
    const file = join(this.#folder, `${this.#files.length}.parquet`)
    this.#files.push(file)
    // a place in a list counts from 1, and place 0 (code −1) is a missing value
    const select = [
      ...numbers.map(({ name }) => `c.${name}`),
      ...texts.map(({ name }) => `v.${name}[c.${name} + 1] as ${name}`),
    ]
    this.#writing = (async () => {
      await this.#engine.run(`create or replace temp table part_values as select ${lists.join(', ')}`, values)
      await this.#engine.run(
        `copy (select ${select.join(', ')} from part_codes c, part_values v) to ${quoted(file)} (format parquet)`,
      )
    })()
    // a failure is thrown by the next take or by end: until then it must not count as unhandled
    this.#writing.catch(() => {})
  }

  /** Returns when nothing is being written any more, whatever became of it: the connection may then be closed. */
  async settle(): Promise<void> {
    await this.#writing.catch(() => {})
  }

  /** Returns when the last part is written: the names of the columns that the parts have, and what reads all of them. */
  async end(): Promise<{ readonly columns: ReadonlySet<string>; readonly source: string }> {
    await this.#writing
    await this.#engine.run('drop table if exists part_codes; drop table if exists part_values')
    if (this.#files.length === 0) return { columns: new Set(), source: NO_EVENTS }
    const source = `read_parquet([${this.#files.map(quoted).join(', ')}], union_by_name = true)`
    const described = await this.#engine.runAndReadAll(`describe select * from ${source}`)
    return { columns: new Set(described.getColumnsObjectJson().column_name as string[]), source }
  }
}
