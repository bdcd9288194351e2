// Proposals that people saved: kept with their author, log, import and noise, corrected under a revision.
import { randomUUIDv7 } from 'node:crypto'
import type { Expression, SqlBool } from 'kysely'
import { sql } from 'kysely'
import type { ProposalQuality } from '../../../core/discovery/discover.ts'
import type { Actor } from '../../../core/event/domain-event.ts'
import { isRefusal, type Refusal, refuse } from '../../../core/refusal/refusal.ts'
import { jsonb } from '../../../kernel/db/jsonb.ts'
import type { Keyset } from '../../../kernel/http/cursor.ts'
import { publish } from '../../../kernel/outbox/publish.ts'
import type { StatedFilter } from '../logs/analysis/question.ts'
import { checkBpmn } from './check-bpmn.ts'
import type { ProposalDb } from './tables.ts'

/** What a person saves: the corrected file, and what it was made from. */
export interface ProposalDraft {
  readonly name: string
  readonly bpmn: string
  readonly sequence: number
  readonly noise: number
  readonly filter: StatedFilter | null
  readonly quality: ProposalQuality
}

/** Who saves, and when. */
export interface Saving {
  readonly actor: Actor
  readonly now: string
}

const columns = [
  'supervise_proposal.id',
  'supervise_proposal.log_id as log',
  'log.name as logName',
  'supervise_proposal.region',
  'supervise_proposal.name',
  'import_sequence as sequence',
  'noise',
  'filter',
  'net_hash as netHash',
  'steps',
  'soundness',
  'quality',
  'revision',
  'saved_at as savedAt',
  'saved_by as savedBy',
] as const

const rowsOf = (db: ProposalDb) =>
  db.selectFrom('supervise_proposal').innerJoin('log', 'log.id', 'supervise_proposal.log_id').select(columns)

/** A saved proposal without its file. */
export type StoredProposal = Awaited<ReturnType<ReturnType<typeof rowsOf>['executeTakeFirstOrThrow']>>

/** A page of the proposals within reach (a condition on `supervise_proposal.region`), the last saved first. */
export async function proposalsPage(db: ProposalDb, reach: Expression<SqlBool>, after: Keyset | null, limit: number) {
  const { total } = await db
    .selectFrom('supervise_proposal')
    .where(reach)
    .select((count) => count.fn.countAll<number>().as('total'))
    .executeTakeFirstOrThrow()
  let rows = rowsOf(db).where(reach)
  if (after !== null) {
    rows = rows.where(
      sql<boolean>`(supervise_proposal.saved_at, supervise_proposal.id) < (${after[0]}::timestamptz, ${after[1]}::uuid)`,
    )
  }
  const found = await rows
    .orderBy('supervise_proposal.saved_at', 'desc')
    .orderBy('supervise_proposal.id', 'desc')
    .limit(limit + 1)
    .execute()
  return { total, more: found.length > limit, rows: found.slice(0, limit) }
}

/** One proposal with its file, or null. */
export async function proposalOf(db: ProposalDb, id: string): Promise<(StoredProposal & { bpmn: string }) | null> {
  const found = await rowsOf(db).select('bpmn').where('supervise_proposal.id', '=', id).executeTakeFirst()
  return found ?? null
}

const event = (id: string, region: string, revision: number, { actor, now }: Saving) => ({
  kind: 'proposal.saved',
  version: 1,
  aggregate: { kind: 'proposal', id },
  causedBy: null,
  occurredAt: now,
  actor,
  region,
  power: null,
  basis: [],
  payload: { revision },
})

/** What is kept of a file beside its text. Refusals: those of readBpmn. */
function kept(bpmn: string) {
  const checked = checkBpmn(bpmn)
  if (isRefusal(checked)) return checked
  const { hash, soundness, procedure } = checked
  return { bpmn, net_hash: hash, soundness, steps: procedure.steps.length }
}

/** Saves a new proposal of a log; one that is not sound yet may be saved and corrected later. Gives its id. */
export async function saveProposal(
  db: ProposalDb,
  log: { readonly id: string; readonly region: string },
  draft: ProposalDraft,
  saving: Saving,
): Promise<string | Refusal> {
  const file = kept(draft.bpmn)
  if (isRefusal(file)) return file
  const id = randomUUIDv7()
  await db.transaction().execute(async (trx) => {
    await trx
      .insertInto('supervise_proposal')
      .values({
        id,
        log_id: log.id,
        region: log.region,
        name: draft.name,
        import_sequence: draft.sequence,
        noise: draft.noise,
        filter: draft.filter === null ? null : jsonb(draft.filter),
        ...file,
        quality: jsonb(draft.quality),
        revision: 1,
        saved_at: saving.now,
        saved_by: saving.actor.officer,
      })
      .execute()
    await publish(trx, event(id, log.region, 1, saving))
  })
  return id
}

/** Saves a corrected proposal over the revision that its author saw. Refusals: `proposal.changed-since`, those of readBpmn. */
export async function reviseProposal(
  db: ProposalDb,
  known: StoredProposal,
  change: { readonly name: string; readonly bpmn: string; readonly revision: number },
  saving: Saving,
): Promise<true | Refusal> {
  const file = kept(change.bpmn)
  if (isRefusal(file)) return file
  return await db.transaction().execute(async (trx) => {
    const changed = await trx
      .updateTable('supervise_proposal')
      .set({
        name: change.name,
        ...file,
        revision: change.revision + 1,
        saved_at: saving.now,
        saved_by: saving.actor.officer,
      })
      .where('id', '=', known.id)
      .where('revision', '=', change.revision)
      .returning('id')
      .executeTakeFirst()
    if (changed === undefined) return refuse('proposal.changed-since')
    await publish(trx, event(known.id, known.region, change.revision + 1, saving))
    return true
  })
}
