import { createHash, randomBytes } from 'node:crypto'
import type { OfficerRole, Principal } from '../../../kernel/access/principal.ts'
import type { TrustDb } from '../tables.ts'

/** A session that nobody uses ends after the idle time; every session ends after the absolute one. */
const lifetimes = {
  idle: Temporal.Duration.from({ minutes: 60 }),
  absolute: Temporal.Duration.from({ hours: 12 }),
} as const

/** The last use is written at most this often: a page of many requests is one use. */
const seenEvery = Temporal.Duration.from({ minutes: 1 })

/** A post that an officer holds today, with what the interface shows of it. */
export interface HeldPost extends Principal {
  readonly title: { readonly zh: string; readonly en: string }
  readonly organName: { readonly zh: string; readonly en: string }
  readonly regionName: { readonly zh: string; readonly en: string }
  /** The officer whose place is taken (A/B 岗); null for the post's own holder. */
  readonly standInFor: string | null
}

const hashOf = (token: string): Buffer => createHash('sha256').update(token).digest()

/** The posts that an officer holds on a date, own posts before those stood in for. */
export async function postsHeld(db: TrustDb, officer: string, on: string): Promise<readonly HeldPost[]> {
  const rows = await db
    .selectFrom('officer_post as held')
    .innerJoin('post', 'post.code', 'held.post')
    .innerJoin('organ', 'organ.code', 'post.organ')
    .innerJoin('region', 'region.code', 'organ.region')
    .where('held.officer', '=', officer)
    .where('held.from_on', '<=', on)
    .where((eb) => eb.or([eb('held.to_on', 'is', null), eb('held.to_on', '>=', on)]))
    .select(['post.code as post', 'post.roles', 'post.title_zh', 'post.title_en', 'held.stand_in_for'])
    .select(['organ.code as organ', 'organ.name_zh as organ_zh', 'organ.name_en as organ_en'])
    .select(['region.code as region', 'region.name_zh as region_zh', 'region.name_en as region_en'])
    .orderBy((eb) => eb('held.stand_in_for', 'is not', null))
    .orderBy('held.from_on')
    .orderBy('post.code')
    .execute()
  return rows.map((row) => ({
    officer,
    post: row.post,
    organ: row.organ,
    region: row.region,
    roles: row.roles as readonly OfficerRole[],
    title: { zh: row.title_zh, en: row.title_en },
    organName: { zh: row.organ_zh, en: row.organ_en },
    regionName: { zh: row.region_zh, en: row.region_en },
    standInFor: row.stand_in_for,
  }))
}

/** Opens a session in a post; the token (256 random bits) is told once and only its hash is kept. */
export async function openSession(db: TrustDb, officer: string, post: string, now: Temporal.Instant): Promise<string> {
  const token = randomBytes(32).toString('base64url')
  const at = now.toString()
  // Those that have outlived their time answer to nobody; they go when a new one comes.
  await db
    .deleteFrom('session')
    .where((eb) =>
      eb.or([
        eb('seen_at', '<=', now.subtract(lifetimes.idle).toString()),
        eb('created_at', '<=', now.subtract(lifetimes.absolute).toString()),
      ]),
    )
    .execute()
  await db
    .insertInto('session')
    .values({ token_hash: hashOf(token), officer, post, created_at: at, seen_at: at })
    .execute()
  return token
}

/** Ends the session of a token. */
export async function endSession(db: TrustDb, token: string): Promise<void> {
  await db.deleteFrom('session').where('token_hash', '=', hashOf(token)).execute()
}

/** Lets a session act in another post. */
export async function switchPost(db: TrustDb, token: string, post: string): Promise<void> {
  await db.updateTable('session').set({ post }).where('token_hash', '=', hashOf(token)).execute()
}

/**
 * Who holds a token, in the post chosen: null if the session has ended, or the officer no longer holds that post. `on` is
 * today in the deployment's zone.
 */
export async function principalOf(
  db: TrustDb,
  token: string,
  now: Temporal.Instant,
  on: string,
): Promise<Principal | null> {
  const row = await db
    .selectFrom('session')
    .innerJoin('officer_post as held', (join) =>
      join.onRef('held.officer', '=', 'session.officer').onRef('held.post', '=', 'session.post'),
    )
    .innerJoin('post', 'post.code', 'held.post')
    .innerJoin('organ', 'organ.code', 'post.organ')
    .where('session.token_hash', '=', hashOf(token))
    .where('session.seen_at', '>', now.subtract(lifetimes.idle).toString())
    .where('session.created_at', '>', now.subtract(lifetimes.absolute).toString())
    .where('held.from_on', '<=', on)
    .where((eb) => eb.or([eb('held.to_on', 'is', null), eb('held.to_on', '>=', on)]))
    .select(['session.officer', 'session.post', 'post.roles', 'organ.code as organ', 'organ.region', 'session.seen_at'])
    .limit(1)
    .executeTakeFirst()
  if (row === undefined) return null
  if (Temporal.Instant.compare(Temporal.Instant.from(row.seen_at), now.subtract(seenEvery)) < 0) {
    await db.updateTable('session').set({ seen_at: now.toString() }).where('token_hash', '=', hashOf(token)).execute()
  }
  const { officer, post, organ, region } = row
  return { officer, post, organ, region, roles: row.roles as readonly OfficerRole[] }
}
