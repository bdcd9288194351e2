import { type RawBuilder, sql } from 'kysely'
import type { OpenTransaction } from '../../../kernel/db/db.ts'
import { vectorText, wordsForIndex } from '../../../kernel/text/segment.ts'
import type { LawText } from './read-set.ts'

/** A version to write: the texts that a set holds of it, most files one, and which copy each is. */
export interface VersionWrite {
  readonly text: LawText
  readonly copy: number
  readonly files: readonly string[]
}

const array = (values: readonly unknown[], type: string): RawBuilder<unknown> =>
  sql`${sql.val(values)}::${sql.raw(type)}[]`

/** Every law that the writes name, made or brought up to date; the key of each by short title. */
export async function writeLaws(
  trx: OpenTransaction,
  laws: readonly Pick<LawText, 'title' | 'shortTitle' | 'rank' | 'category'>[],
): Promise<ReadonlyMap<string, number>> {
  const unique = [...new Map(laws.map((law) => [law.shortTitle, law])).values()]
  const { rows } = await sql<{ law_key: number; short_title: string }>`
    insert into law as l (short_title, title, rank, category, words)
    select * from unnest(${array(
      unique.map((law) => law.shortTitle),
      'text',
    )},
      ${array(
        unique.map((law) => law.title),
        'text',
      )}, ${array(
        unique.map((law) => law.rank),
        'text',
      )},
      ${array(
        unique.map((law) => law.category),
        'text',
      )},
      ${array(
        unique.map((law) => vectorText(wordsForIndex(law.title))),
        'text',
      )}::tsvector[])
    on conflict (short_title) do update set
      title = excluded.title, rank = coalesce(excluded.rank, l.rank), category = excluded.category, words = excluded.words
    returning law_key, short_title`.execute(trx)
  return new Map(rows.map((row) => [row.short_title, row.law_key]))
}

/** What writing versions did. */
export interface VersionsWritten {
  /** The version key of each write, in order. */
  readonly keys: readonly number[]
  /** Positions in the writes whose text was not held before, or was another. */
  readonly changed: readonly number[]
}

/** Makes the versions or brings their facts up to date; says whose text is new, and removes the nodes that it replaces. */
export async function writeVersions(
  trx: OpenTransaction,
  writes: readonly VersionWrite[],
  lawKeys: ReadonlyMap<string, number>,
): Promise<VersionsWritten> {
  const column = (of: (write: VersionWrite) => unknown, type: string): RawBuilder<unknown> =>
    array(writes.map(of), type)
  const { rows } = await sql<{ line: number; version_key: number; same: boolean }>`
    with incoming as (
      select * from unnest(${column((w) => lawKeys.get(w.text.shortTitle), 'bigint')},
        ${column((w) => w.text.version, 'text')}, ${column((w) => w.copy, 'integer')},
        ${column((w) => w.text.issuer, 'text')}, ${column((w) => w.text.number, 'text')},
        ${column((w) => w.text.publishedOn, 'date')}, ${column((w) => w.text.setEffectiveOn, 'date')},
        ${column((w) => w.text.clauseEffectiveOn, 'date')}, ${column((w) => w.text.expired, 'boolean')},
        ${column((w) => w.text.digest, 'text')}, ${column((w) => w.files.join('\n'), 'text')},
        ${column((w) => w.text.head, 'text')}, ${column((w) => w.text.madeBy, 'text')},
        ${column((w) => JSON.stringify(w.text.notes), 'text')})
      with ordinality as i (law_key, version, copy, issuer, number, published_on, set_on, clause_on, expired, digest,
        files, head, made_by, notes, line)
    ), before as (
      select i.line, v.digest from incoming i join law_version v using (law_key, version, copy)
    ), written as (
      insert into law_version as v (law_key, version, copy, issuer, number, published_on, set_effective_on,
        clause_effective_on, set_expired, digest, files, head, made_by, notes)
      select law_key, version, copy, issuer, number, published_on, set_on, clause_on, expired, digest,
        string_to_array(files, e'\n'), head, made_by, notes::jsonb from incoming
      on conflict (law_key, version, copy) do update set
        issuer = coalesce(v.issuer, excluded.issuer), number = coalesce(v.number, excluded.number),
        published_on = coalesce(v.published_on, excluded.published_on),
        set_effective_on = excluded.set_effective_on, clause_effective_on = excluded.clause_effective_on,
        set_expired = excluded.set_expired, digest = excluded.digest, files = excluded.files, head = excluded.head,
        made_by = excluded.made_by, notes = excluded.notes
      returning law_key, version, copy, version_key
    )
    select i.line - 1 as line, w.version_key, b.digest is not distinct from i.digest and b.line is not null as same
    from incoming i join written w using (law_key, version, copy) left join before b using (line) order by i.line`.execute(
    trx,
  )
  const changed = rows.filter((row) => !row.same).map((row) => row.line)
  const keys = rows.map((row) => row.version_key)
  await sql`delete from law_node where version_key = any(${array(
    changed.map((line) => keys[line]),
    'bigint',
  )})`.execute(trx)
  return { keys, changed }
}

