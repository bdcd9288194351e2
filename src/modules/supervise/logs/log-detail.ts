import { sql } from 'kysely'
import { noteText, rowReasons } from '../../../kernel/tables/import-report.ts'
import { whyUnsolved } from '../conformance/why-unsolved.ts'
import type { LogDb } from './tables.ts'

/** So many reported rows of an import, and so many variants, are shown on a log's page. */
const SHOWN = 50

/** The conformance results of a log, with whether cases changed since. */
export async function conformanceOf(db: LogDb, log: string) {
  const rows = await db
    .selectFrom('log_conformance as j')
    .selectAll()
    .select(sql<boolean>`j.sequence < (select max(i.sequence) from log_import i where i.log_id = j.log_id)`.as('stale'))
    .where('log_id', '=', log)
    .orderBy('procedure')
    .execute()
  return rows.map((row) => {
    const { procedure, version, stale, cases, fitting, deviating, unsolved, fitness } = row
    const { unsolved_by: unsolvedBy, limits, fitness_lower: lower, fitness_upper: upper } = row
    return {
      procedure,
      version,
      judgedAt: row.judged_at,
      stale,
      cases,
      fitting,
      deviating,
      unsolved,
      unsolvedBy,
      reason: whyUnsolved({ noEnd: false, unsolved, unsolvedBy }, limits),
      fitness,
      fitnessBounds: lower === null || upper === null ? null : { lower, upper },
      deviations: [...row.deviations],
      elements: [...row.elements],
    }
  })
}

/** The variants of a log's cases in force, the most frequent first. */
async function variantsShown(db: LogDb, log: string) {
  const { rows } = await sql<{ variant: string; activities: string[]; cases: number }>`
    select v.variant, v.activities, count(*) as cases
    from log_case c join log_variant v using (log_id, variant)
    where c.log_id = ${log}
    group by v.variant, v.activities
    order by cases desc, v.activities collate "C"
    limit ${SHOWN}`.execute(db)
  return rows
}

/** The imports of a log, the latest first, each with its first reported rows. */
async function importsOf(db: LogDb, log: string) {
  const imports = await db
    .selectFrom('log_import')
    .selectAll()
    .where('log_id', '=', log)
    .orderBy('sequence', 'desc')
    .execute()
  return await Promise.all(
    imports.map(async (batch) => {
      const reported = await db
        .selectFrom('log_reported_row')
        .select(['row', 'reason', 'cell'])
        .where('import_id', '=', batch.id)
        .orderBy('row')
        .limit(SHOWN)
        .execute()
      return {
        id: batch.id,
        sequence: batch.sequence,
        file: batch.file,
        size: batch.size,
        format: batch.format,
        encoding: batch.encoding,
        mapping: batch.mapping,
        guessed: batch.guessed,
        zone: batch.zone,
        zoneFrom: batch.zone_from,
        time: batch.time_reading,
        rows: { in: batch.rows_in, used: batch.rows_used, reported: batch.rows_reported },
        reasons: batch.reasons,
        reported: reported.map((row) => ({ ...row, says: rowReasons[row.reason] })),
        notes: batch.notes.map((note) => ({ ...note, says: noteText(note) })),
        cases: batch.cases,
        importedAt: batch.imported_at,
        importedBy: batch.imported_by,
      }
    }),
  )
}

/** A log with all that its page shows; null where there is none. */
export async function logDetailOf(db: LogDb, id: string) {
  const log = await db.selectFrom('log').selectAll().where('id', '=', id).executeTakeFirst()
  if (log === undefined) return null
  const { frequent, ...summary } = log.summary
  return {
    id,
    name: log.name,
    region: log.region,
    createdAt: log.created_at,
    summary,
    activities: [...frequent],
    variants: await variantsShown(db, id),
    imports: await importsOf(db, id),
    conformance: await conformanceOf(db, id),
  }
}
