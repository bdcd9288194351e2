import { type RawBuilder, sql } from 'kysely'
import type { EffectiveSource } from '../../../core/law/effective.ts'
import type { LawNodeKind } from '../../../core/law/node.ts'
import type { LawRank } from '../../../core/law/rank.ts'
import { citeAddress } from '../../../core/law/reference.ts'
import type { Bilingual } from '../../../core/refusal/refusal.ts'
import { queryText, wordsOfQuery } from '../../../kernel/text/segment.ts'
import type { Store } from './resolve.ts'

/** A law in the list of laws. */
export interface LawLine {
  readonly law: string
  readonly title: string
  readonly short: string
  readonly rank: LawRank | null
  readonly category: string | null
  readonly versions: number
  /** The day of the newest held text, and when it takes effect. */
  readonly newest: string
  readonly effectiveOn: string | null
  readonly effectiveSource: EffectiveSource
  /** True where the newest text is known to have lapsed. */
  readonly expired: boolean
  readonly hasText: boolean
}

/** What a list of laws is narrowed by. */
export interface LawFilters {
  readonly q?: string | undefined
  readonly rank?: LawRank | undefined
}

/** Escapes what LIKE would read as a pattern. */
export const likeText = (text: string): string => text.replace(/[\\%_]/g, '\\$&')

/** A page of laws by title, the next page's first left out; `total` counts every match. */
export async function lawsPage(
  db: Store,
  filters: LawFilters,
  after: string | null,
  limit: number,
): Promise<{ readonly rows: readonly LawLine[]; readonly total: number; readonly more: boolean }> {
  const conditions: RawBuilder<unknown>[] = [sql`true`]
  if (filters.rank !== undefined) conditions.push(sql`l.rank = ${filters.rank}`)
  if (filters.q !== undefined && filters.q.trim() !== '') {
    const words = queryText(wordsOfQuery(filters.q))
    const pattern = `%${likeText(filters.q.replace(/\s/g, ''))}%`
    conditions.push(sql`(l.words @@ ${words}::tsquery or l.title like ${pattern} or l.code ilike ${pattern})`)
  }
  const matching = sql`from law l where ${sql.join(conditions, sql` and `)}`
  const counted = await sql<{ total: number }>`select count(*) as total ${matching}`.execute(db)
  const page = after === null ? sql`` : sql`and l.short_title collate "C" > ${after}`
  const { rows } = await sql<LawLine>`
    select coalesce(l.code, l.short_title) as law, l.title, l.short_title as short, l.rank, l.category,
      (select count(*) from law_version where law_key = l.law_key and copy = 1) as versions,
      v.version as newest, v.effective_on as "effectiveOn", v.effective_source as "effectiveSource",
      v.set_expired or v.expired_on is not null as expired, v.digest is not null as "hasText"
    from (select * ${matching} ${page} order by l.short_title collate "C" limit ${limit + 1}) as l
    join lateral (select * from law_version where law_key = l.law_key and copy = 1 order by version desc limit 1) v on true
    order by l.short_title collate "C"`.execute(db)
  return { rows: rows.slice(0, limit), total: counted.rows[0]?.total ?? 0, more: rows.length > limit }
}

/** A piece of a law as a page shows it. */
export interface LawPiece {
  readonly address: string
  readonly kind: LawNodeKind | null
  readonly label: string
  /** Null where only a pack's gist is held. */
  readonly text: string | null
  readonly gist: Bilingual | null
  readonly citation: string | null
}

interface RawPiece {
  readonly address: string
  readonly kind: LawNodeKind | null
  readonly label: string | null
  readonly text: string | null
  readonly zh: string | null
  readonly en: string | null
}

/**
 * Pieces of a version in order, with their gists: those below one address, or the outline of the whole (divisions and
 * the first lines of articles). Where the text is not imported, the gists alone.
 */
