import { type Refusal, refuse } from '../../core/refusal/refusal.ts'

const diskFull = new Set(['53100', 'ENOSPC', 'EDQUOT'])
/** Class 08 and 57P0x of PostgreSQL's states, and what the socket says when the server is gone. */
const goneAway = /^(08...|57P0[1-3]|ECONNREFUSED|ECONNRESET|EPIPE)$/

/** What a store error means to a person: a full disk or a database that stopped; null for a bug. */
export function storeRefusal(error: unknown): Refusal | null {
  const { code, message, syscall } = error as { code?: unknown; message?: unknown; syscall?: unknown }
  if (typeof code === 'string' && diskFull.has(code)) return refuse('disk.full', { place: 'DAYLIGHT_HOME' })
  if (typeof code === 'string' && goneAway.test(code)) return refuse('database.went-away')
  if (code === 'ENOENT' && syscall === 'connect') return refuse('database.went-away')
  if (message === 'Connection terminated unexpectedly') return refuse('database.went-away')
  return null
}
