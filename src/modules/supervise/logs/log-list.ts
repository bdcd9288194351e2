import { type Expression, type SqlBool, sql } from 'kysely'
import type { Keyset } from '../../../kernel/http/cursor.ts'
import type { LogSummary } from './summary.ts'
import type { LogDb } from './tables.ts'

function withoutFrequent({ frequent: _, ...counts }: LogSummary) {
  return counts
}

/** A page of the logs within reach (a condition on `log.region`), the newest first. */
export async function logsPage(
  db: LogDb,
  search: string | undefined,
  reach: Expression<SqlBool>,
  after: Keyset | null,
  limit: number,
) {
  let matched = db.selectFrom('log').where(reach)
  if (search !== undefined) {
    matched = matched.where('log.name', 'ilike', `%${search.replaceAll(/[\\%_]/g, (sign) => `\\${sign}`)}%`)
  }
  const { total } = await matched.select((count) => count.fn.countAll<number>().as('total')).executeTakeFirstOrThrow()
  const from =
    after === null
      ? matched
      : matched.where(sql<boolean>`(log.created_at, log.id) < (${after[0]}::timestamptz, ${after[1]}::uuid)`)
  const rows = await from
    .innerJoin('log_import as i', (join) =>
      join.onRef('i.log_id', '=', 'log.id').on('i.sequence', '=', (last) =>
        last
          .selectFrom('log_import as l')
          .select((each) => each.fn.max('l.sequence').as('sequence'))
          .whereRef('l.log_id', '=', 'log.id'),
      ),
    )
    .select(['log.id', 'log.name', 'log.region', 'log.created_at', 'log.summary'])
    .select(['i.imported_at', 'i.file', 'i.rows_in', 'i.rows_used', 'i.rows_reported'])
    .orderBy('log.created_at', 'desc')
    .orderBy('log.id', 'desc')
    .limit(limit + 1)
    .execute()
  return {
    total,
    more: rows.length > limit,
    rows: rows.slice(0, limit).map((row) => ({
      id: row.id,
      name: row.name,
      region: row.region,
      createdAt: row.created_at,
      summary: withoutFrequent(row.summary),
      lastImport: {
        importedAt: row.imported_at,
        file: row.file,
        rows: { in: row.rows_in, used: row.rows_used, reported: row.rows_reported },
      },
    })),
  }
}
