import { createHash } from 'node:crypto'
import { sql } from 'kysely'
import { shortTitle } from '../../../core/law/title.ts'
import { isRefusal, type Refusal } from '../../../core/refusal/refusal.ts'
import type { Db, OpenTransaction } from '../../../kernel/db/db.ts'
import { jsonb } from '../../../kernel/db/jsonb.ts'
import { vectorText, wordsForIndex } from '../../../kernel/text/segment.ts'
import { type LawFacts, readLawPack } from './law-pack.ts'
import { lockLawLibrary } from './lock.ts'

/** How many laws, versions and gists the packs state. */
export interface LawPacksLoaded {
  readonly laws: number
  readonly versions: number
  readonly gists: number
}

/**
 * Reads the facts under `packs/laws` into the library, in one transaction; loading the same again writes nothing. A law that
 * an import has brought keeps its text and gets its code, dates and gists.
 * Refusals: `pack.*` with file and row.
 */
export async function loadLawPacks(db: Db, packs: string): Promise<LawPacksLoaded | Refusal> {
  const facts = await readLawPack(packs)
  if (isRefusal(facts)) return facts
  const digest = createHash('sha256').update(JSON.stringify(facts)).digest('hex')
  const { rows } = await sql<{ digest: string }>`select digest from law_pack_state`.execute(db)
  if (rows[0]?.digest !== digest) {
    await db.transaction().execute(async (trx) => {
      await lockLawLibrary(trx)
      await writeFacts(trx, facts)
      await sql`insert into law_pack_state (digest) values (${digest})
        on conflict (only_row) do update set digest = excluded.digest`.execute(trx)
    })
  }
  const versions = facts.flatMap((law) => law.versions)
  return {
    laws: facts.length,
    versions: versions.length,
    gists: versions.reduce((sum, version) => sum + Object.keys(version.nodes).length, 0),
  }
}

async function writeFacts(trx: OpenTransaction, facts: readonly LawFacts[]): Promise<void> {
  const laws = facts.map((law) => ({
    code: law.law,
    short_title: shortTitle(law.short),
    title: law.title,
    rank: law.rank,
    words: vectorText(wordsForIndex(law.title)),
  }))
  await sql`
    insert into law as l (code, short_title, title, rank, words)
    select code, short_title, title, rank, words::tsvector
    from jsonb_to_recordset(${jsonb(laws)}) as p (code text, short_title text, title text, rank text, words text)
    on conflict (short_title) do update set
      code = excluded.code, title = excluded.title, rank = excluded.rank, words = excluded.words
    where (l.code, l.title, l.rank) is distinct from (excluded.code, excluded.title, excluded.rank)`.execute(trx)
  const versions = facts.flatMap((law) =>
    law.versions.map(({ nodes: _, ...version }) => ({ code: law.law, ...version })),
  )
  await sql`
    insert into law_version as v (law_key, version, issuer, number, adopted_on, published_on, pack_effective_on,
      expired_on, from_pack)
    select l.law_key, p.version, p.issuer, p.number, p.adopted_on, p.published_on, p.effective_on, p.expired_on, true
    from jsonb_to_recordset(${jsonb(versions)}) as p (code text, version text, issuer text, number text,
      adopted_on date, published_on date, effective_on date, expired_on date) join law l using (code)
    on conflict (law_key, version, copy) do update set
      issuer = coalesce(excluded.issuer, v.issuer), number = coalesce(excluded.number, v.number),
      adopted_on = excluded.adopted_on, published_on = coalesce(excluded.published_on, v.published_on),
      pack_effective_on = excluded.pack_effective_on, expired_on = excluded.expired_on, from_pack = true`.execute(trx)
  const gists = facts.flatMap((law) =>
    law.versions.flatMap((version) =>
      Object.entries(version.nodes).map(([address, { gist }]) => ({
        code: law.law,
        version: version.version,
        address,
        ...gist,
      })),
    ),
  )
  await sql`
    insert into law_gist as g (version_key, address, zh, en)
    select v.version_key, p.address, p.zh, p.en
    from jsonb_to_recordset(${jsonb(gists)}) as p (code text, version text, address text, zh text, en text)
    join law l using (code) join law_version v on v.law_key = l.law_key and v.version = p.version and v.copy = 1
    on conflict (version_key, address) do update set zh = excluded.zh, en = excluded.en
    where (g.zh, g.en) is distinct from (excluded.zh, excluded.en)`.execute(trx)
}
