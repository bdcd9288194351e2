import { createHash } from 'node:crypto'
import { createReadStream } from 'node:fs'
import { open, readdir, rename, rm } from 'node:fs/promises'
import { join } from 'node:path'
import type { DuckDBConnection, DuckDBValue } from '@duckdb/node-api'
import type { OrderedLog } from '../../../kernel/event-files/order-parts.ts'
import { quoted } from '../../../kernel/event-files/part-store.ts'
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
    if (!keep.has(name)) await rm(join(folder, name), { recursive: true, force: true })
  }
}

/** Gives the files of an ordered log their places among a log's files: their names are the hashes of their content. */
export async function keepEventFiles(folder: string, ordered: OrderedLog): Promise<EventFiles> {
  return {
    eventsFile: await settle(folder, ordered.events, 'events'),
    casesFile: await settle(folder, ordered.cases, 'cases'),
    eventColumns: ordered.eventColumns,
    caseColumns: ordered.caseColumns,
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

/**
 * Streams an import's events in their order: case_no, activity, ms, source_row, e0 … ; of one case where it is named, and
 * with some of its attribute columns, by their places, where they are named.
 */
export function readEvents(
  olap: Olap,
  folder: string,
  files: EventFiles,
  each: ReadChunk,
  caseNo?: number,
  columns: readonly number[] = files.eventColumns.map((_, i) => i),
) {
  const attributes = columns.map((i) => `, e${i}`).join('')
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
