import { Kysely, PostgresDialect } from 'kysely'
import pg from 'pg'
import type { Db, KernelTables } from './db.ts'
import { valueTypes } from './value-types.ts'

/** How to reach a PostgreSQL: a folder with its socket (embedded) or an address. */
export type Connection =
  | { readonly socketFolder: string; readonly user: string; readonly password: string; readonly database: string }
  | { readonly url: string }

/** The settings by which `pg` (and so pg-boss) reaches a connection. */
export function clientSettings(connection: Connection): pg.ClientConfig {
  if ('url' in connection) return { connectionString: connection.url }
  const { socketFolder, user, password, database } = connection
  return { host: socketFolder, user, password, database }
}

const connections = new WeakMap<object, Connection>()

/** How a store that `connect` opened is reached: for pg-boss, which keeps connections of its own. */
export function connectionOf(db: Db): Connection {
  const connection = connections.get(db)
  if (connection === undefined) throw new Error('this store was not opened by the kernel')
  return connection
}

export interface PoolOptions {
  /** Most connections at a time. */
  readonly max?: number
  /** How the sessions call themselves in PostgreSQL's own list of sessions. */
  readonly name?: string
  /** Whether idle connections are kept, so that the list of sessions always shows this process. */
  readonly keep?: boolean
  /** Runs once the pool is closed by `db.destroy()`. */
  readonly afterEnd?: () => Promise<void>
}

/** Opens a pool of connections; every session runs in UTC with ISO dates. */
export function connect(connection: Connection, options: PoolOptions = {}): Db {
  const pool = new pg.Pool({
    ...clientSettings(connection),
    max: options.max ?? 12,
    application_name: options.name ?? 'daylight',
    types: valueTypes,
    options: '-c TimeZone=UTC -c DateStyle=ISO,YMD -c IntervalStyle=iso_8601',
    connectionTimeoutMillis: 15_000,
    idleTimeoutMillis: options.keep === true ? 0 : 30_000,
  })
  // An idle connection that breaks is replaced at its next use; unheard, the event would end the process.
  pool.on('error', () => {})
  const db = new Kysely<KernelTables>({
    dialect: new PostgresDialect({
      pool: {
        Client: pg.Client as never,
        options: pool.options,
        connect: async () => (await pool.connect()) as never,
        end: async () => {
          await pool.end()
          await options.afterEnd?.()
        },
      },
    }),
  })
  connections.set(db, connection)
  return db
}
