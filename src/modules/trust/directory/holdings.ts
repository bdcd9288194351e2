import { type Expression, type SqlBool, sql } from 'kysely'
import type { OfficerRole } from '../../../kernel/access/principal.ts'
import type { Keyset } from '../../../kernel/http/cursor.ts'
import type { TrustDb } from '../tables.ts'
import { maskName } from './mask-name.ts'
import { underRegion } from './organs-and-regions.ts'

/** What narrows the list of officers in their posts. `on` is the day of holding. */
export interface HoldingFilters {
  readonly on: string
  readonly under?: string | undefined
  readonly organ?: string | undefined
}

/** Officers in the posts that they hold on a day, by officer and post, within `reach`; names masked. */
export async function holdingsPage(
  db: TrustDb,
  reach: Expression<SqlBool>,
  filters: HoldingFilters,
  after: Keyset | null,
  limit: number,
) {
  let matching = db
    .selectFrom('officer_post as held')
    .innerJoin('officer', 'officer.code', 'held.officer')
    .innerJoin('post', 'post.code', 'held.post')
    .innerJoin('organ', 'organ.code', 'post.organ')
    .where(reach)
    .where('held.from_on', '<=', filters.on)
    .where((eb) => eb.or([eb('held.to_on', 'is', null), eb('held.to_on', '>=', filters.on)]))
  if (filters.under !== undefined) matching = matching.where(underRegion('organ.region', filters.under))
  if (filters.organ !== undefined) matching = matching.where('organ.code', '=', filters.organ)
  const { total } = await matching.select((eb) => eb.fn.countAll<number>().as('total')).executeTakeFirstOrThrow()
  const page =
    after === null
      ? matching
      : matching.where(sql<SqlBool>`(held.officer, held.post) > (${String(after[0])}, ${String(after[1])})`)
  const rows = await page
    .select(['held.officer', 'officer.name', 'held.post', 'post.title_zh', 'post.title_en', 'post.roles'])
    .select(['organ.code as organ', 'organ.region', 'held.from_on', 'held.to_on', 'held.stand_in_for'])
    .orderBy('held.officer')
    .orderBy('held.post')
    .limit(limit + 1)
    .execute()
  return {
    rows: rows.slice(0, limit).map((row) => ({
      officer: row.officer,
      name: maskName(row.name),
      post: row.post,
      title: { zh: row.title_zh, en: row.title_en },
      roles: [...row.roles] as OfficerRole[],
      organ: row.organ,
      region: row.region,
      from: row.from_on,
      to: row.to_on,
      standInFor: row.stand_in_for,
    })),
    total,
    more: rows.length > limit,
  }
}
