import { type RawBuilder, sql } from 'kysely'
import type { EffectiveSource } from '../../../core/law/effective.ts'
import { type VersionDates, versionInForce } from '../../../core/law/in-force.ts'
import { calendarDay } from '../../../core/law/numeral.ts'
import type { LawRank } from '../../../core/law/rank.ts'
import { citeAddress, type LawReference, readReference, writeReference } from '../../../core/law/reference.ts'
import { shortTitle } from '../../../core/law/title.ts'
import { type Bilingual, isRefusal, type Refusal, refuse } from '../../../core/refusal/refusal.ts'

/** Anything that queries run on: the store or an open transaction. */
export type Store = Parameters<RawBuilder<unknown>['execute']>[0]

/** A law of the library. */
export interface LawRow {
  readonly key: number
  /** The pack's id where a pack states the law's facts, else its short title. */
  readonly law: string
  readonly title: string
  readonly short: string
  readonly rank: LawRank | null
  readonly category: string | null
}

/** A version of a law, with what decides when it holds. */
export interface VersionRow extends VersionDates {
  readonly key: number
  readonly issuer: string | null
  readonly number: string | null
  readonly adoptedOn: string | null
  /** False while only a pack's facts are held: the full text comes by import. */
  readonly hasText: boolean
}

/** A piece of a law as it stood on a day. */
export interface ResolvedNode {
  readonly law: LawRow
  readonly version: VersionRow
  /** `LAW#article.paragraph.item` in its full form; null address for the law as a whole. */
  readonly ref: string
  readonly address: string | null
  /** 第三十二条第一款第四项, where it is cited by count. */
  readonly citation: string | null
  /** The full text of the piece, null until it is imported. */
  readonly text: string | null
  /** One sentence of our own, where a pack cites the piece. */
  readonly gist: Bilingual | null
  readonly on: string
  /** The first day on which this version no longer holds; null while no held version follows. */
  readonly until: string | null
  /** Later versions whose effective date nobody states: one of them may already have replaced it. */
  readonly laterUnknown: readonly string[]
}

/** The law of that id, full title or short title. Refuses `law.not-held`. */
export async function findLaw(db: Store, name: string): Promise<LawRow | Refusal> {
  const { rows } = await sql<LawRow>`
    select law_key as key, coalesce(code, short_title) as law, title, short_title as short, rank, category
    from law where code = ${name} or short_title = ${shortTitle(name)}
    order by (code = ${name}) desc nulls last limit 1`.execute(db)
  return rows[0] ?? refuse('law.not-held', { law: name })
}

interface RawVersion {
  readonly key: number
  readonly version: string
  readonly issuer: string | null
  readonly number: string | null
  readonly adopted_on: string | null
  readonly published_on: string | null
  readonly effective_on: string | null
  readonly effective_source: EffectiveSource
  readonly set_expired: boolean
  readonly expired_on: string | null
  readonly has_text: boolean
}

/** All held versions of a law, oldest text first; a set's second text of one version is not among them. */
export async function versionsOfLaw(db: Store, lawKey: number): Promise<readonly VersionRow[]> {
  const { rows } = await sql<RawVersion>`
    select version_key as key, version, issuer, number, adopted_on, published_on, effective_on, effective_source,
      set_expired, expired_on, digest is not null as has_text
    from law_version where law_key = ${lawKey} and copy = 1 order by version`.execute(db)
  return rows.map((row) => ({
    key: row.key,
    version: row.version,
    issuer: row.issuer,
    number: row.number,
    adoptedOn: row.adopted_on,
    publishedOn: row.published_on,
    effective: { on: row.effective_on, source: row.effective_source },
    expired: row.set_expired || row.expired_on !== null,
    expiredOn: row.expired_on,
    hasText: row.has_text,
  }))
}

