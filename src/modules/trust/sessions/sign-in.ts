import { type Refusal, refuse } from '../../../core/refusal/refusal.ts'
import type { TrustDb } from '../tables.ts'
import { isPassword } from './password.ts'
import { type HeldPost, openSession, postsHeld } from './session-store.ts'
import { countAttempt, forgiveAttempt } from './sign-in-limits.ts'

/** What a person gives to sign in, and from where. */
export interface Credentials {
  readonly account: string
  readonly password: string
  /** The client's network address. */
  readonly address: string
  /** Whether the request comes from, and was sent to, the very machine that Daylight runs on. */
  readonly sameMachine: boolean
}

/** A session just opened. */
export interface SignedIn {
  readonly kind: 'signed-in'
  readonly token: string
  readonly post: HeldPost
}

/** A sign-in refused; `seconds` where waiting helps. */
export interface NotSignedIn {
  readonly kind: 'not-signed-in'
  readonly refusal: Refusal
  readonly seconds?: number
}

const no = (refusal: Refusal): NotSignedIn => ({ kind: 'not-signed-in', refusal })

/**
 * Signs an officer in: the first own post of today becomes the active one. Refuses with `sign-in.wrong` (alike for an
 * unknown account, and as slowly), `sign-in.too-many-account`, `sign-in.too-many-address`, `sign-in.demo-elsewhere` and
 * `sign-in.no-post`.
 */
export async function signIn(
  db: TrustDb,
  { account, password, address, sameMachine }: Credentials,
  now: Temporal.Instant,
  on: string,
): Promise<SignedIn | NotSignedIn> {
  const paused = await countAttempt(db, account, address, now)
  if (paused !== null) return { ...no(paused.refusal), seconds: paused.seconds }
  const officer = await db.selectFrom('officer').selectAll().where('code', '=', account).executeTakeFirst()
  const right = await isPassword(password, officer?.password_hash ?? null)
  if (!right || officer === undefined) return no(refuse('sign-in.wrong'))
  if (officer.demo && !sameMachine) return no(refuse('sign-in.demo-elsewhere'))
  const [post] = await postsHeld(db, officer.code, on)
  if (post === undefined) return no(refuse('sign-in.no-post'))
  await forgiveAttempt(db, account, address, now)
  return { kind: 'signed-in', token: await openSession(db, officer.code, post.post, now), post }
}
