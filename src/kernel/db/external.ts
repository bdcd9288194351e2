import { sql } from 'kysely'
import { type Refusal, refuse } from '../../core/refusal/refusal.ts'
import type { Db } from './db.ts'
import { connect } from './pool.ts'

const leastVersion = 160_000

/** What went wrong, without the address: it carries a password. */
function reason(error: unknown): string {
  const { code, message, errors } = error as { code?: string; message?: string; errors?: { code?: string }[] }
  const known: Readonly<Record<string, string>> = {
    ECONNREFUSED: 'connection refused',
    ENOTFOUND: 'host name not found',
    ETIMEDOUT: 'timed out',
    '28P01': 'wrong user or password',
    '28000': 'wrong user or password',
    '3D000': 'no such database',
  }
  const found = code ?? errors?.[0]?.code ?? ''
  return known[found] ?? (found || (message ?? 'no message'))
}

interface ServerFacts {
  /** `server_version_num`, e.g. 160004. */
  readonly number: string
  readonly version: string
  readonly encoding: string
  readonly user: string
  readonly database: string
  /** Whether the user may make schemas: the queue of jobs has one of its own. */
  readonly may_create: boolean
}

/** Why a server cannot hold the store; null where it can. */
export function judgeServer(facts: ServerFacts): Refusal | null {
  const { version, encoding, user, database } = facts
  if (Number(facts.number) < leastVersion) return refuse('database.too-old', { version })
  if (encoding !== 'UTF8') return refuse('database.not-utf8', { encoding })
  return facts.may_create ? null : refuse('database.no-right', { user, database })
}

/**
 * Opens the PostgreSQL that `DATABASE_URL` names.
 * Refuses: `database.unreachable`, `database.too-old` (before 16), `database.not-utf8`, `database.no-right`.
 */
export async function openExternal(url: string): Promise<Db | Refusal> {
  const db = connect({ url })
  try {
    const { rows } = await sql<ServerFacts>`
      select current_setting('server_version_num') as number, current_setting('server_version') as version,
        current_setting('server_encoding') as encoding, current_user as "user", current_database() as database,
        has_database_privilege(current_database(), 'CREATE') as may_create`.execute(db)
    const refusal = rows[0] === undefined ? null : judgeServer(rows[0])
    if (refusal === null) return db
    await db.destroy()
    return refusal
  } catch (error) {
    await db.destroy()
    return refuse('database.unreachable', { why: reason(error) })
  }
}
