import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { dirname, join } from 'node:path'
import { DatabaseSync } from 'node:sqlite'
import { afterAll } from 'vitest'

/** A row of a set's database, as hostile as a test wants it. */
export interface SetRow {
  readonly name: string
  readonly level?: string | null
  readonly publish: string | null
  readonly valid_from: string | number | null
  readonly expired?: number
}

/** The text of an invented statute: its head lines, and its body. */
export const statute = (title: string, head: readonly string[], body: string): string =>
  [`# ${title}`, ...head, '<!-- INFO END -->', body].join('\n\n')

/** An invented set of statutes in a folder of its own, removed after the test file. */
export async function testSet(files: Readonly<Record<string, string | Uint8Array>>, rows: readonly SetRow[] | null) {
  const folder = await mkdtemp(join(tmpdir(), 'daylight-laws-'))
  afterAll(() => rm(folder, { recursive: true, force: true }))
  for (const [file, text] of Object.entries(files)) {
    await mkdir(dirname(join(folder, file)), { recursive: true })
    await writeFile(join(folder, file), text)
  }
  if (rows !== null) {
    const db = new DatabaseSync(join(folder, 'db.sqlite3'))
    db.exec('create table law (name text, level text, publish, valid_from, expired integer)')
    const insert = db.prepare('insert into law values (?, ?, ?, ?, ?)')
    for (const row of rows) insert.run(row.name, row.level ?? null, row.publish, row.valid_from, row.expired ?? 0)
    db.close()
  }
  return folder
}

/** The packs of this checkout. */
export const testPacks = new URL('../../../../packs', import.meta.url).pathname
