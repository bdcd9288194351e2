import { randomBytes, randomUUIDv7 } from 'node:crypto'
import { rm } from 'node:fs/promises'
import { join } from 'node:path'
import type { DuckDBConnection } from '@duckdb/node-api'
import { sql } from 'kysely'
import { isRefusal, type Refusal, refuse } from '../../../core/refusal/refusal.ts'
import { jsonb } from '../../../kernel/db/jsonb.ts'
import { takenWithin } from '../../../kernel/db/patience.ts'
import { storeRefusal } from '../../../kernel/db/store-refusal.ts'
import { type EventFilesRead, readEventFiles } from '../../../kernel/event-files/event-files.ts'
import { openEventTable, openVariants } from '../../../kernel/event-files/event-table.ts'
import type { Progress } from '../../../kernel/jobs/job-kind.ts'
import { olapRefusal } from '../../../kernel/olap/olap-refusal.ts'
import { publish } from '../../../kernel/outbox/publish.ts'
import type { LogMapping } from '../../../kernel/tables/log-mapping.ts'
import { type EventFiles, keepEventFiles, logFolder, sweep } from './event-files.ts'
import { storeCases, storeReported, storeVariants } from './store-cases.ts'
import type { LogStore } from './stored-log.ts'
import { summarise } from './summary.ts'
import { type LogDb, logDb } from './tables.ts'

/** What to import into which log. A log that is not there yet is made, with this name and region. */
export interface LogImport {
  readonly log: string
  readonly name: string
  readonly region: string
  /** Where the file lies now; `file` is the name that people gave it. */
  readonly path: string
  readonly file: string
  readonly mapping: LogMapping | null
  readonly zone: string
  readonly actor: { readonly officer: string | null; readonly post: string | null; readonly organ: string | null }
}

export interface ImportOutcome {
  readonly log: string
  readonly import: string
  readonly rows: { readonly in: number; readonly used: number; readonly reported: number }
  readonly cases: number
}

export interface ImportContext {
  readonly clock: () => Temporal.Instant
  readonly progress?: (now: Progress) => void
  readonly signal?: AbortSignal
}

const BATCH = 5000

/**
 * Imports a file into a log as one batch: afterwards every case that the file holds is as the file has it, and the other
 * cases are as they were. Whole or absent: files are written first under names that nothing refers to, then rows, case
 * by case, the summary and the event `log.imported` in one transaction. Refuses `log.import-running` while another import
 * into the log runs, and whatever readLog refuses.
 */
export async function importLog(
  store: LogStore,
  input: LogImport,
  context: ImportContext,
): Promise<ImportOutcome | Refusal> {
  const db = logDb(store.db)
  try {
    // the lock belongs to this connection: it is free again the moment this process dies
    return await db.connection().execute(async (held) => {
      const key = sql`hashtextextended(${`log-import:${input.log}`}, 0)`
      const taken = await takenWithin(async () => {
        const { rows } = await sql<{ taken: boolean }>`select pg_try_advisory_lock(${key}) as taken`.execute(held)
        return rows[0]?.taken === true
      })
      if (!taken) return refuse('log.import-running')
      try {
        return await importAlone(store, held, input, context)
      } finally {
        await sql`select pg_advisory_unlock(${key})`.execute(held)
      }
    })
  } catch (error) {
    context.signal?.throwIfAborted()
    const refusal = storeRefusal(error) ?? olapRefusal(error)
    if (refusal !== null) return refusal
    throw error
  }
}

