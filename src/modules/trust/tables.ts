import type { Generated, Kysely } from 'kysely'
import type { Db, KernelTables } from '../../kernel/db/db.ts'

/** The levels of a region, from the top. Any of them may be missing between two others (a city without counties). */
export const regionLevels = ['province', 'city', 'county', 'township', 'village'] as const

/** A level of the region tree. */
export type RegionLevel = (typeof regionLevels)[number]

interface RegionTable {
  readonly code: string
  readonly name_zh: string
  readonly name_en: string
  readonly level: RegionLevel
  readonly valid_from_on: string
  readonly valid_to_on: string | null
  readonly successor: string | null
}

interface OrganTable {
  readonly code: string
  readonly name_zh: string
  readonly name_en: string
  readonly region: string
  readonly kind: string
  readonly parent: string | null
  readonly valid_from_on: string
  readonly valid_to_on: string | null
  readonly successor_of: string | null
}

interface PostTable {
  readonly code: string
  readonly organ: string
  readonly title_zh: string
  readonly title_en: string
  readonly roles: readonly string[]
}

interface OfficerTable {
  readonly code: string
  readonly name: string
  readonly password_hash: string | null
  readonly demo: boolean
}

interface OfficerPostTable {
  readonly officer: string
  readonly post: string
  readonly from_on: string
  readonly to_on: string | null
  readonly stand_in_for: string | null
}

interface SessionTable {
  readonly token_hash: Buffer
  readonly officer: string
  readonly post: string
  readonly created_at: string
  readonly seen_at: string
}

interface SignInAttemptTable {
  readonly id: Generated<number>
  readonly subject_kind: 'account' | 'address'
  readonly subject_hash: Buffer
  readonly attempted_at: string
}

interface AuditEntryTable {
  readonly id: Generated<number>
  readonly occurred_at: string
  readonly officer: string | null
  readonly post: string | null
  readonly region: string | null
  readonly route: string
  readonly decision: 'denied' | 'allowed'
  readonly reason: string
  readonly request_id: string
}

/** The tables that trust owns. */
export type TrustTables = {
  readonly region: RegionTable
  readonly organ: OrganTable
  readonly post: PostTable
  readonly officer: OfficerTable
  readonly officer_post: OfficerPostTable
  readonly session: SessionTable
  readonly sign_in_attempt: SignInAttemptTable
  readonly audit_entry: AuditEntryTable
}

/** The store with trust's tables. */
export type TrustDb = Kysely<KernelTables & TrustTables>

/** The same store, typed with trust's tables. */
export function trustDb(db: Db): TrustDb {
  return db.$extendTables<TrustTables>()
}
