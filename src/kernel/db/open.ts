import { sql } from 'kysely'
import { isRefusal, type Refusal, refuse } from '../../core/refusal/refusal.ts'
import type { Config } from '../config/config.ts'
import type { Db } from './db.ts'
import { type HomeLock, holderOf, lockHome } from './embedded/home-lock.ts'
import { connectionOfHome, startServer } from './embedded/server.ts'
import { openExternal } from './external.ts'
import { folderRefusal, prepareHome } from './home.ts'
import { migrate } from './migrate.ts'
import { type Connection, connect } from './pool.ts'
import { storeRefusal } from './store-refusal.ts'

/** Which settings the store depends on. */
export type StoreConfig = Pick<Config, 'home' | 'databaseUrl'>

export interface OpenOptions {
  /**
   * `serve`: alone on the home folder, for as long as the server runs.
   * `visit`: a command; where a process already runs this folder's database, it joins that one.
   */
  readonly role: 'serve' | 'visit'
}

const visitorName = 'daylight-visit'

/** A command that runs the database lets the commands that joined it finish their work first. */
async function untilAlone(connection: Connection): Promise<void> {
  const db = connect(connection, { max: 1 })
  const visitors = sql<{ number: number }>`
    select count(*) as number from pg_stat_activity where application_name = ${visitorName}`
  try {
    while (((await visitors.execute(db)).rows[0]?.number ?? 0) > 0) await new Promise((wake) => setTimeout(wake, 100))
  } catch (error) {
    // A server that is gone has no visitors either.
    if (storeRefusal(error) === null) throw error
  } finally {
    await db.destroy()
  }
}

async function startHere(home: string, lock: HomeLock, role: OpenOptions['role']): Promise<Db | Refusal> {
  let server: Awaited<ReturnType<typeof startServer>>
  try {
    server = await startServer(home, { durable: true })
  } catch (error) {
    await lock.release()
    return folderRefusal(error, home)
  }
  if (isRefusal(server)) {
    await lock.release()
    return server
  }
  const { connection, stop } = server
  const afterEnd = async (): Promise<void> => {
    if (role === 'visit') await untilAlone(connection)
    await stop()
    await lock.release()
  }
  return connect(connection, { afterEnd })
}

/** Joins the database that another process runs on this folder; null when that process ended meanwhile. */
async function join(home: string, pid: number): Promise<Db | Refusal | null> {
  const until = performance.now() + 15_000
  for (;;) {
    const db = connect(await connectionOfHome(home), { max: 8, name: visitorName, keep: true })
    try {
      await sql`select 1`.execute(db)
      return db
    } catch {
      await db.destroy()
      if ((await holderOf(home)) === null) return null
      if (performance.now() > until) return refuse('home.in-use', { home, pid })
      await new Promise((wake) => setTimeout(wake, 100))
    }
  }
}

async function openEmbedded(home: string, role: OpenOptions['role']): Promise<Db | Refusal> {
  const ready = await prepareHome(home)
  if (isRefusal(ready)) return ready
  for (;;) {
    const lock = await lockHome(home, role)
    if (!isRefusal(lock)) return await startHere(home, lock, role)
    const holder = await holderOf(home)
    if (holder === null) continue
    if (role === 'serve') return lock
    const joined = await join(home, holder.pid)
    if (joined !== null) return joined
  }
}

/**
 * Opens the store of a deployment, brought to this program's shape: the embedded PostgreSQL of the home folder,
 * or the one that `DATABASE_URL` names. `db.destroy()` closes it and stops what this process started.
 * Refuses in one sentence: `home.*`, `disk.full`, `database.*`, `platform.unsupported`.
 */
export async function openDatabase(
  config: StoreConfig,
  options: OpenOptions = { role: 'visit' },
): Promise<Db | Refusal> {
  const db =
    config.databaseUrl === null ? await openEmbedded(config.home, options.role) : await openExternal(config.databaseUrl)
  if (isRefusal(db)) return db
  const migrated = await migrate(db)
  if (isRefusal(migrated)) {
    await db.destroy()
    return migrated
  }
  return db
}