export async function piecesOf(
  db: Store,
  versionKey: number,
  wanted: { readonly under: string } | 'outline',
): Promise<readonly LawPiece[]> {
  const below = wanted === 'outline' ? null : wanted.under
  const nodes =
    below === null
      ? sql`n.kind in ('part', 'chapter', 'section', 'heading', 'preamble', 'article', 'point', 'annex')`
      : sql`(n.address = ${below} or starts_with(n.address, ${`${below}.`})) and n.kind <> 'mark'`
  const gists = below === null ? sql`true` : sql`(g.address = ${below} or starts_with(g.address, ${`${below}.`}))`
  const { rows } = await sql<RawPiece>`
    with held as (
      select n.position, n.address, n.kind, n.label,
        case when ${below === null} and n.kind in ('article', 'point', 'preamble') then
          (select left(string_agg(c.label || c.text, '' order by c.position), 80) from law_node c
            where c.version_key = n.version_key and starts_with(c.address, n.address || '.'))
        else n.text end as text
      from law_node n where n.version_key = ${versionKey} and ${nodes}
    )
    select h.address, h.kind, h.label, h.text, g.zh, g.en, h.position
    from held h left join law_gist g on g.version_key = ${versionKey} and g.address = h.address
    union all
    select g.address, null, null, null, g.zh, g.en, null
    from law_gist g where g.version_key = ${versionKey} and ${gists}
      and not exists (select from law_node n where n.version_key = ${versionKey} and n.address = g.address)
    order by position nulls last, address`.execute(db)
  const pieces = rows.map(({ address, kind, label, text, zh, en }) => ({
    address,
    kind,
    label: label ?? '',
    text,
    gist: zh === null || en === null ? null : { zh, en },
    citation: citeAddress(address),
  }))
  return pieces.every((piece) => piece.kind === null) ? pieces.sort((a, b) => byCount(a.address, b.address)) : pieces
}

/** Orders addresses as their numbers count: 9 before 32, 32.1.2 before 32.1.10. */
function byCount(a: string, b: string): number {
  const [left, right] = [a, b].map((address) => address.split(/[.-]/).map(Number)) as [number[], number[]]
  for (let index = 0; index < Math.max(left.length, right.length); index += 1) {
    const difference = (left[index] ?? -1) - (right[index] ?? -1)
    if (difference !== 0) return Number.isNaN(difference) ? a.localeCompare(b) : difference
  }
  return 0
}

/** The articles before and after one in a version; null at the ends, and where the text is not imported. */
export async function neighboursOf(
  db: Store,
  versionKey: number,
  address: string,
): Promise<{ readonly before: string | null; readonly after: string | null }> {
  const { rows } = await sql<{ before: string | null; after: string | null }>`
    with here as (select position from law_node where version_key = ${versionKey} and address = ${address})
    select
      (select address from law_node n, here where n.version_key = ${versionKey} and n.kind in ('article', 'point')
        and n.position < here.position order by n.position desc limit 1) as before,
      (select address from law_node n, here where n.version_key = ${versionKey} and n.kind in ('article', 'point')
        and n.position > here.position order by n.position limit 1) as after`.execute(db)
  return rows[0] ?? { before: null, after: null }
}

/** A published power that rests on a piece of an article. */
export interface CitingPower {
  readonly code: string
  readonly name: Bilingual
  readonly ref: string
}

/** Published powers that rest on an article or a piece of it. */
export async function powersCiting(
  db: Store,
  law: { readonly law: string; readonly short: string },
  article: string,
): Promise<readonly CitingPower[]> {
  const { rows } = await sql<{ code: string; zh: string; en: string; ref: string }>`
    select p.code, v.name_zh as zh, v.name_en as en, b.ref
    from power_basis b
    join power p on p.code = b.code and p.published_version = b.version and p.state = 'published'
    join power_version v on v.code = b.code and v.version = b.version
    where b.law in (${law.law}, ${law.short}, ${`中华人民共和国${law.short}`})
      and (b.address = ${article} or starts_with(b.address, ${`${article}.`}))
    order by p.code, b.ref`.execute(db)
  return rows.map(({ code, zh, en, ref }) => ({ code, name: { zh, en }, ref }))
}
