// What people do with findings: verify them, ask for a lead, approve it. State, history and event in one transaction.
import { createHash } from 'node:crypto'
import { type Expression, type SqlBool, sql } from 'kysely'
import type { Actor } from '../../../core/event/domain-event.ts'
import {
  decideLead,
  type FindingStanding,
  type FindingState,
  type LeadState,
  type Outcome,
  requestLead,
  verify,
} from '../../../core/finding/finding-state.ts'
import { officerMark } from '../../../core/finding/officer-mark.ts'
import { isRefusal, type Refusal, refuse } from '../../../core/refusal/refusal.ts'
import { publish } from '../../../kernel/outbox/publish.ts'
import type { FindingStep, FindingTable, RemedyDb } from './tables.ts'

/** Who acts, when, and which findings are within reach (the access table's row filter; all where unstated). */
export interface Deciding {
  readonly actor: Actor
  readonly now: string
  readonly reach?: Expression<SqlBool>
}

/** Where a finding stands after an act. */
export interface Standing {
  readonly id: string
  readonly state: FindingState
  readonly lead: LeadState
}

interface Act {
  readonly step: FindingStep
  readonly reason: string
  /** The finding's new state and lead, or why not. */
  readonly apply: (
    standing: FindingStanding,
  ) =>
    | Partial<Pick<FindingTable, 'state' | 'lead' | 'lead_requested_by' | 'decided_by' | 'decided_at' | 'reason'>>
    | Refusal
}

const sha256 = (text: string): string => createHash('sha256').update(text).digest('hex')

async function act(db: RemedyDb, id: string, by: Deciding, { step, reason, apply }: Act): Promise<Standing | Refusal> {
  return await db.transaction().execute(async (trx) => {
    let query = trx.selectFrom('finding').selectAll().where('id', '=', id).forUpdate()
    if (by.reach !== undefined) query = query.where(by.reach)
    const row = await query.executeTakeFirst()
    if (row === undefined) return refuse('finding.unknown', { finding: id })
    const change = apply({
      state: row.state,
      lead: row.lead,
      leadRequestedBy: row.lead_requested_by,
      shows: (officer) => row.officer_marks.includes(officerMark(sha256, row.log_id, officer)),
    })
    if (isRefusal(change)) return change
    await trx.updateTable('finding').set(change).where('id', '=', id).execute()
    const standing: Standing = { id, state: change.state ?? row.state, lead: change.lead ?? row.lead }
    await sql`
      insert into finding_step (finding_id, sequence, step, state, lead, officer, post, reason, happened_at)
      select ${id}, max(sequence) + 1, ${step}, ${standing.state}, ${standing.lead}, ${by.actor.officer}, ${by.actor.post},
        ${reason}, ${by.now}
      from finding_step where finding_id = ${id}`.execute(trx)
    await publish(trx, {
      kind: `finding.${step}`,
      version: 1,
      aggregate: { kind: 'finding', id },
      causedBy: null,
      occurredAt: by.now,
      actor: by.actor,
      region: row.region,
      power: row.power,
      basis: row.basis,
      payload: { state: standing.state, lead: standing.lead },
    })
    return standing
  })
}

/** A person verifies a finding. Refusals: those of `verify` in core/finding, `finding.unknown`. */
export function verifyFinding(
  db: RemedyDb,
  id: string,
  decision: { readonly outcome: Outcome; readonly reason: string },
  by: Deciding,
): Promise<Standing | Refusal> {
  const { officer } = by.actor
  return act(db, id, by, {
    step: 'verified',
    reason: decision.reason,
    apply: (standing) => {
      const state = verify(standing, { officer, ...decision })
      if (isRefusal(state)) return state
      return { state, decided_by: officer, decided_at: by.now, reason: decision.reason }
    },
  })
}

/** A person asks for an issue to be passed on as a lead. Refusals: those of `requestLead`, `finding.unknown`. */
export function askForLead(db: RemedyDb, id: string, reason: string, by: Deciding): Promise<Standing | Refusal> {
  const { officer } = by.actor
  return act(db, id, by, {
    step: 'lead-requested',
    reason,
    apply: (standing) => {
      const lead = requestLead(standing, { officer, reason })
      return isRefusal(lead) ? lead : { lead, lead_requested_by: officer }
    },
  })
}

/** Another person approves or declines it. Refusals: those of `decideLead`, `finding.unknown`. */
export function answerLead(
  db: RemedyDb,
  id: string,
  answer: { readonly approve: boolean; readonly reason: string },
  by: Deciding,
): Promise<Standing | Refusal> {
  const { officer } = by.actor
  return act(db, id, by, {
    step: answer.approve ? 'lead-approved' : 'lead-declined',
    reason: answer.reason,
    apply: (standing) => {
      const lead = decideLead(standing, { officer, ...answer })
      return isRefusal(lead) ? lead : { lead }
    },
  })
}
