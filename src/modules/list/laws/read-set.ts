import { createHash } from 'node:crypto'
import { opendir, readFile, stat } from 'node:fs/promises'
import { basename, dirname, join, relative, sep } from 'node:path'
import { clauseEvidence, effectClause, type MadeBy, madeBy } from '../../../core/law/effective.ts'
import type { LawNode, LawNote } from '../../../core/law/node.ts'
import { calendarDay } from '../../../core/law/numeral.ts'
import type { LawRank } from '../../../core/law/rank.ts'
import { parseStatute, type Statute } from '../../../core/law/statute.ts'
import { shortTitle } from '../../../core/law/title.ts'
import { type Refusal, refuse } from '../../../core/refusal/refusal.ts'
import type { RankNames } from './law-pack.ts'
import { readSetDatabase, type SetFacts, setKey } from './set-database.ts'

/** One file of a set that holds a version of a law. */
export interface LawText {
  readonly file: string
  readonly title: string
  readonly shortTitle: string
  readonly version: string
  readonly rank: LawRank | null
  readonly category: string
  readonly publishedOn: string | null
  readonly issuer: string | null
  readonly number: string | null
  readonly setEffectiveOn: string | null
  readonly clauseEffectiveOn: string | null
  readonly expired: boolean
  readonly madeBy: MadeBy
  readonly head: string
  readonly digest: string
  readonly nodes: readonly LawNode[]
  readonly articles: number
  readonly notes: readonly LawNote[]
}

/** What a set's file is if it holds no law, or what is odd about one that does. `line` counts from 1. */
export interface SetNote {
  readonly file: string
  readonly line: number
  readonly kind: LawNote['kind'] | 'not-a-law' | 'unreadable' | 'no-database' | 'another-text-of-this-version'
  readonly shows: string
  readonly expected?: string
  readonly found?: string
}

/** A set of statutes, read. */
export interface LawSet {
  readonly texts: readonly LawText[]
  readonly notes: readonly SetNote[]
  /** Markdown files in the set's folders. */
  readonly files: number
  /** Markdown files beside the set's database that describe the set itself. */
  readonly documents: readonly string[]
  readonly database: string | null
}

const LARGEST_FILE = 32 * 1024 * 1024
const DATABASE = 'db.sqlite3'

/**
 * Reads a folder of statutes in Markdown, with the set's database where one lies in it or beside it. A file that holds no
 * law, and every line that could not be understood, is noted with file and line; nothing is written.
 * Refusals: `law.no-folder`, `law.folder-not-archive`, `law.no-files`.
 */
export async function readLawSet(
  folder: string,
  ranks: RankNames,
  progress: (done: number, total: number) => void,
): Promise<LawSet | Refusal> {
  const found = await stat(folder).catch(() => null)
  if (found === null) return refuse('law.no-folder', { folder }, { place: { file: folder } })
  if (!found.isDirectory()) return refuse('law.folder-not-archive', { file: folder }, { place: { file: folder } })
  const { markdown, database } = await filesOf(folder)
  if (markdown.length === 0) return refuse('law.no-files', { folder }, { place: { file: folder } })
  const root = database === null ? folder : dirname(database)
  const facts = database === null ? null : readSetDatabase(database)
  const notes: SetNote[] = []
  if (facts === null) {
    const shows = database === null ? DATABASE : relative(folder, database)
    notes.push({ file: shows, line: 1, kind: 'no-database', shows: '' })
  }
  const documents: string[] = []
  const texts: LawText[] = []
  for (const [index, path] of markdown.entries()) {
    const file = relative(folder, path).split(sep).join('/')
    const text = await decode(path)
    if (text === null) notes.push({ file, line: 1, kind: 'unreadable', shows: '' })
    else {
      const statute = parseStatute(text)
      const read = lawText(file, text, statute, facts ?? new Map(), ranks)
      const isDocument = database !== null && dirname(path) === root && !isNamedAsLaw(file, facts)
      const law = isDocument ? null : read
      if (isDocument) documents.push(file)
      if (law !== null) texts.push(law)
      else if (!isDocument) notes.push({ file, line: 1, kind: 'not-a-law', shows: text.trim().slice(0, 40) })
      for (const note of law?.notes ?? []) notes.push({ file, ...note })
    }
    progress(index + 1, markdown.length)
  }
  return { texts, notes, files: markdown.length - documents.length, documents, database }
}

