// Plans that a deployment knows: those that people saved, and those of its packs.
import { existsSync, readdirSync } from 'node:fs'
import { join } from 'node:path'
import type { Actor } from '../../../core/event/domain-event.ts'
import { isRefusal, type Refusal, refuse } from '../../../core/refusal/refusal.ts'
import { jsonb } from '../../../kernel/db/jsonb.ts'
import { publish } from '../../../kernel/outbox/publish.ts'
import type { JudgingDb } from '../results/tables.ts'
import { type Plan, readPlan } from './plan-file.ts'

/** A plan and where it comes from. */
export interface KnownPlan {
  readonly plan: Plan
  readonly source: 'pack' | 'saved'
  /** Counts the savings of a saved plan, from 1; 0 for a pack's. */
  readonly revision: number
  /** Region of whoever saved it; null for a pack's, which everyone may use. */
  readonly region: string | null
}

const packed = (packs: string, id: string): string => join(packs, 'plans', `${id}.yml`)

/** One plan by id: the saved one, else the pack's. Refusal: `plan.unknown`. */
export async function findPlan(db: JudgingDb, packs: string, id: string): Promise<KnownPlan | Refusal> {
  const saved = await db.selectFrom('supervise_plan').selectAll().where('plan_id', '=', id).executeTakeFirst()
  if (saved !== undefined)
    return { plan: saved.definition, source: 'saved', revision: saved.revision, region: saved.region }
  if (!/^[a-z0-9-]+$/.test(id) || !existsSync(packed(packs, id))) return refuse('plan.unknown', { plan: id })
  const plan = await readPlan(packed(packs, id))
  return isRefusal(plan) ? plan : { plan, source: 'pack', revision: 0, region: null }
}

/** Every plan of the packs that no saved one has replaced. Refuses what reading a pack's file refuses. */
export async function packPlans(packs: string, replaced: ReadonlySet<string>): Promise<readonly KnownPlan[] | Refusal> {
  const folder = join(packs, 'plans')
  const names = existsSync(folder) ? readdirSync(folder).sort() : []
  const known: KnownPlan[] = []
  for (const name of names) {
    const id = name.replace(/\.yml$/, '')
    if (!name.endsWith('.yml') || name === 'pack.yml' || replaced.has(id)) continue
    const plan = await readPlan(join(folder, name))
    if (isRefusal(plan)) return plan
    known.push({ plan, source: 'pack', revision: 0, region: null })
  }
  return known
}

/** Who saves a plan, where and when. */
export interface Saving {
  readonly actor: Actor
  readonly region: string
  readonly now: string
}

/** Saves a plan; a plan that another region saved under this id stays theirs. Refusal: `plan.of-other-region`. */
export async function savePlan(db: JudgingDb, plan: Plan, saving: Saving): Promise<KnownPlan | Refusal> {
  return await db.transaction().execute(async (trx) => {
    const before = await trx
      .selectFrom('supervise_plan')
      .select(['revision', 'region'])
      .where('plan_id', '=', plan.plan)
      .forUpdate()
      .executeTakeFirst()
    if (before !== undefined && before.region !== saving.region)
      return refuse('plan.of-other-region', { plan: plan.plan })
    const revision = (before?.revision ?? 0) + 1
    const content = {
      region: saving.region,
      definition: jsonb(plan),
      revision,
      saved_at: saving.now,
      saved_by: saving.actor.officer,
    }
    await trx
      .insertInto('supervise_plan')
      .values({ plan_id: plan.plan, ...content })
      .onConflict((conflict) => conflict.column('plan_id').doUpdateSet(content))
      .execute()
    await publish(trx, {
      kind: 'plan.saved',
      version: 1,
      aggregate: { kind: 'plan', id: plan.plan },
      causedBy: null,
      occurredAt: saving.now,
      actor: saving.actor,
      region: saving.region,
      power: null,
      basis: [],
      payload: { revision },
    })
    return { plan, source: 'saved', revision, region: saving.region }
  })
}
