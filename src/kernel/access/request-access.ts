import type { Expression, SqlBool } from 'kysely'
import type { Actor } from '../../core/event/domain-event.ts'
import type { Refusal } from '../../core/refusal/refusal.ts'
import type { Principal } from './principal.ts'

/** A row of the store that belongs to a region; null where it belongs to none, which only scope `any` reaches. */
export interface RegionalRow {
  readonly region: string | null
}

/**
 * What the one access table lets this request's officer do on this request's route. A handler that answers from rows of
 * regions must ask `where`, `permits` or `denies`; for an officer whose scope is `own`, an answer that never asked is
 * stopped by the server, because forgetting to ask is how rows of other regions leak.
 */
export interface RequestAccess {
  /** Who asks; null for the public. */
  readonly principal: Principal | null
  /** The codes for the events that this request causes. */
  readonly actor: Actor
  /** The row filter for a list's WHERE: exactly the rows that `permits` would permit. `column` may be `table.column`. */
  where(column?: string): Expression<SqlBool>
  /** The single decision on one row. */
  permits(row: RegionalRow): boolean
  /**
   * The refusal `access.other-region` if the row is out of reach, else null. Answer it with `reply.refuse`, which also
   * writes the audit row: `const denied = request.access.denies(row); if (denied) return reply.refuse(denied)`.
   */
  denies(row: RegionalRow): Refusal | null
}
