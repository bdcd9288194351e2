import { isRefusal, type Refusal, refuse } from '../../../core/refusal/refusal.ts'
import type { Db } from '../../../kernel/db/db.ts'
import { readRankNames } from './law-pack.ts'
import { tryLawLibrary } from './lock.ts'
import { type LawSet, type LawText, readLawSet, type SetNote } from './read-set.ts'
import { type VersionWrite, writeLaws, writeNodes, writeVersions } from './store-laws.ts'

/** How far an import has come. */
export interface LawImportProgress {
  readonly stage: 'reading' | 'writing'
  readonly done: number
  readonly total: number
}

/** What an import of a set of statutes brought. */
export interface LawImportReport {
  /** Markdown files in the set's folders; those that describe the set itself are in `documents`. */
  readonly files: number
  readonly documents: readonly string[]
  /** Files in the folders that hold no law, such as the page of a category; `notes` names each. */
  readonly notLaws: number
  readonly laws: number
  readonly versions: number
  readonly articles: number
  readonly nodes: number
  /** Versions whose text was new or changed; 0 when a set is imported again. */
  readonly written: number
  /** Files and lines that are not understood as part of a law; `notes` names each. */
  readonly unparsed: number
  /** How many versions each source dates. */
  readonly effective: { readonly set: number; readonly clause: number; readonly none: number }
  readonly notes: readonly SetNote[]
}

/** Notes that mean: something in the file is not understood. Odd numbering is understood, and reported beside it. */
const UNPARSED: ReadonlySet<SetNote['kind']> = new Set(['unreadable', 'not-understood'])

/**
 * Imports a folder of statutes in one transaction: whole or absent. Importing it again writes nothing anew; a file whose
 * text has changed replaces that version's text; laws that the folder does not hold stay.
 * Refusals: those of readLawSet, `law.import-running`, `pack.*`.
 */
export async function importLaws(
  db: Db,
  folder: string,
  packs: string,
  progress: (now: LawImportProgress) => void = () => {},
): Promise<LawImportReport | Refusal> {
  const ranks = await readRankNames(packs)
  if (isRefusal(ranks)) return ranks
  const set = await readLawSet(folder, ranks, (done, total) => progress({ stage: 'reading', done, total }))
  if (isRefusal(set)) return set
  const { writes, notes } = versionsOf(set)
  return await db.transaction().execute(async (trx) => {
    if (!(await tryLawLibrary(trx))) return refuse('law.import-running')
    const lawKeys = await writeLaws(
      trx,
      writes.map((write) => write.text),
    )
    const { keys, changed } = await writeVersions(trx, writes, lawKeys)
    const news = changed.flatMap((line) => {
      const write = writes[line]
      const key = keys[line]
      return write === undefined || key === undefined ? [] : [{ key, text: write.text }]
    })
    await writeNodes(trx, news, (done) => progress({ stage: 'writing', done, total: news.length }))
    return report(set, writes, [...set.notes, ...notes], changed.length, lawKeys.size)
  })
}

/** One write for each version: files with one text are one copy, another text of the same version is a second copy. */
function versionsOf(set: LawSet): { writes: readonly VersionWrite[]; notes: readonly SetNote[] } {
  const copies = new Map<string, { text: LawText; files: string[] }[]>()
  const notes: SetNote[] = []
  for (const text of set.texts) {
    const key = `${text.shortTitle}\0${text.version}`
    const held = copies.get(key) ?? []
    copies.set(key, held)
    const same = held.find((copy) => copy.text.digest === text.digest)
    if (same !== undefined) same.files.push(text.file)
    else held.push({ text, files: [text.file] })
    if (same === undefined && held.length > 1) {
      const found = held[0]?.text.file ?? ''
      notes.push({ file: text.file, line: 1, kind: 'another-text-of-this-version', shows: text.title, found })
    }
  }
  const writes = [...copies.values()].flatMap((held) => held.map((one, index) => ({ ...one, copy: index + 1 })))
  return { writes, notes }
}

function report(
  set: LawSet,
  writes: readonly VersionWrite[],
  notes: readonly SetNote[],
  written: number,
  laws: number,
): LawImportReport {
  const texts = writes.map((write) => write.text)
  const dated = texts.filter((text) => text.setEffectiveOn !== null).length
  const clause = texts.filter((text) => text.setEffectiveOn === null && text.clauseEffectiveOn !== null).length
  return {
    files: set.files,
    documents: set.documents,
    notLaws: notes.filter((note) => note.kind === 'not-a-law').length,
    laws,
    versions: writes.length,
    articles: set.texts.reduce((sum, text) => sum + text.articles, 0),
    nodes: texts.reduce((sum, text) => sum + text.nodes.length, 0),
    written,
    unparsed: notes.filter((note) => UNPARSED.has(note.kind)).length,
    effective: { set: dated, clause, none: texts.length - dated - clause },
    notes,
  }
}
