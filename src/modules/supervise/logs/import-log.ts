import { randomBytes, randomUUIDv7 } from 'node:crypto'
import { sql } from 'kysely'
import type { EventLog } from '../../../core/eventlog/event-log.ts'
import { textAt } from '../../../core/eventlog/event-log.ts'
import { variantsOf } from '../../../core/eventlog/variants.ts'
import { isRefusal, type Refusal, refuse } from '../../../core/refusal/refusal.ts'
import { jsonb } from '../../../kernel/db/jsonb.ts'
import { takenWithin } from '../../../kernel/db/patience.ts'
import { storeRefusal } from '../../../kernel/db/store-refusal.ts'
import type { Progress } from '../../../kernel/jobs/job-kind.ts'
import { publish } from '../../../kernel/outbox/publish.ts'
import { type ImportReport, reasonCounts, reportedRows } from '../../../kernel/tables/import-report.ts'
import type { LogMapping } from '../../../kernel/tables/log-mapping.ts'
import { readLog } from '../../../kernel/tables/read-log.ts'
import { isoInstant } from '../../../kernel/tables/time-role.ts'
import { type EventFiles, logFolder, sweep, writeEventFiles } from './event-files.ts'
import type { LogStore } from './stored-log.ts'
import { summarise } from './summary.ts'
import { type LogDb, logDb } from './tables.ts'
import { variantName } from './variant-name.ts'

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
    const refusal = storeRefusal(error) ?? fullDisk(error)
    if (refusal !== null) return refusal
    throw error
  }
}

/** DuckDB tells of a full disk in words only. */
export function fullDisk(error: unknown): Refusal | null {
  const { message } = error as { message?: unknown }
  const full = typeof message === 'string' && /no space left on device|disk quota exceeded/i.test(message)
  return full ? refuse('disk.full', { place: 'DAYLIGHT_HOME' }) : null
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

  const read = await readLog(input.path, {
    ...(input.mapping === null ? {} : { mapping: input.mapping }),
    zone: input.zone,
    ...(signal === undefined ? {} : { signal }),
    onProgress: ({ rows, taken, size }) => {
      const total = taken === 0 ? null : Math.max(rows, Math.round((rows * size) / taken))
      progress?.({ done: rows, total, stage: 'log-import.reading' })
    },
  })
  signal?.throwIfAborted()
  if (isRefusal(read)) return read
  const { log, report } = read
  const events = log.time.length
  const files = await writeEventFiles(
    store.olap,
    folder,
    log,
    (done) => progress?.({ done, total: events, stage: 'log-import.writing' }),
    signal,
  )
  // files of an import that fails here stay until the next one sweeps them: whether a lost commit came through is unknown
  return await db.transaction().execute(async (transaction) => {
    const outcome = await storeImport(transaction, input, region, log, report, files, context)
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
    signal?.throwIfAborted()
    return outcome
  })
}

async function storeImport(
  db: LogDb,
  input: LogImport,
  region: string,
  log: EventLog,
  report: ImportReport,
  files: EventFiles,
  { clock, progress }: ImportContext,
): Promise<ImportOutcome> {
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
      reasons: jsonb(reasonCounts(report)),
      notes: jsonb(report.notes),
      cases: log.caseIds.length,
      events_file: files.eventsFile,
      cases_file: files.casesFile,
      event_columns: jsonb(files.eventColumns),
      case_columns: jsonb(files.caseColumns),
      imported_at: now,
      imported_by: input.actor.officer,
    })
    .execute()
  await storeReported(db, id, report)
  await storeCases(db, input.log, id, sequence, region, log, (done) =>
    progress?.({ done, total: log.caseIds.length, stage: 'log-import.storing' }),
  )
  const summary = await summarise(db, input.log)
  await db
    .updateTable('log')
    .set({ summary: jsonb(summary) })
    .where('id', '=', input.log)
    .execute()
  return { log: input.log, import: id, rows: report.rows, cases: log.caseIds.length }
}

