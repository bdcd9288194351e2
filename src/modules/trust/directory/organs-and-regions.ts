import { type Expression, type SqlBool, sql } from 'kysely'
import type { Keyset } from '../../../kernel/http/cursor.ts'
import type { RegionLevel, TrustDb } from '../tables.ts'

/** What narrows a list of the directory: a region with all below it, and a day of validity. */
export interface DirectoryFilters {
  readonly under?: string | undefined
  readonly on?: string | undefined
}

/** One page of a list: whether more follow, and how many rows the filters match in all. */
export interface Page<Row> {
  readonly rows: Row[]
  readonly total: number
  readonly more: boolean
}

/** Rows of a region path column that are a region or below it; bytes decide, see ability.ts of the kernel. */
export function underRegion(column: string, region: string): Expression<SqlBool> {
  const path = sql.ref(column)
  return sql<SqlBool>`(${path} = ${region} or (${path} collate "C" >= ${`${region}/`} and ${path} collate "C" < ${`${region}0`}))`
}

const validOn = (on: string): Expression<SqlBool> =>
  sql<SqlBool>`(valid_from_on <= ${on} and (valid_to_on is null or valid_to_on >= ${on}))`

const firstOf = <Row>(rows: Row[], total: number, limit: number): Page<Row> => ({
  rows: rows.slice(0, limit),
  total,
  more: rows.length > limit,
})

/** Regions by code path: each follows the one that it lies in. */
export async function regionsPage(
  db: TrustDb,
  filters: DirectoryFilters & { readonly level?: RegionLevel | undefined },
  after: Keyset | null,
  limit: number,
) {
  let matching = db.selectFrom('region')
  if (filters.under !== undefined) matching = matching.where(underRegion('code', filters.under))
  if (filters.on !== undefined) matching = matching.where(validOn(filters.on))
  if (filters.level !== undefined) matching = matching.where('level', '=', filters.level)
  const { total } = await matching.select((eb) => eb.fn.countAll<number>().as('total')).executeTakeFirstOrThrow()
  const page = after === null ? matching : matching.where('code', '>', String(after[0]))
  const rows = await page
    .selectAll()
    .orderBy('code')
    .limit(limit + 1)
    .execute()
  return firstOf(
    rows.map((row) => ({
      code: row.code,
      name: { zh: row.name_zh, en: row.name_en },
      level: row.level,
      validFrom: row.valid_from_on,
      validTo: row.valid_to_on,
      successor: row.successor,
    })),
    total,
    limit,
  )
}

/** Organs by code. */
export async function organsPage(
  db: TrustDb,
  filters: DirectoryFilters & { readonly kind?: string | undefined },
  after: Keyset | null,
  limit: number,
) {
  let matching = db.selectFrom('organ')
  if (filters.under !== undefined) matching = matching.where(underRegion('region', filters.under))
  if (filters.on !== undefined) matching = matching.where(validOn(filters.on))
  if (filters.kind !== undefined) matching = matching.where('kind', '=', filters.kind)
  const { total } = await matching.select((eb) => eb.fn.countAll<number>().as('total')).executeTakeFirstOrThrow()
  const page = after === null ? matching : matching.where('code', '>', String(after[0]))
  const rows = await page
    .selectAll()
    .orderBy('code')
    .limit(limit + 1)
    .execute()
  return firstOf(
    rows.map((row) => ({
      code: row.code,
      name: { zh: row.name_zh, en: row.name_en },
      region: row.region,
      kind: row.kind,
      parent: row.parent,
      validFrom: row.valid_from_on,
      validTo: row.valid_to_on,
      successorOf: row.successor_of,
    })),
    total,
    limit,
  )
}
