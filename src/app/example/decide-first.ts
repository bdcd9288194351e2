import { isRefusal, type Refusal } from '../../core/refusal/refusal.ts'
import type { Db } from '../../kernel/db/db.ts'
import { askForLead, verifyFinding } from '../../modules/remedy/findings/decide.ts'
import { remedyDb } from '../../modules/remedy/findings/tables.ts'
import { actorOf } from './account-actor.ts'
import type { Example } from './read-example.ts'

/**
 * Has the example's supervisor decide on the first findings of the county's log, through the service that every decision
 * takes; nothing where one was decided before. Returns how many were decided.
 */
export async function decideFirst(db: Db, example: Example, clock: () => Temporal.Instant): Promise<number | Refusal> {
  const { start } = example
  const store = remedyDb(db)
  const findings = await store
    .selectFrom('finding')
    .select(['id', 'code', 'state'])
    .where('log_id', '=', start.log.id)
    .orderBy('id')
    .execute()
  if (findings.some(({ state }) => state !== 'doubt')) return 0
  const by = { actor: actorOf('supervisor', example), now: clock().toString() }
  const waiting = [...findings]
  let decided = 0
  let lead: string | null = null
  for (const { rule, outcome, reason } of start.decisions) {
    const place = waiting.findIndex(({ code }) => code === rule)
    const [finding] = place < 0 ? [] : waiting.splice(place, 1)
    if (finding === undefined) continue
    const standing = await verifyFinding(store, finding.id, { outcome, reason }, by)
    if (isRefusal(standing)) return standing
    if (rule === start.lead.rule && outcome === 'upheld') lead ??= finding.id
    decided++
  }
  if (lead === null) return decided
  const asked = await askForLead(store, lead, start.lead.reason, by)
  return isRefusal(asked) ? asked : decided
}
