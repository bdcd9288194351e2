import type { DuckDBConnection } from '@duckdb/node-api'
import type { ImportNote } from '../tables/import-report.ts'
import type { PartsColumn } from '../tables/log-part.ts'

/** The numbers of a statement's one row. */
export async function one(engine: DuckDBConnection, statement: string): Promise<readonly number[]> {
  const [row] = (await engine.runAndReadAll(statement)).getRows()
  return (row ?? []).map(Number)
}

/** Expressions that go on a list of columns. */
export const list = (expressions: readonly string[]): string =>
  expressions.map((expression) => `, ${expression}`).join('')

/** The column of the parts that holds a column's values. */
export const valueColumn = ({ name, monthFirst }: Pick<PartsColumn, 'name' | 'monthFirst'>): string =>
  monthFirst === true ? `${name}_month_first` : name

/** The column of the parts that holds a column's values as they stand in the source. */
const rawColumn = ({ name, monthFirst }: PartsColumn): string => (monthFirst === null ? name : `${name}_raw`)

/**
 * The values of cases of a log in parts: of each column the first that is there in the case. They are put into the table
 * `case_value` (case_id, c0 … as read, r0 … as they stand in the source).
 */
export class CaseValues {
  readonly #engine: DuckDBConnection
  readonly #columns: readonly PartsColumn[]
  readonly #there: ReadonlySet<string>
  readonly #source: string
  readonly #conflicts: number[] = []

  constructor(engine: DuckDBConnection, columns: readonly PartsColumn[], there: ReadonlySet<string>, source: string) {
    this.#engine = engine
    this.#columns = columns
    this.#there = there
    this.#source = source
  }

  /**
   * Makes the table, so many values at a time: the engine cannot put them aside while it looks for them. `cases` says
   * about how many cases there are.
   */
  async open(cases: number, atATime: number): Promise<void> {
    const declared = this.#columns.map((_, i) => `c${i} varchar, r${i} varchar`)
    await this.#engine.run(`create or replace temp table case_value (case_id varchar${list(declared)})`)
    if (this.#columns.length === 0) return
    const firsts = this.#columns.map((column) => {
      const [value, raw] = [valueColumn(column), rawColumn(column)]
      if (!this.#there.has(raw)) return 'null::varchar, null::varchar'
      const first = this.#there.has(value) ? `arg_min_null(${value}, source_row)` : 'any_value(null::varchar)'
      const plain = `arg_min(${raw}, source_row)`
      return value === raw ? `${plain}, null::varchar` : `${first} filter (where ${raw} is not null), ${plain}`
    })
    const turns = Math.max(1, Math.ceil((cases * this.#columns.length) / atATime))
    for (let turn = 0; turn < turns; turn++) {
      const own = `case_id is not null and hash(case_id) % ${turns} = ${turn}`
      await this.#engine.run(`create or replace temp table some_values as
        select * from case_value where false
        union all select case_id${list(firsts)} from ${this.#source} where ${own} group by case_id`)
      await this.#engine.run('insert into case_value from some_values')
      await this.#countConflicts(own)
    }
    await this.#engine.run('drop table some_values')
  }

  /** Counts the values that differ from the first of their case, for some cases. */
  async #countConflicts(own: string): Promise<void> {
    const differing = this.#columns.map((column, i) => {
      const raw = rawColumn(column)
      if (!this.#there.has(raw)) return '0'
      return `count(*) filter (p.${raw} <> f.${raw === valueColumn(column) ? 'c' : 'r'}${i})`
    })
    const found = await one(
      this.#engine,
      `select ${differing.join(', ')} from (select * from ${this.#source} where ${own}) p
      join some_values f on f.case_id = p.case_id`,
    )
    found.forEach((count, i) => {
      this.#conflicts[i] = (this.#conflicts[i] ?? 0) + count
    })
  }

  /** The columns c0 … of the table, under this name. */
  selected(table: string): string[] {
    return this.#columns.map((_, i) => `${table}.c${i}`)
  }

  /** What should be known of the columns: unreadable values of time roles, and values that differ within a case. */
  async notes(): Promise<ImportNote[]> {
    const notes: ImportNote[] = []
    for (const [i, column] of this.#columns.entries()) {
      notes.push(...(await unreadableRoles(this.#engine, [column], this.#there, this.#source)))
      const conflicts = column.conflicts + (this.#conflicts[i] ?? 0)
      if (conflicts > 0) notes.push({ code: 'case-value-conflict', count: conflicts, column: column.source })
    }
    return notes
  }
}

/** How many distinct values of each time role are no readable times. */
export async function unreadableRoles(
  engine: DuckDBConnection,
  columns: readonly PartsColumn[],
  there: ReadonlySet<string>,
  source: string,
): Promise<ImportNote[]> {
  const notes: ImportNote[] = []
  for (const { name, source: column, monthFirst } of columns) {
    if (monthFirst === null || !there.has(`${name}_raw`)) continue
    const read = valueColumn({ name, monthFirst })
    const unread = there.has(read)
      ? `${read} is null and regexp_matches(${name}_raw, '[^\\x01-\\x20]')`
      : `${name}_raw is not null`
    const [count = 0] = await one(engine, `select count(distinct ${name}_raw) from ${source} where ${unread}`)
    if (count > 0) notes.push({ code: 'role-time-unreadable', count, column })
  }
  return notes
}
