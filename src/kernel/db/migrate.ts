import { readdirSync } from 'node:fs'
import { readFile } from 'node:fs/promises'
import { basename, join } from 'node:path'
import { type Kysely, sql } from 'kysely'
import { type Migration, Migrator } from 'kysely/migration'
import { type Refusal, refuse } from '../../core/refusal/refusal.ts'

const sourceFolder = join(import.meta.dirname, '../..')

/** Every migration of the kernel and of the modules, by number: `src/<kernel|modules>/…/migrations/NNNN-name.sql`. */
export function migrationFiles(root = sourceFolder): readonly string[] {
  return ['kernel', 'modules']
    .flatMap((part) =>
      readdirSync(join(root, part), { recursive: true, encoding: 'utf8' }).map((path) => join(part, path)),
    )
    .filter((path) => /[/\\]migrations[/\\]\d{4}-[a-z0-9-]+\.sql$/.test(path))
    .map((path) => join(root, path))
    .sort((a, b) => (basename(a) < basename(b) ? -1 : 1))
}

async function readMigrations(files: readonly string[]): Promise<Record<string, Migration>> {
  const entries = files.map(async (file): Promise<[string, Migration]> => {
    const text = await readFile(file, 'utf8')
    return [basename(file, '.sql'), { up: async (db: Kysely<unknown>) => void (await sql.raw(text).execute(db)) }]
  })
  return Object.fromEntries(await Promise.all(entries))
}

const sqlState = (error: unknown): string => (error as { code?: string } | null)?.code ?? ''

/**
 * Brings the store to this program's shape, in one transaction.
 * Refuses `database.newer-than-program` (it holds a migration that we do not know), `database.no-right`, `disk.full`.
 */
export async function migrate<T>(db: Kysely<T>, files = migrationFiles()): Promise<true | Refusal> {
  const migrations = await readMigrations(files)
  const migrator = new Migrator({
    db,
    provider: { getMigrations: async () => migrations },
    migrationTableName: 'migration',
    migrationLockTableName: 'migration_lock',
    // Several hands write migrations in their own ranges of numbers.
    allowUnorderedMigrations: true,
  })
  try {
    const unknown = await firstUnknown(db, migrations)
    if (unknown !== null) return refuse('database.newer-than-program', { migration: unknown })
    const { error } = await migrator.migrateToLatest()
    if (error !== undefined) throw error
    return true
  } catch (error) {
    if (sqlState(error) === '53100') return refuse('disk.full', { place: 'PostgreSQL' })
    if (sqlState(error) !== '42501') throw error
    const { rows } = await sql<{ user: string; database: string }>`
      select current_user as "user", current_database() as database`.execute(db)
    return refuse('database.no-right', { user: rows[0]?.user ?? '', database: rows[0]?.database ?? '' })
  }
}

/** A migration that the store has had and that this program does not carry. */
async function firstUnknown<T>(db: Kysely<T>, known: Readonly<Record<string, Migration>>): Promise<string | null> {
  const { rows: found } = await sql<{ there: boolean }>`select to_regclass('migration') is not null as there`.execute(
    db,
  )
  if (found[0]?.there !== true) return null
  const { rows } = await sql<{ name: string }>`select name from migration order by name`.execute(db)
  return rows.find(({ name }) => !(name in known))?.name ?? null
}