async function filesOf(folder: string): Promise<{ markdown: string[]; database: string | null }> {
  const markdown: string[] = []
  let database: string | null = null
  for await (const entry of await opendir(folder, { recursive: true })) {
    if (!entry.isFile()) continue
    const path = join(entry.parentPath, entry.name)
    if (/\.(?:md|markdown)$/i.test(entry.name)) markdown.push(path)
    if (entry.name === DATABASE && (database === null || path.length < database.length)) database = path
  }
  const beside = join(dirname(folder), DATABASE)
  if (database === null && (await stat(beside).catch(() => null))?.isFile() === true) database = beside
  return { markdown: markdown.sort(), database }
}

/** Beside the database lie the set's own documents; a law there bears its day in its name, or the database knows it. */
const isNamedAsLaw = (file: string, facts: SetFacts | null): boolean =>
  /\(\d{4}-\d{2}-\d{2}\)\.[^.]+$/.test(file) ||
  facts?.has(setKey(basename(file).replace(/\.[^.]+$/, ''), null)) === true

/** The text of a file in UTF-8, else GB18030; null where it is neither, or too large to be a statute. */
async function decode(path: string): Promise<string | null> {
  if ((await stat(path)).size > LARGEST_FILE) return null
  const bytes = await readFile(path)
  if (bytes.includes(0)) return null
  for (const encoding of ['utf-8', 'gb18030']) {
    try {
      return new TextDecoder(encoding, { fatal: true, ignoreBOM: true }).decode(bytes)
    } catch {
      // Not this encoding: the next one is tried.
    }
  }
  return null
}

/** The law in a file; null where there is none: no title and no article, or nothing after the title. */
function lawText(file: string, text: string, statute: Statute, facts: SetFacts, ranks: RankNames): LawText | null {
  const name = /^(.*?)(?:\((\d{4}-\d{2}-\d{2})\))?\.[^.]+$/.exec(basename(file))
  const named = (name?.[1] ?? '').trim()
  const title = wholeTitle(statute.title ?? (statute.articles > 0 ? named : ''), named)
  const says = statute.nodes.some((node) => node.kind !== 'body' && node.kind !== 'mark')
  if (title === '' || !says) return null
  const dated = calendarDay(name?.[2] ?? '')
  const version =
    dated ??
    statute.events
      .map((event) => event.on)
      .sort()
      .at(-1) ??
    'undated'
  const fact = facts.get(setKey(named, dated))
  const made = madeBy(statute.events, version)
  const published = statute.events.find((event) => event.on === version)?.what ?? ''
  const category = dirname(file) === '.' ? '' : (dirname(file).split('/').at(-1) ?? '')
  return {
    file,
    title,
    shortTitle: shortTitle(named === '' ? title : named),
    version,
    rank: rankOf(fact?.level ?? null, file, ranks),
    category,
    publishedOn: calendarDay(version),
    issuer: /^(?:中华人民共和国)?([一-龥、]{2,40}?)令第/.exec(published)?.[1] ?? null,
    number: /[一-龥]*令第?[^\s号]{1,10}号/.exec(published)?.[0] ?? null,
    setEffectiveOn: fact?.effectiveOn ?? null,
    clauseEffectiveOn: clauseEvidence(effectClause(statute.nodes), version, made, statute.events),
    expired: fact?.expired ?? false,
    madeBy: made,
    head: statute.head,
    digest: createHash('sha256').update(text).digest('hex'),
    nodes: statute.nodes,
    articles: statute.articles,
    notes: statute.notes,
  }
}

/** The title of the file's heading; where the heading was broken off, completed by the file's name. */
function wholeTitle(title: string, named: string): string {
  const short = shortTitle(title)
  const broken = short !== '' && short !== shortTitle(named) && shortTitle(named).startsWith(short)
  return broken ? (title.startsWith('中华人民共和国') ? `中华人民共和国${named}` : named) : title
}

function rankOf(level: string | null, file: string, ranks: RankNames): LawRank | null {
  const byLevel = level === null ? undefined : ranks.levels[level]
  if (byLevel !== undefined) return byLevel
  const folders = file.split('/').slice(0, -1).reverse()
  return folders.map((folder) => ranks.folders[folder]).find((rank) => rank !== undefined) ?? null
}