async function importAlone(
  store: LogStore,
  db: LogDb,
  input: LogImport,
  context: ImportContext,
): Promise<ImportOutcome | Refusal> {
  const { progress, signal } = context
  const existing = await db.selectFrom('log').select(['id', 'region']).where('id', '=', input.log).executeTakeFirst()
  const region = existing?.region ?? input.region
  const folder = logFolder(store.home, input.log)
  const before = await db
    .selectFrom('log_import')
    .select(['events_file', 'cases_file'])
    .where('log_id', '=', input.log)
    .execute()
  await sweep(folder, new Set(before.flatMap((row) => [row.events_file, row.cases_file])))

  // one connection of the engine from the file to the store: what it has worked out is stored as it streams it
  return await store.olap.use(async ({ engine }) => {
    const read = await readEventFiles(engine, input.path, join(folder, 'new'), {
      ...(input.mapping === null ? {} : { mapping: input.mapping }),
      zone: input.zone,
      ...(signal === undefined ? {} : { signal }),
      onProgress: ({ rows, taken, size }) => {
        const total = taken === 0 ? null : Math.max(rows, Math.round((rows * size) / taken))
        progress?.({ done: rows, total, stage: 'log-import.reading' })
      },
      onOrdering: (events) => progress?.({ done: 0, total: events, stage: 'log-import.writing' }),
    })
    signal?.throwIfAborted()
    if (isRefusal(read)) return read
    const files = await keepEventFiles(folder, read.ordered)
    await rm(join(folder, 'new'), { recursive: true })
    const cases = join(folder, files.casesFile)
    await openEventTable(engine, [{ events: join(folder, files.eventsFile), cases }])
    await openVariants(engine)
    return await storeWhole(db, engine, input, region, read, files, cases, context)
  }, signal)
}

// files of an import that fails here stay until the next one sweeps them: whether a lost commit came through is unknown
async function storeWhole(
  db: LogDb,
  engine: DuckDBConnection,
  input: LogImport,
  region: string,
  read: EventFilesRead,
  files: EventFiles,
  casesPath: string,
  context: ImportContext,
): Promise<ImportOutcome> {
  return await db.transaction().execute(async (transaction) => {
    const outcome = await storeImport(transaction, engine, input, region, read, files, casesPath, context)
    await publish(transaction, {
      kind: 'log.imported',
      version: 1,
      aggregate: { kind: 'log', id: input.log },
      causedBy: null,
      occurredAt: context.clock().toString(),
      actor: input.actor,
      region,
      power: null,
      basis: [],
      payload: { import: outcome.import, rows: outcome.rows, cases: outcome.cases },
    })
    context.signal?.throwIfAborted()
    return outcome
  })
}

async function storeImport(
  db: LogDb,
  engine: DuckDBConnection,
  input: LogImport,
  region: string,
  { ordered, report, eachReported }: EventFilesRead,
  files: EventFiles,
  casesPath: string,
  { clock, progress }: ImportContext,
): Promise<ImportOutcome> {
  const { caseCount: cases } = ordered
  const now = clock().toString()
  const empty = { cases: 0, events: 0, variants: 0, activities: 0, firstAt: null, lastAt: null, frequent: [] }
  await db
    .insertInto('log')
    .values({
      id: input.log,
      name: input.name,
      region,
      pseudonym_key: randomBytes(32),
      summary: jsonb(empty),
      created_at: now,
      created_by: input.actor.officer,
    })
    .onConflict((conflict) => conflict.column('id').doNothing())
    .execute()
  const last = await db
    .selectFrom('log_import')
    .select((columns) => columns.fn.max('sequence').as('sequence'))
    .where('log_id', '=', input.log)
    .executeTakeFirst()
  const sequence = (last?.sequence ?? 0) + 1
  const id = randomUUIDv7()
  await db
    .insertInto('log_import')
    .values({
      id,
      log_id: input.log,
      sequence,
      file: input.file,
      size: report.size,
      format: report.format,
      encoding: report.encoding,
      mapping: jsonb(report.mapping),
      guessed: report.guessed,
      zone: report.mapping.zone ?? input.zone,
      zone_from: report.zoneFrom,
      time_reading: report.time === null ? null : jsonb(report.time),
      rows_in: report.rows.in,
      rows_used: report.rows.used,
      rows_reported: report.rows.reported,
      reasons: jsonb(report.reasons),
      notes: jsonb(report.notes),
      cases,
      events_file: files.eventsFile,
      cases_file: files.casesFile,
      event_columns: jsonb(files.eventColumns),
      case_columns: jsonb(files.caseColumns),
      imported_at: now,
      imported_by: input.actor.officer,
    })
    .execute()
  await eachReported(BATCH, (rows) => storeReported(db, id, rows))
  const names = await storeVariants(db, engine, input.log)
  const stored = { log: input.log, import: id, sequence, region, files, casesPath }
  await storeCases(db, engine, names, stored, (done) => progress?.({ done, total: cases, stage: 'log-import.storing' }))
  const summary = await summarise(db, input.log)
  await db
    .updateTable('log')
    .set({ summary: jsonb(summary) })
    .where('id', '=', input.log)
    .execute()
  return { log: input.log, import: id, rows: report.rows, cases }
}