/** The version of a law that held on a day, or the refusal that says why none can be named. */
export function heldVersion(
  law: LawRow,
  versions: readonly VersionRow[],
  on: string,
): { readonly version: VersionRow; readonly until: string | null; readonly laterUnknown: readonly string[] } | Refusal {
  const answer = versionInForce(versions, on)
  switch (answer.kind) {
    case 'in-force': {
      const laterUnknown = answer.laterUnknown.map((version) => version.version)
      return { version: answer.version, until: answer.until, laterUnknown }
    }
    case 'not-held':
      return refuse('law.version-not-held', { law: law.short, on, earliest: answer.earliest ?? '—' })
    case 'unknown': {
      const names = answer.versions.map((version) => version.version).join('、')
      return refuse('law.effective-unknown', { law: law.short, versions: names, on })
    }
    case 'lapsed':
      return refuse('law.lapsed', { law: law.short, on })
  }
}

/**
 * The piece of a law that a reference names, as it was in force on the day `on` (`YYYY-MM-DD`).
 * Refusals: `law.bad-reference`, `law.bad-date`, `law.not-held`, `law.version-not-held`, `law.effective-unknown`,
 * `law.lapsed`, `law.no-such-node`, `law.node-ambiguous`, `law.text-not-imported`.
 */
export async function resolveBasis(db: Store, ref: string, on: string): Promise<ResolvedNode | Refusal> {
  const reference = readReference(ref)
  if (reference === null) return refuse('law.bad-reference', { ref })
  const day = calendarDay(on)
  if (day === null) return refuse('law.bad-date', { date: on })
  const law = await findLaw(db, reference.law)
  if (isRefusal(law)) return law
  const held = heldVersion(law, await versionsOfLaw(db, law.key), day)
  if (isRefusal(held)) return held
  const address = await resolveAddress(db, law, held.version, reference)
  if (isRefusal(address)) return address
  const piece = address === null ? { text: null, gist: null } : await pieceOf(db, held.version.key, address)
  if (address !== null && piece.text === null && piece.gist === null) {
    const code = held.version.hasText ? 'law.no-such-node' : 'law.text-not-imported'
    return refuse(code, { law: law.short, version: held.version.version, address: citeAddress(address) ?? address })
  }
  return {
    law,
    ...held,
    ref: writeReference(law.law, address),
    address,
    citation: address === null ? null : citeAddress(address),
    ...piece,
    on: day,
  }
}

/** The full address; for `32(4)`, the one paragraph of article 32 that has an item 4. */
async function resolveAddress(
  db: Store,
  law: LawRow,
  version: VersionRow,
  reference: LawReference,
): Promise<string | null | Refusal> {
  if (!reference.anyParagraph || reference.address === null) return reference.address
  const [article = '', item = ''] = reference.address.split('.')
  const pattern = `^${article}\\.[0-9]+\\.${item}$`
  const { rows } = await sql<{ address: string }>`
    select address from law_node where version_key = ${version.key} and address ~ ${pattern}
    union select address from law_gist where version_key = ${version.key} and address ~ ${pattern}
    order by 1`.execute(db)
  const cited = `${citeAddress(article) ?? article}（${item}）`
  if (rows.length > 1) return refuse('law.node-ambiguous', { law: law.short, article, item })
  if (rows[0] !== undefined) return rows[0].address
  const code = version.hasText ? 'law.no-such-node' : 'law.text-not-imported'
  return refuse(code, { law: law.short, version: version.version, address: cited })
}

/** The text of a piece with all that it holds, and its gist; both null where neither is held. */
async function pieceOf(
  db: Store,
  versionKey: number,
  address: string,
): Promise<{ text: string | null; gist: Bilingual | null }> {
  const { rows } = await sql<{ text: string | null; zh: string | null; en: string | null }>`
    select (select string_agg(label || text || tail, '' order by position) from law_node
        where version_key = ${versionKey} and (address = ${address} or starts_with(address, ${`${address}.`}))) as text,
      g.zh, g.en
    from (select) as one left join law_gist g on g.version_key = ${versionKey} and g.address = ${address}`.execute(db)
  const row = rows[0]
  const gist = row?.zh == null || row.en == null ? null : { zh: row.zh, en: row.en }
  return { text: row?.text?.trim() ?? null, gist }
}
