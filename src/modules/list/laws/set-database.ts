import { DatabaseSync } from 'node:sqlite'
import { calendarDay } from '../../../core/law/numeral.ts'

/** What a set's database says of one version of a law. */
export interface SetFact {
  /** What the set calls the level, e.g. 行政法规. */
  readonly level: string | null
  /** `YYYY-MM-DD`; null where the database is silent or says no real day. */
  readonly effectiveOn: string | null
  readonly expired: boolean
}

/** The facts of a set's database, by name and day of publication. */
export type SetFacts = ReadonlyMap<string, SetFact>

/** The key of a version in a set's database: the names of its files are built alike. */
export const setKey = (name: string, publishedOn: string | null): string => `${name} ${publishedOn ?? ''}`

const text = (value: unknown): string | null => (typeof value === 'string' && value.trim() !== '' ? value.trim() : null)

/**
 * Reads `db.sqlite3` of a set of statutes, which is never written to and never trusted: whatever is no day counts as
 * silence. Null where the file is no database with a table `law` of that shape.
 */
export function readSetDatabase(path: string): SetFacts | null {
  let db: DatabaseSync | null = null
  try {
    db = new DatabaseSync(path, { readOnly: true, allowExtension: false, enableForeignKeyConstraints: false })
    const facts = new Map<string, SetFact>()
    const clashing = new Set<string>()
    for (const row of db.prepare('select name, level, publish, valid_from, expired from law').iterate()) {
      const name = text(row.name)
      if (name === null) continue
      const key = setKey(name, calendarDay(text(row.publish) ?? ''))
      const effectiveOn = calendarDay(text(row.valid_from) ?? '')
      const before = facts.get(key)
      if (before !== undefined && before.effectiveOn !== effectiveOn) clashing.add(key)
      facts.set(key, { level: text(row.level), effectiveOn, expired: row.expired === 1 || before?.expired === true })
    }
    for (const key of clashing) {
      const fact = facts.get(key)
      if (fact !== undefined) facts.set(key, { ...fact, effectiveOn: null })
    }
    return facts
  } catch {
    return null
  } finally {
    db?.close()
  }
}
