import { createHash } from 'node:crypto'
import { createReadStream } from 'node:fs'
import { mkdir, open, readdir, rename, rm } from 'node:fs/promises'
import { join } from 'node:path'
import { setImmediate as breathe } from 'node:timers/promises'
import {
  DOUBLE,
  type DuckDBConnection,
  DuckDBDataChunk,
  type DuckDBType,
  type DuckDBValue,
  INTEGER,
  VARCHAR,
} from '@duckdb/node-api'
import { type EventLog, type StringColumn, textAt } from '../../../core/eventlog/event-log.ts'
import type { Olap } from '../../../kernel/olap/olap.ts'

/** The two Parquet files of an import, and the names of their attribute columns e0, e1 … and c0, c1 … */
export interface EventFiles {
  readonly eventsFile: string
  readonly casesFile: string
  readonly eventColumns: readonly string[]
  readonly caseColumns: readonly string[]
}

/** The folder of a log's files in the home folder. */
export const logFolder = (home: string, log: string): string => join(home, 'logs', log)

const CHUNK = 2048
const quoted = (text: string): string => `'${text.replaceAll("'", "''")}'`

interface TableColumn {
  readonly name: string
  readonly type: DuckDBType
  readonly value: (row: number) => DuckDBValue
}

const textColumn = (name: string, column: StringColumn): TableColumn => ({
  name,
  type: VARCHAR,
  value: (row) => textAt(column, row),
})

/** Writes a table to a Parquet file. `select` turns its columns into the file's. */
async function writeTable(
  engine: DuckDBConnection,
  path: string,
  rows: number,
  columns: readonly TableColumn[],
  select: string,
  written: (rows: number) => void,
): Promise<void> {
  const declared = columns.map(({ name, type }) => `${name} ${type.toString()}`).join(', ')
  await engine.run(`create or replace temp table rows_to_write (${declared})`)
  const appender = await engine.createAppender('rows_to_write')
  const types = columns.map(({ type }) => type)
  for (let from = 0; from < rows; from += CHUNK) {
    const count = Math.min(CHUNK, rows - from)
    const chunk = DuckDBDataChunk.create(types, count)
    columns.forEach(({ value }, index) => {
      chunk.setColumnValues(
        index,
        Array.from({ length: count }, (_, i) => value(from + i)),
      )
    })
    appender.appendDataChunk(chunk)
    if (from % (CHUNK * 16) === 0) {
      written(from)
      await breathe()
    }
  }
  appender.closeSync()
  await engine.run(`copy (select ${select} from rows_to_write) to ${quoted(path)} (format parquet, compression zstd)`)
  await engine.run('drop table rows_to_write')
}

/** Gives a finished file its name, the hash of its content, and makes sure that it is on the disk. */
async function settle(folder: string, partial: string, kind: string): Promise<string> {
  const hash = createHash('sha256')
  for await (const chunk of createReadStream(partial)) hash.update(chunk as Buffer)
  const name = `${hash.digest('hex')}.${kind}.parquet`
  await syncToDisk(partial)
  await rename(partial, join(folder, name))
  await syncToDisk(folder)
  return name
}

async function syncToDisk(path: string): Promise<void> {
  const handle = await open(path, 'r')
  try {
    await handle.sync()
  } finally {
    await handle.close()
  }
}

/** What cut-off imports left in a log's folder: files that no import refers to. Call it while holding the log's lock. */
export async function sweep(folder: string, keep: ReadonlySet<string>): Promise<void> {
  for (const name of await readdir(folder).catch((): string[] => [])) {
    if (!keep.has(name)) await rm(join(folder, name), { force: true })
  }
}

/**
 * Writes a log as two Parquet files whose names are the hashes of their content: events (case_no, case_id, activity,
 * happened_at in UTC, row, e0 …) in the log's order, and cases (case_no, case_id, c0 …).
 */
