import { type Expression, type RawBuilder, type SqlBool, sql } from 'kysely'
import type { z } from 'zod'
import type { PowerKind, PowerLevel, PowerState } from '../../../core/power/power.ts'
import { isRefusal, type Refusal } from '../../../core/refusal/refusal.ts'
import { queryText, wordsOfQuery } from '../../../kernel/text/segment.ts'
import { likeText } from '../laws/browse.ts'
import { type ResolvedNode, resolveBasis, type Store } from '../laws/resolve.ts'
import type { powerChart } from '../routes/power-bodies.ts'
import { articleRefs } from './draft-power.ts'
import { type PowerVersionRow, powerVersions } from './power-rows.ts'

/** What a list of powers is narrowed by. */
export interface PowerFilters {
  /** Words of the name, or the beginning of the code. */
  readonly q?: string | undefined
  readonly kind?: PowerKind | undefined
  readonly level?: PowerLevel | undefined
  /** The code of a body that exercises it. */
  readonly organ?: string | undefined
  /** This region and all below it. */
  readonly under?: string | undefined
  readonly state?: PowerState | undefined
  readonly procedure?: string | undefined
}

/** A power in a list, with the version that the list is about. */
export interface PowerLine extends PowerVersionRow {
  readonly state: PowerState
  readonly stateSinceAt: string
}

/**
 * A page of powers by code. `published` lists what the public may see, in the published version; `all` lists every power
 * that `reach` permits, in its newest version.
 */
export async function powersPage(
  db: Store,
  which: 'published' | 'all',
  filters: PowerFilters,
  reach: Expression<SqlBool>,
  after: string | null,
  limit: number,
): Promise<{ readonly rows: readonly PowerLine[]; readonly total: number; readonly more: boolean }> {
  const version = which === 'published' ? sql`p.published_version` : sql`p.latest_version`
  const conditions: (RawBuilder<unknown> | Expression<SqlBool>)[] = [reach]
  if (which === 'published') conditions.push(sql`p.state = 'published'`)
  if (filters.kind !== undefined) conditions.push(sql`v.kind = ${filters.kind}`)
  if (filters.level !== undefined) conditions.push(sql`v.level = ${filters.level}`)
  if (filters.organ !== undefined) conditions.push(sql`${filters.organ} = any(v.organs)`)
  if (filters.state !== undefined) conditions.push(sql`p.state = ${filters.state}`)
  if (filters.procedure !== undefined) conditions.push(sql`v.procedure = ${filters.procedure}`)
  if (filters.under !== undefined) {
    conditions.push(sql`(p.region = ${filters.under} or starts_with(p.region, ${`${filters.under}/`}))`)
  }
  const q = filters.q?.trim() ?? ''
  if (q !== '') {
    const words = queryText(wordsOfQuery(q))
    const inside = `%${likeText(q)}%`
    conditions.push(
      sql`(v.words @@ ${words}::tsquery or v.name_zh like ${inside} or v.name_en ilike ${inside} or starts_with(p.code, ${q}))`,
    )
  }
  const matching = sql`from power p join power_version v on v.code = p.code and v.version = ${version}
    where ${sql.join(conditions, sql` and `)}`
  const counted = await sql<{ total: number }>`select count(*) as total ${matching}`.execute(db)
  const page = after === null ? sql`` : sql`and p.code collate "C" > ${after}`
  const { rows } = await sql<{ code: string; version: number; state: PowerState; since: string }>`
    select p.code, v.version, p.state, p.state_since_at as since ${matching} ${page}
    order by p.code collate "C" limit ${limit + 1}`.execute(db)
  const shown = rows.slice(0, limit)
  const versions = new Map((await powerVersions(db, { pairs: shown })).map((one) => [one.entry.code, one]))
  const lines = shown.flatMap(({ code, state, since }) => {
    const held = versions.get(code)
    return held === undefined ? [] : [{ ...held, state, stateSinceAt: since }]
  })
  return { rows: lines, total: counted.rows[0]?.total ?? 0, more: rows.length > limit }
}

/** An article that a power rests on, resolved on a day, or why it is not. */
export interface ResolvedReference {
  readonly ref: string
  readonly node: ResolvedNode | null
  readonly refusal: Refusal | null
}

/** Every article that an entry names, resolved on a day. */
export async function resolveReferences(
  db: Store,
  refs: readonly string[],
  on: string,
): Promise<readonly ResolvedReference[]> {
  const resolved: ResolvedReference[] = []
  for (const ref of refs) {
    const node = await resolveBasis(db, ref, on)
    resolved.push(isRefusal(node) ? { ref, node: null, refusal: node } : { ref, node, refusal: null })
  }
  return resolved
}

/** A published power one of whose bases no longer holds. */
export interface LapsedBasis {
  readonly code: string
  readonly name: { readonly zh: string; readonly en: string }
  readonly region: string
  /** The article, or the title and number of the document. */
  readonly basis: string
  /** Why it no longer holds; null for a document whose own date says so. */
  readonly refusal: Refusal | null
  /** The day since which a document no longer holds. */
  readonly repealedOn: string | null
}

/** Published powers within reach that rest, on a day, on something that is not in force: what a list officer must mend. */
export async function lapsedBases(db: Store, reach: Expression<SqlBool>, on: string): Promise<readonly LapsedBasis[]> {
  const { rows } = await sql<{ code: string; version: number }>`
    select p.code, p.published_version as version from power p where p.state = 'published' and ${reach}`.execute(db)
  const versions = await powerVersions(db, { pairs: rows })
  const answers = new Map<string, Refusal | null>()
  const lapsed: LapsedBasis[] = []
  for (const { entry } of versions) {
    const { code, name, region } = entry
    for (const ref of articleRefs(entry)) {
      if (!answers.has(ref)) {
        const node = await resolveBasis(db, ref, on)
        answers.set(ref, isRefusal(node) ? node : null)
      }
      const refusal = answers.get(ref) ?? null
      if (refusal !== null) lapsed.push({ code, name, region, basis: ref, refusal, repealedOn: null })
    }
    for (const basis of entry.bases) {
      if (basis.kind !== 'document' || basis.repealedOn === null || basis.repealedOn > on) continue
      const named = `${basis.title} ${basis.number}`.trim()
      lapsed.push({ code, name, region, basis: named, refusal: null, repealedOn: basis.repealedOn })
    }
  }
  return lapsed
}

/** A change of a power's state. */
export interface PowerChange {
  readonly step: number
  readonly version: number
  readonly state: PowerState
  readonly changedAt: string
  readonly reason: string | null
}

/** How a power came to stand where it does, oldest first. */
export async function powerHistory(db: Store, code: string): Promise<readonly PowerChange[]> {
  const { rows } = await sql<PowerChange>`
    select step, version, state, changed_at as "changedAt", reason from power_history
    where code = ${code} order by step`.execute(db)
  return rows
}

/** The chart of a procedure as it was published. */
export type PublishedChart = z.output<typeof powerChart>

/** The chart that a version of a power was published with; null where it was not published. */
export async function publishedChart(db: Store, code: string, version: number): Promise<PublishedChart | null> {
  const { rows } = await sql<PublishedChart>`
    select p.procedure, p.net_hash as "netHash", p.name, p.diagram, p.steps
    from power_version v join procedure_version p using (procedure, file_hash)
    where v.code = ${code} and v.version = ${version}`.execute(db)
  return rows[0] ?? null
}
