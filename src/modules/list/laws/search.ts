import { type RawBuilder, sql } from 'kysely'
import type { LawNodeKind } from '../../../core/law/node.ts'
import { citeAddress } from '../../../core/law/reference.ts'
import { queryText, wordsOfQuery } from '../../../kernel/text/segment.ts'
import { likeText } from './browse.ts'
import type { Store } from './resolve.ts'

/** Where a search matched within a snippet: from `start` up to `end`, in UTF-16 units. */
export interface Mark {
  readonly start: number
  readonly end: number
}

/** An article, or another unit of a law, that a search found. */
export interface LawHit {
  readonly law: string
  readonly title: string
  readonly version: string
  readonly effectiveOn: string | null
  readonly address: string
  readonly kind: LawNodeKind
  readonly citation: string | null
  /** The words around the first match. */
  readonly snippet: string
  readonly marks: readonly Mark[]
}

/** The sort values of a hit: whether it holds the phrase as written, its rank, its place. */
export type HitKeyset = readonly [number, number, number, number]

interface RawHit {
  readonly law: string
  readonly title: string
  readonly version: string
  readonly effective_on: string | null
  readonly address: string
  readonly kind: LawNodeKind
  readonly body: string
  readonly phrase: number
  readonly weight: number
  readonly version_key: number
  readonly position: number
}

/**
 * Articles that hold all words of a query, those that hold it as written first. Where no article holds its words — names
 * that the dictionary cuts elsewhere — those that hold it as written. Only the newest held text of each law is searched,
 * unless `everyVersion`.
 */
export async function searchLaws(
  db: Store,
  query: string,
  options: { readonly everyVersion: boolean; readonly after: HitKeyset | null; readonly limit: number },
): Promise<{ readonly rows: readonly LawHit[]; readonly total: number; readonly next: HitKeyset | null }> {
  const written = query.trim()
  const words = wordsOfQuery(written)
  const asked = queryText(words)
  if (written === '') return { rows: [], total: 0, next: null }
  const byWords = asked === null ? null : sql`u.words @@ ${asked}::tsquery`
  const counted = byWords === null ? 0 : await count(db, byWords, options.everyVersion)
  const asWritten = sql`u.body like ${`%${likeText(written)}%`}`
  const condition = byWords !== null && counted > 0 ? byWords : asWritten
  const total = counted > 0 ? counted : await count(db, asWritten, options.everyVersion)
  const { after, limit } = options
  const beyond =
    after === null
      ? sql`true`
      : sql`(-phrase, -weight, version_key, position) >
          (${-after[0]}::integer, ${-after[1]}::float8, ${after[2]}::bigint, ${after[3]}::integer)`
  const { rows } = await sql<RawHit>`
    with hits as (
      select u.version_key, u.position, (position(${written} in u.body) > 0)::integer as phrase,
        ${asked === null ? sql`0::float8` : sql`round(ts_rank(u.words, ${asked}::tsquery)::numeric, 6)::float8`} as weight
      from law_unit u ${ofVersions(options.everyVersion)}
      where ${condition}
    ), page as (
      select * from hits where ${beyond} order by phrase desc, weight desc, version_key, position limit ${limit + 1}
    )
    select coalesce(l.code, l.short_title) as law, l.title, v.version, v.effective_on, n.address, n.kind, u.body,
      page.phrase, page.weight, page.version_key, page.position
    from page
    join law_unit u using (version_key, position) join law_node n using (version_key, position)
    join law_version v using (version_key) join law l using (law_key)
    order by page.phrase desc, page.weight desc, page.version_key, page.position`.execute(db)
  const page = rows.slice(0, limit)
  const last = page.at(-1)
  const more = rows.length > limit && last !== undefined
  return {
    rows: page.map((hit) => shown(hit, [written, ...words])),
    total,
    next: more ? [last.phrase, last.weight, last.version_key, last.position] : null,
  }
}

/** Narrows units to those of first copies, and of the newest held text of each law unless every version is asked for. */
const ofVersions = (everyVersion: boolean): RawBuilder<unknown> => sql`
  join law_version w on w.version_key = u.version_key and w.copy = 1
    and (${everyVersion} or not exists (select from law_version newer
      where newer.law_key = w.law_key and newer.copy = 1 and newer.digest is not null and newer.version > w.version))`

async function count(db: Store, condition: RawBuilder<unknown>, everyVersion: boolean): Promise<number> {
  const { rows } = await sql<{ total: number }>`
    select count(*) as total from law_unit u ${ofVersions(everyVersion)} where ${condition}`.execute(db)
  return rows[0]?.total ?? 0
}

const AROUND = 60

function shown(hit: RawHit, sought: readonly string[]): LawHit {
  const marks = marksOf(hit.body, sought)
  const from = Math.max(0, (marks[0]?.start ?? 0) - AROUND)
  const to = Math.min(hit.body.length, from + 4 * AROUND)
  return {
    law: hit.law,
    title: hit.title,
    version: hit.version,
    effectiveOn: hit.effective_on,
    address: hit.address,
    kind: hit.kind,
    citation: citeAddress(hit.address),
    snippet: `${from > 0 ? '…' : ''}${hit.body.slice(from, to)}${to < hit.body.length ? '…' : ''}`,
    marks: marks
      .filter((mark) => mark.start >= from && mark.end <= to)
      .map((mark) => ({ start: mark.start - from + (from > 0 ? 1 : 0), end: mark.end - from + (from > 0 ? 1 : 0) })),
  }
}

/** Where the sought words stand: the query as written if it stands there, else each of its words; none overlap. */
export function marksOf(body: string, sought: readonly string[]): readonly Mark[] {
  const text = body.toLowerCase()
  const [written, ...words] = sought.map((word) => word.toLowerCase())
  const wanted = written !== undefined && text.includes(written) ? [written] : words
  const marks: Mark[] = []
  for (let at = 0; at < text.length; ) {
    const found = wanted.filter((word) => word !== '' && text.startsWith(word, at))
    const longest = Math.max(0, ...found.map((word) => word.length))
    if (longest > 0) marks.push({ start: at, end: at + longest })
    at += Math.max(1, longest)
  }
  return marks
}
