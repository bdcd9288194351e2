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

/**
 * Opens the PostgreSQL that `DATABASE_URL` names.
 * Refuses: `database.unreachable`, `database.too-old` (before 16), `database.not-utf8`.
 */
export async function openExternal(url: string): Promise<Db | Refusal> {
  const db = connect({ url })
  const give = async (refusal: Refusal): Promise<Refusal> => {
    await db.destroy()
    return refusal
  }
  try {
    const { rows } = await sql<{ number: string; version: string; encoding: string }>`
      select current_setting('server_version_num') as number, current_setting('server_version') as version,
        current_setting('server_encoding') as encoding`.execute(db)
    const [row] = rows
    if (row === undefined || Number(row.number) < leastVersion) {
      return await give(refuse('database.too-old', { version: row?.version ?? '?' }))
    }
    if (row.encoding !== 'UTF8') return await give(refuse('database.not-utf8', { encoding: row.encoding }))
    return db
  } catch (error) {
    return await give(refuse('database.unreachable', { why: reason(error) }))
  }
}