const BATCH = 4000

/** Writes the nodes of versions, and what can be searched in them, in batches; `written` hears of every batch. */
export async function writeNodes(
  trx: OpenTransaction,
  versions: readonly { readonly key: number; readonly text: LawText }[],
  written: (versions: number) => void,
): Promise<void> {
  let nodes: unknown[][] = []
  let units: unknown[][] = []
  const flush = async (done: number): Promise<void> => {
    const rows = nodes
    const found = units
    nodes = []
    units = []
    await insertNodes(trx, rows)
    await insertUnits(trx, found)
    written(done)
  }
  for (const [index, { key, text }] of versions.entries()) {
    text.nodes.forEach((node, position) => {
      nodes.push([key, position, node.address, node.kind, node.parent, node.label, node.text, node.tail])
    })
    for (const unit of unitsOf(text)) units.push([key, unit.position, unit.body, vectorText(wordsForIndex(unit.body))])
    if (nodes.length >= BATCH) await flush(index + 1)
  }
  await flush(versions.length)
}

const columnsOf = (rows: readonly unknown[][], index: number): unknown[] => rows.map((row) => row[index])

async function insertNodes(trx: OpenTransaction, rows: readonly unknown[][]): Promise<void> {
  const types = ['bigint', 'integer', 'text', 'text', 'integer', 'text', 'text', 'text']
  const columns = types.map((type, index) => array(columnsOf(rows, index), type))
  await sql`insert into law_node (version_key, position, address, kind, parent, label, text, tail)
    select * from unnest(${sql.join(columns)})`.execute(trx)
}

async function insertUnits(trx: OpenTransaction, rows: readonly unknown[][]): Promise<void> {
  await sql`insert into law_unit (version_key, position, body, words)
    select * from unnest(${array(columnsOf(rows, 0), 'bigint')}, ${array(columnsOf(rows, 1), 'integer')},
      ${array(columnsOf(rows, 2), 'text')}, ${array(columnsOf(rows, 3), 'text')}::tsvector[])`.execute(trx)
}

const UNITS: ReadonlySet<string> = new Set(['article', 'point', 'annex', 'preamble'])

/** What can be found: each article, point, annex and preamble, with all the text in it. */
function unitsOf(text: LawText): { readonly position: number; readonly body: string }[] {
  const units: { position: number; texts: string[] }[] = []
  const held = new Map<number, { position: number; texts: string[] }>()
  text.nodes.forEach((node, position) => {
    const parent = node.parent === null ? undefined : held.get(node.parent)
    const unit = UNITS.has(node.kind) ? { position, texts: [] } : parent
    if (unit === undefined) return
    if (unit.position === position) units.push(unit)
    held.set(position, unit)
    if (node.text !== '') unit.texts.push(node.text)
  })
  return units
    .filter((unit) => unit.texts.length > 0)
    .map(({ position, texts }) => ({ position, body: texts.join(' ') }))
}