async function storeReported(db: LogDb, id: string, report: ImportReport): Promise<void> {
  for (let from = 0; from < report.reportedRows.length; from += BATCH) {
    const rows = reportedRows(report, from, BATCH).map(({ row, reason, text }) => ({ row, reason, cell: text }))
    await sql`
      insert into log_reported_row (import_id, row, reason, cell)
      select ${id}, r.row, r.reason, r.cell
      from jsonb_to_recordset(${jsonb(rows)}) as r (row integer, reason text, cell text)`.execute(db)
  }
}

/** A region of the source counts where it is a code path at or below the log's own region. */
function caseRegion(stated: string | null, own: string): string {
  return stated !== null && (stated === own || stated.startsWith(`${own}/`)) && /^\d+(\/\d+)*$/.test(stated)
    ? stated
    : own
}

function instants(log: EventLog, c: number): { readonly first: number; readonly last: number } {
  let first = Number.POSITIVE_INFINITY
  let last = Number.NEGATIVE_INFINITY
  for (let i = log.caseStart[c] as number; i < (log.caseStart[c + 1] as number); i++) {
    const time = log.time[i] as number
    if (time < first) first = time
    if (time > last) last = time
  }
  return { first, last }
}

async function storeCases(
  db: LogDb,
  logId: string,
  importId: string,
  sequence: number,
  own: string,
  log: EventLog,
  stored: (cases: number) => void,
): Promise<void> {
  const { variants, ofCase } = variantsOf(log)
  const hashes = variants.map(({ activities }) => {
    const names = Array.from(activities, (code) => log.activity.dictionary[code] as string)
    return { variant: variantName(names), activities: names }
  })
  for (let from = 0; from < hashes.length; from += 500) {
    await sql`
      insert into log_variant (log_id, variant, activities)
      select ${logId}, v.variant, array(select jsonb_array_elements_text(v.activities))
      from jsonb_to_recordset(${jsonb(hashes.slice(from, from + 500))}) as v (variant text, activities jsonb)
      on conflict do nothing`.execute(db)
  }
  const regions = log.caseAttributes.get('region')
  const powers = log.caseAttributes.get('power')
  const ends = log.caseAttributes.get('end')
  for (let from = 0; from < log.caseIds.length; from += BATCH) {
    const rows = log.caseIds.slice(from, from + BATCH).map((caseId, i) => {
      const c = from + i
      const { first, last } = instants(log, c)
      return {
        case_id: caseId,
        ordinal: c,
        region: caseRegion(regions === undefined ? null : textAt(regions, c), own),
        power: powers === undefined ? null : textAt(powers, c),
        started_at: Number.isFinite(first) ? isoInstant(first) : null,
        ended_at: Number.isFinite(last) ? isoInstant(last) : null,
        events: (log.caseStart[c + 1] as number) - (log.caseStart[c] as number),
        variant: hashes[ofCase[c] as number]?.variant,
        unfinished: ends !== undefined && textAt(ends, c) === null,
      }
    })
    await sql`
      insert into log_case (log_id, case_id, import_id, ordinal, position, region, power, started_at, ended_at, events, variant,
        unfinished)
      select ${logId}, r.case_id, ${importId}, r.ordinal, ${sequence}::bigint * 4294967296 + r.ordinal, r.region, r.power,
        r.started_at, r.ended_at, r.events, r.variant, r.unfinished
      from jsonb_to_recordset(${jsonb(rows)}) as r (case_id text, ordinal integer, region text, power text,
        started_at timestamptz, ended_at timestamptz, events integer, variant text, unfinished boolean)
      on conflict (log_id, case_id) do update set import_id = excluded.import_id, ordinal = excluded.ordinal,
        position = excluded.position, region = excluded.region, power = excluded.power,
        started_at = excluded.started_at, ended_at = excluded.ended_at, events = excluded.events,
        variant = excluded.variant, unfinished = excluded.unfinished`.execute(db)
    stored(from)
  }
}
