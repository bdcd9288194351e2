// Plans: those of the packs and those that people saved.
import { z } from 'zod'
import { isRefusal, refuse } from '../../../../core/refusal/refusal.ts'
import type { HttpApp } from '../../../../kernel/http/app.ts'
import type { Services } from '../../../../kernel/module.ts'
import { contentId } from '../../../../kernel/packs/packs.ts'
import { logMappingSchema } from '../../../../kernel/tables/log-mapping.ts'
import { planFile } from '../../plans/plan-file.ts'
import { findPlan, type KnownPlan, packPlans, savePlan } from '../../plans/stored-plan.ts'
import { judgingDb } from '../tables.ts'
import { knownPlan } from './bodies.ts'

/** A plan that comes over the web names no file of the server: its mapping is inline, its procedure one of the packs. */
const savedPlan = planFile.extend({ map: logMappingSchema.optional(), procedure: contentId.optional() })

const shown = ({ plan, source, revision }: KnownPlan) => ({
  plan: plan.plan,
  title: plan.title,
  source,
  revision,
  definition: { ...plan },
})

/** Routes of plans. */
export function planRoutes(app: HttpApp, services: Services): void {
  const db = judgingDb(services.db)

  app.get(
    '/api/plans',
    { schema: { summary: 'Plans of supervision', response: { 200: z.object({ rows: z.array(knownPlan) }) } } },
    async (request, reply) => {
      const saved = await db
        .selectFrom('supervise_plan')
        .selectAll()
        .where(request.access.where('region'))
        .orderBy('plan_id')
        .execute()
      const names = await db.selectFrom('supervise_plan').select('plan_id').execute()
      const packed = await packPlans(services.packs, new Set(names.map((row) => row.plan_id)))
      if (isRefusal(packed)) return reply.refuse(packed)
      const own = saved.map(
        ({ definition: plan, revision, region }): KnownPlan => ({ plan, source: 'saved', revision, region }),
      )
      return { rows: [...own, ...packed].map(shown) }
    },
  )

  app.get(
    '/api/plans/:plan',
    { schema: { summary: 'A plan', params: z.object({ plan: contentId }), response: { 200: knownPlan } } },
    async (request, reply) => {
      const known = await findPlan(db, services.packs, request.params.plan)
      if (isRefusal(known)) return reply.refuse(known)
      // A plan of the packs belongs to no region: whoever may ask for plans may read it.
      if (!request.access.permits({ region: known.region }) && known.region !== null)
        return reply.refuse(refuse('access.other-region'))
      return shown(known)
    },
  )

  app.put(
    '/api/plans/:plan',
    {
      schema: {
        summary: 'Save a plan',
        params: z.object({ plan: contentId }),
        body: savedPlan.omit({ plan: true }),
        response: { 200: knownPlan },
      },
    },
    async (request, reply) => {
      const { principal, actor } = request.access
      const region = principal?.region ?? null
      const denied = request.access.denies({ region })
      if (denied !== null || region === null) return reply.refuse(denied ?? refuse('access.not-signed-in'))
      const { map, ...terms } = request.body
      const plan = { ...terms, plan: request.params.plan, map: map ?? null }
      const saved = await savePlan(db, plan, { actor, region, now: services.clock().toString() })
      return isRefusal(saved) ? reply.refuse(saved) : shown(saved)
    },
  )
}
