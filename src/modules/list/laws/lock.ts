import { sql } from 'kysely'
import type { OpenTransaction } from '../../../kernel/db/db.ts'

/** One writer of the law library at a time: the number is this lock's name among advisory locks. */
const LAW_LIBRARY = 720_001

/** Waits until no other transaction writes the library; held until this one ends. */
export async function lockLawLibrary(trx: OpenTransaction): Promise<void> {
  await sql`select pg_advisory_xact_lock(${LAW_LIBRARY})`.execute(trx)
}

/**
 * Takes the library for this transaction, or says false where another writes it. It is patient for a few seconds: the
 * session of an import that was killed lives on until PostgreSQL has ended its last statement.
 */
export async function tryLawLibrary(trx: OpenTransaction, patience = 5_000): Promise<boolean> {
  const until = performance.now() + patience
  for (;;) {
    const { rows } = await sql<{ taken: boolean }>`select pg_try_advisory_xact_lock(${LAW_LIBRARY}) as taken`.execute(
      trx,
    )
    if (rows[0]?.taken === true) return true
    if (performance.now() > until) return false
    await new Promise((wake) => setTimeout(wake, 100))
  }
}
