import type { Principal } from '../../../kernel/access/principal.ts'
import type { TrustDb } from '../tables.ts'

/** Something that the audit keeps: codes only. */
export interface AuditedAct {
  readonly principal: Principal | null
  /** METHOD and the route's pattern. */
  readonly route: string
  readonly decision: 'denied' | 'allowed'
  /** The refusal's code, or what was done: `signed-in`. */
  readonly reason: string
  readonly requestId: string
}

/** Writes an audit row; it stays as long as the store. */
export async function recordAct(db: TrustDb, act: AuditedAct, now: Temporal.Instant): Promise<void> {
  await db
    .insertInto('audit_entry')
    .values({
      occurred_at: now.toString(),
      officer: act.principal?.officer ?? null,
      post: act.principal?.post ?? null,
      region: act.principal?.region ?? null,
      route: act.route,
      decision: act.decision,
      reason: act.reason,
      request_id: act.requestId,
    })
    .execute()
}
