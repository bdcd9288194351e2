import { sql } from 'kysely'
import type { OpenTransaction } from '../../../kernel/db/db.ts'
import { takenWithin } from '../../../kernel/db/patience.ts'

/** One writer of the law library at a time: the number is this lock's name among advisory locks. */
const LAW_LIBRARY = 720_001

/** Waits until no other transaction writes the library; held until this one ends. */
export async function lockLawLibrary(trx: OpenTransaction): Promise<void> {
  await sql`select pg_advisory_xact_lock(${LAW_LIBRARY})`.execute(trx)
}

/** Takes the library for this transaction, or says false where another import keeps it. */
export function tryLawLibrary(trx: OpenTransaction): Promise<boolean> {
  return takenWithin(async () => {
    const { rows } = await sql<{ taken: boolean }>`select pg_try_advisory_xact_lock(${LAW_LIBRARY}) as taken`.execute(
      trx,
    )
    return rows[0]?.taken === true
  })
}
