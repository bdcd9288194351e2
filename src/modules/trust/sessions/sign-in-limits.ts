import { createHash } from 'node:crypto'
import { sql } from 'kysely'
import { type Refusal, refuse } from '../../../core/refusal/refusal.ts'
import type { TrustDb } from '../tables.ts'

/** Failed sign-ins that an account or a network address may have within the window. */
const allowed = { account: 5, address: 50 } as const
const window = Temporal.Duration.from({ minutes: 15 })

type SubjectKind = keyof typeof allowed

interface Subject {
  readonly kind: SubjectKind
  readonly hash: Buffer
}

/** A sign-in that too many failures forbid, and the seconds until the next may be tried. */
export interface Paused {
  readonly refusal: Refusal
  readonly seconds: number
}

const subjectsOf = (account: string, address: string): readonly Subject[] =>
  (
    [
      ['account', account],
      ['address', address],
    ] as const
  ).map(([kind, text]) => ({
    kind,
    hash: createHash('sha256').update(`${kind}:${text}`).digest(),
  }))

async function pauseOf(db: TrustDb, { kind, hash }: Subject, now: Temporal.Instant): Promise<Paused | null> {
  const attempts = await db
    .selectFrom('sign_in_attempt')
    .select('attempted_at')
    .where('subject_kind', '=', kind)
    .where('subject_hash', '=', hash)
    .where('attempted_at', '>', now.subtract(window).toString())
    .orderBy('attempted_at', 'desc')
    .limit(allowed[kind])
    .execute()
  const oldest = attempts.at(-1)
  if (attempts.length < allowed[kind] || oldest === undefined) return null
  const until = Temporal.Instant.from(oldest.attempted_at).add(window)
  const seconds = Math.max(1, Math.ceil(now.until(until).total('seconds')))
  return { refusal: refuse(`sign-in.too-many-${kind}`, { seconds }), seconds }
}

/**
 * Counts one attempt to sign in before the password is looked at, so that attempts side by side cannot pass the limit
 * together. Answers with the pause instead where the account or the address has reached its limit; unknown accounts
 * are counted like known ones. A paused attempt is not counted: waiting always ends the pause.
 */
export async function countAttempt(
  db: TrustDb,
  account: string,
  address: string,
  now: Temporal.Instant,
): Promise<Paused | null> {
  const subjects = subjectsOf(account, address)
  return db.transaction().execute(async (transaction) => {
    // One lock for both, always in the same order: account, then address.
    for (const { hash } of subjects) {
      await sql`select pg_advisory_xact_lock(${hash.readInt32BE(0)}, ${hash.readInt32BE(4)})`.execute(transaction)
    }
    await transaction
      .deleteFrom('sign_in_attempt')
      .where('attempted_at', '<=', now.subtract(window).toString())
      .execute()
    for (const subject of subjects) {
      const paused = await pauseOf(transaction, subject, now)
      if (paused !== null) return paused
    }
    await transaction
      .insertInto('sign_in_attempt')
      .values(
        subjects.map(({ kind, hash }) => ({ subject_kind: kind, subject_hash: hash, attempted_at: now.toString() })),
      )
      .execute()
    return null
  })
}

/** After a right password: the account's failures are forgiven, and this attempt no longer counts against the address. */
export async function forgiveAttempt(
  db: TrustDb,
  account: string,
  address: string,
  now: Temporal.Instant,
): Promise<void> {
  for (const { kind, hash } of subjectsOf(account, address)) {
    const own = db.deleteFrom('sign_in_attempt').where('subject_kind', '=', kind).where('subject_hash', '=', hash)
    await (kind === 'account' ? own : own.where('attempted_at', '=', now.toString())).execute()
  }
}
