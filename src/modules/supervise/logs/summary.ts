import { sql } from 'kysely'
import type { LogDb } from './tables.ts'

/** What a stored log holds, over the cases in force. */
export interface LogSummary {
  readonly cases: number
  readonly events: number
  readonly variants: number
  readonly activities: number
  readonly firstAt: string | null
  readonly lastAt: string | null
  /** The most frequent activities, so many at most that a wrongly mapped column cannot swell the row. */
  readonly frequent: readonly { readonly activity: string; readonly events: number; readonly cases: number }[]
}

const FREQUENT = 500

/** Counts a log's cases in force anew: activities follow from the variants, so no event is read. */
export async function summarise(db: LogDb, log: string): Promise<LogSummary> {
  const totals = await sql<Omit<LogSummary, 'activities' | 'frequent'>>`
    select count(*) as cases, coalesce(sum(events), 0)::bigint as events, count(distinct variant) as variants,
      min(started_at) as "firstAt", max(ended_at) as "lastAt"
    from log_case where log_id = ${log}`.execute(db)
  const activities = await sql<LogSummary['frequent'][number] & { readonly number: number }>`
    with taken as (select variant, count(*) as number from log_case where log_id = ${log} group by variant)
    select each.activity, sum(taken.number * each.times)::bigint as events, sum(taken.number)::bigint as cases,
      count(*) over () as number
    from taken
    join log_variant v on v.log_id = ${log} and v.variant = taken.variant
    cross join lateral (select activity, count(*) as times from unnest(v.activities) as activity group by activity) each
    group by each.activity
    order by events desc, each.activity
    limit ${FREQUENT}`.execute(db)
  const frequent = activities.rows.map(({ number: _, ...row }) => row)
  const [counts] = totals.rows
  if (counts === undefined) throw new Error('an aggregate without a row')
  return { ...counts, activities: activities.rows[0]?.number ?? 0, frequent }
}
