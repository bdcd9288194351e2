// Reading findings: a page of them, one whole, and how many there are.
import { type Expression, type SqlBool, sql } from 'kysely'
import type { z } from 'zod'
import type { Keyset } from '../../../kernel/http/cursor.ts'
import type { findingFilters } from '../routes/bodies.ts'
import type { FindingTable, RemedyDb } from './tables.ts'

/** Which findings are asked for. */
export type FindingFilters = z.output<typeof findingFilters>

/** The findings that filters and reach leave over, as one condition for the list and for every count. */
export function matching(db: RemedyDb, filters: FindingFilters, reach: Expression<SqlBool>) {
  let query = db.selectFrom('finding').where(reach)
  const { state, issue, lead, severity, check, power, log, plan, source, region, search } = filters
  if (state !== undefined) query = query.where('state', '=', state)
  if (issue !== undefined) query = query.where('state', issue ? 'in' : 'not in', ['upheld', 'partly-upheld'])
  if (lead !== undefined) query = query.where('lead', '=', lead)
  if (severity !== undefined) query = query.where('severity', '=', severity)
  if (check !== undefined) query = query.where((e) => e.or([e('check_id', '=', check), e('code', '=', check)]))
  if (power !== undefined) query = query.where('power', '=', power)
  if (log !== undefined) query = query.where('log_id', '=', log)
  if (plan !== undefined) query = query.where('plan_id', '=', plan)
  if (filters.case !== undefined) query = query.where('case_id', '=', filters.case)
  if (source !== undefined) query = query.where('source', '=', source)
  if (region !== undefined)
    query = query.where((e) =>
      e.or([e('region', '=', region), e.and([e('region', '>=', `${region}/`), e('region', '<', `${region}0`)])]),
    )
  if (search !== undefined)
    query = query.where((e) =>
      e.or([e(sql`position(${search} in id)`, '>', 0), e(sql`position(${search} in case_id)`, '>', 0)]),
    )
  return query
}

/** One page, newest first, with the total of all pages. The keyset is [raised_at, id]. */
export async function findingsPage(
  db: RemedyDb,
  filters: FindingFilters,
  reach: Expression<SqlBool>,
  after: Keyset | null,
  limit: number,
): Promise<{ readonly rows: readonly FindingTable[]; readonly total: number; readonly more: boolean }> {
  const all = matching(db, filters, reach)
  const { total } = await all.select(({ fn }) => fn.countAll<number>().as('total')).executeTakeFirstOrThrow()
  let page = all
  if (after !== null) page = page.where(sql<SqlBool>`(raised_at, id) < (${after[0]}::timestamptz, ${after[1]}::text)`)
  const found = await page
    .selectAll()
    .orderBy('raised_at', 'desc')
    .orderBy('id', 'desc')
    .limit(limit + 1)
    .execute()
  return { rows: found.slice(0, limit), total, more: found.length > limit }
}

/** How many findings there are, by state, severity, check and month of raising. Months are of the zone. */
export async function summaryOf(db: RemedyDb, filters: FindingFilters, reach: Expression<SqlBool>, zone: string) {
  const all = matching(db, filters, reach)
  const counted = await all
    .select(({ fn }) => [
      'state',
      'severity',
      'check_id',
      'code',
      sql<string>`to_char(raised_at at time zone ${zone}, 'YYYY-MM')`.as('month'),
      fn.countAll<number>().as('n'),
    ])
    .groupBy(['state', 'severity', 'check_id', 'code', 'month'])
    .execute()
  const titles = await db
    .selectFrom('finding')
    .distinctOn('check_id')
    .select(['check_id', 'check_title'])
    .orderBy('check_id')
    .orderBy('check_version', 'desc')
    .execute()
  const by = (key: (row: (typeof counted)[number]) => string) => {
    const sums = new Map<string, number>()
    for (const row of counted) sums.set(key(row), (sums.get(key(row)) ?? 0) + row.n)
    return [...sums].map(([name, n]) => ({ key: name, n })).sort((a, b) => (a.key < b.key ? -1 : 1))
  }
  return {
    total: counted.reduce((sum, row) => sum + row.n, 0),
    states: by((row) => row.state),
    severities: by((row) => row.severity),
    months: by((row) => row.month),
    checks: by((row) => row.check_id).map((count) => ({
      ...count,
      code: counted.find((row) => row.check_id === count.key)?.code ?? '',
      title: titles.find((row) => row.check_id === count.key)?.check_title ?? { zh: count.key, en: count.key },
    })),
  }
}
