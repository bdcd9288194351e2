// The articles that a finding rests on, quoted from the law library as it stands in force on a day.
import { sql } from 'kysely'
import type { RemedyDb } from './tables.ts'

/** An article quoted: its text where the full text is held, else our one-sentence gist, else only its reference. */
export interface QuotedBasis {
  readonly ref: string
  readonly title: string | null
  readonly version: string | null
  readonly text: string | null
  readonly gist: { readonly zh: string; readonly en: string } | null
}

/** Quotes references `LAW#article.paragraph.item` in their order, in the version in force on an ISO date. */
export async function quoteBasis(db: RemedyDb, refs: readonly string[], on: string): Promise<readonly QuotedBasis[]> {
  if (refs.length === 0) return []
  const split = refs.map((ref) => ({
    ref,
    law: ref.slice(0, ref.indexOf('#')),
    address: ref.slice(ref.indexOf('#') + 1),
  }))
  const rows = await db
    .selectFrom('list_law_node_v1')
    .selectAll()
    .where('law', 'in', [...new Set(split.map((one) => one.law))])
    .where('address', 'in', [...new Set(split.map((one) => one.address))])
    .where('effective_on', '<=', sql<string>`${on}`)
    .orderBy('effective_on', 'desc')
    .execute()
  return split.map(({ ref, law, address }) => {
    const row = rows.find((one) => one.law === law && one.address === address)
    if (row === undefined) return { ref, title: null, version: null, text: null, gist: null }
    const text = `${row.label ?? ''}${row.text ?? ''}`.trim()
    const gist = row.gist_zh === null || row.gist_en === null ? null : { zh: row.gist_zh, en: row.gist_en }
    return { ref, title: row.title, version: row.version, text: text === '' ? null : text, gist }
  })
}