export async function writeEventFiles(
  olap: Olap,
  folder: string,
  log: EventLog,
  written: (events: number) => void,
  signal?: AbortSignal,
): Promise<EventFiles> {
  await mkdir(folder, { recursive: true, mode: 0o700 })
  const eventColumns = [...log.eventAttributes.keys()]
  const caseColumns = [...log.caseAttributes.keys()]
  const caseOf = new Int32Array(log.time.length)
  for (let c = 0; c < log.caseIds.length; c++) caseOf.fill(c, log.caseStart[c], log.caseStart[c + 1])
  const ids = (row: number): string => log.caseIds[caseOf[row] as number] as string
  const names = (count: number, letter: string): string =>
    Array.from({ length: count }, (_, i) => `, ${letter}${i}`).join('')
  const events: TableColumn[] = [
    { name: 'case_no', type: INTEGER, value: (row) => caseOf[row] as number },
    { name: 'case_id', type: VARCHAR, value: ids },
    textColumn('activity', log.activity),
    { name: 'ms', type: DOUBLE, value: (row) => (Number.isNaN(log.time[row]) ? null : (log.time[row] as number)) },
    { name: 'source_row', type: INTEGER, value: (row) => log.row[row] as number },
    ...[...log.eventAttributes.values()].map((column, i) => textColumn(`e${i}`, column)),
  ]
  const cases: TableColumn[] = [
    { name: 'case_no', type: INTEGER, value: (c) => c },
    { name: 'case_id', type: VARCHAR, value: (c) => log.caseIds[c] as string },
    ...[...log.caseAttributes.values()].map((column, i) => textColumn(`c${i}`, column)),
  ]
  const happened = 'make_timestamp(cast(round(ms * 1000) as bigint)) as happened_at'
  const eventSelect = `case_no, case_id, activity, ${happened}, source_row${names(eventColumns.length, 'e')}`
  const caseSelect = `case_no, case_id${names(caseColumns.length, 'c')}`
  const eventsPartial = join(folder, `events.${process.pid}.partial`)
  const casesPartial = join(folder, `cases.${process.pid}.partial`)
  await olap.use(async ({ engine }) => {
    await writeTable(engine, eventsPartial, log.time.length, events, eventSelect, written)
    await writeTable(engine, casesPartial, log.caseIds.length, cases, caseSelect, () => {})
  }, signal)
  return {
    eventsFile: await settle(folder, eventsPartial, 'events'),
    casesFile: await settle(folder, casesPartial, 'cases'),
    eventColumns,
    caseColumns,
  }
}

/** One batch of rows by column. */
export type ReadChunk = (columns: readonly (readonly DuckDBValue[])[], rows: number) => void

async function stream(engine: DuckDBConnection, statement: string, each: ReadChunk): Promise<void> {
  const result = await engine.stream(statement)
  for (;;) {
    const chunk = await result.fetchChunk()
    if (chunk === null || chunk.rowCount === 0) return
    each(chunk.getColumns(), chunk.rowCount)
  }
}

/** Streams an import's events in their order: case_no, activity, ms, source_row, e0 … ; of one case where it is named. */
export function readEvents(olap: Olap, folder: string, files: EventFiles, each: ReadChunk, caseNo?: number) {
  const attributes = files.eventColumns.map((_, i) => `, e${i}`).join('')
  const one = caseNo === undefined ? '' : ` where case_no = ${caseNo}`
  const source = `read_parquet(${quoted(join(folder, files.eventsFile))})`
  const ms = 'cast(epoch_us(happened_at) as double) / 1000'
  const statement = `select case_no, activity, ${ms}, source_row${attributes} from ${source}${one}`
  return olap.use(({ engine }) => stream(engine, statement, each))
}

/** Streams an import's cases in their order: case_no, c0 … ; one of them where it is named. */
export function readCases(olap: Olap, folder: string, files: EventFiles, each: ReadChunk, caseNo?: number) {
  const attributes = files.caseColumns.map((_, i) => `, c${i}`).join('')
  const one = caseNo === undefined ? '' : ` where case_no = ${caseNo}`
  const source = `read_parquet(${quoted(join(folder, files.casesFile))})`
  return olap.use(({ engine }) => stream(engine, `select case_no${attributes} from ${source}${one}`, each))
}
