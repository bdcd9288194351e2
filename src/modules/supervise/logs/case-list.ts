import { type Expression, type SqlBool, sql } from 'kysely'
import type { Deviation } from '../../../core/procedure/deviation.ts'
import type { VariantConformance } from '../../../core/procedure/log-conformance.ts'
import type { Keyset } from '../../../kernel/http/cursor.ts'
import type { LogDb, PathMove } from './tables.ts'

/** Which cases of a log to list. */
export interface CaseFilters {
  /** Part of the case id. */
  readonly search?: string | undefined
  readonly variant?: string | undefined
  /** The procedure whose conformance is meant by `fits` and `deviation`. */
  readonly procedure?: string | undefined
  readonly fits?: 'fitting' | 'deviating' | 'unsolved' | undefined
  /** A key of a deviation, e.g. `skipped:审查`. */
  readonly deviation?: string | undefined
  /** `any`, or the id of a check: cases of which it found something that still stands. */
  readonly found?: string | undefined
}

/** A case of a stored log with what conformance says of it; null where it was not judged. */
export interface ListedCase {
  readonly id: string
  readonly region: string
  readonly power: string | null
  readonly startedAt: string | null
  readonly endedAt: string | null
  readonly events: number
  readonly variant: string
  readonly unfinished: boolean
  readonly position: number
  readonly fits: boolean | null
  readonly cost: number | null
  readonly lower: number | null
  readonly upper: number | null
  readonly why: VariantConformance['why']
  readonly deviations: readonly Deviation[]
  readonly path: readonly PathMove[]
  readonly judged: boolean
  /** Results of checks that still stand. */
  readonly found: number
}

const containing = (text: string): string => `%${text.replaceAll(/[\\%_]/g, (sign) => `\\${sign}`)}%`

/** The cases of a log joined with their variants' conformance to a procedure, unordered and unpaged. */
function matching(db: LogDb, log: string, filters: CaseFilters) {
  const { search, variant, procedure, fits, deviation, found } = filters
  const all = db
    .selectFrom('log_case as c')
    .leftJoin('log_conformance as j', (join) =>
      join.onRef('j.log_id', '=', 'c.log_id').on('j.procedure', '=', procedure ?? ''),
    )
    .leftJoin('log_variant_conformance as v', (join) =>
      join
        .onRef('v.conformance_id', '=', 'j.id')
        .onRef('v.variant', '=', 'c.variant')
        .onRef('v.unfinished', '=', 'c.unfinished'),
    )
    .where('c.log_id', '=', log)
  let some = all
  if (search !== undefined) some = some.where('c.case_id', 'ilike', containing(search))
  if (variant !== undefined) some = some.where('c.variant', '=', variant)
  if (fits === 'fitting') some = some.where('v.fits', '=', true)
  if (fits === 'deviating') some = some.where('v.fits', '=', false)
  if (fits === 'unsolved') some = some.where('v.variant', 'is not', null).where('v.fits', 'is', null)
  if (deviation !== undefined) some = some.where(sql<boolean>`v.deviation_keys @> array[${deviation}]`)
  if (found !== undefined) {
    const check = found === 'any' ? sql`true` : sql`r.check_id = ${found}`
    some = some.where(sql<boolean>`exists (${standing} and ${check})`)
  }
  return some
}

/** The results of checks that still stand for the case `c`. */
const standing = sql`
  select from supervise_result r where r.log_id = c.log_id and r.case_id = c.case_id and r.state = 'current'`

const columns = [
  'c.case_id as id',
  'c.region',
  'c.power',
  'c.started_at as startedAt',
  'c.ended_at as endedAt',
  'c.events',
  'c.variant',
  'c.unfinished',
  'c.position',
  'v.fits',
  'v.cost',
  'v.cost_lower as lower',
  'v.cost_upper as upper',
  'v.why',
  'v.deviations',
  'v.path',
  'v.variant as judgedVariant',
  sql<number>`(select count(*) from supervise_result r
    where r.log_id = c.log_id and r.case_id = c.case_id and r.state = 'current')`.as('found'),
] as const

/** A page of a log's cases within reach (a condition on `c.region`), in the log's order. */
export async function casesPage(
  db: LogDb,
  log: string,
  filters: CaseFilters,
  reach: Expression<SqlBool>,
  after: Keyset | null,
  limit: number,
): Promise<{ readonly rows: readonly ListedCase[]; readonly total: number; readonly more: boolean }> {
  const matched = matching(db, log, filters).where(reach)
  const { total } = await matched.select((count) => count.fn.countAll<number>().as('total')).executeTakeFirstOrThrow()
  const from = after === null ? matched : matched.where('c.position', '>', after[0] as number)
  const rows = await from
    .select([...columns])
    .orderBy('c.position')
    .limit(limit + 1)
    .execute()
  return { rows: rows.slice(0, limit).map(listed), total, more: rows.length > limit }
}

/** One case of a log, with what conformance to a procedure says of it. */
export async function oneCase(db: LogDb, log: string, id: string, procedure?: string): Promise<ListedCase | null> {
  const row = await matching(db, log, { procedure })
    .select([...columns])
    .where('c.case_id', '=', id)
    .executeTakeFirst()
  return row === undefined ? null : listed(row)
}

type Row = Omit<ListedCase, 'deviations' | 'path' | 'judged'> & {
  readonly deviations: readonly Deviation[] | null
  readonly path: readonly PathMove[] | null
  readonly judgedVariant: string | null
}

function listed({ judgedVariant, deviations, path, ...row }: Row): ListedCase {
  return { ...row, deviations: deviations ?? [], path: path ?? [], judged: judgedVariant !== null }
}
