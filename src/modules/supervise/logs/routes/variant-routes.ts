import { z } from 'zod'
import { saysDeviation } from '../../../../core/procedure/deviations.ts'
import { refuse } from '../../../../core/refusal/refusal.ts'
import type { HttpApp } from '../../../../kernel/http/app.ts'
import type { Services } from '../../../../kernel/module.ts'
import { logDb } from '../tables.ts'
import { variantConformance } from '../variant-conformance.ts'
import { costBounds, deviation, logParams, pathMove, shortText } from './bodies.ts'

const MOST = 100

const variantNames = z
  .string()
  .regex(/^[0-9a-f]{32}(?:,[0-9a-f]{32})*$/)
  .transform((text) => text.split(','))
  .pipe(z.array(z.string()).max(MOST))
  .describe(`Names of variants, apart by commas, ${MOST} at most`)

const row = z
  .object({
    variant: z.string(),
    unfinished: z.boolean().describe('Cases still under way, which owe nothing yet'),
    fits: z.boolean().nullable().describe('Null: not solved within the budget'),
    ...costBounds,
    deviations: z.array(deviation),
    path: z.array(pathMove).describe('The optimal alignment; an event is a position in the variant'),
  })
  .meta({ id: 'VariantConformance', description: 'How one way that cases went keeps to a procedure' })

/** How the ways that the cases of a log went keep to a procedure. */
export function variantRoutes(app: HttpApp, services: Services): void {
  const db = logDb(services.db)
  app.get(
    '/api/logs/:id/conformance/variants',
    {
      schema: {
        summary: 'Conformance of some variants of a log to a procedure',
        params: logParams,
        querystring: z.object({ procedure: shortText(100), variants: variantNames }),
        response: { 200: z.object({ rows: z.array(row) }) },
      },
    },
    async (request, reply) => {
      const { id } = request.params
      const log = await db.selectFrom('log').select('region').where('id', '=', id).executeTakeFirst()
      if (log === undefined) return reply.refuse(refuse('log.unknown'))
      const denied = request.access.denies(log)
      if (denied !== null) return reply.refuse(denied)
      const { procedure, variants } = request.query
      const rows = await variantConformance(db, id, procedure, variants)
      return {
        rows: rows.map(({ path, deviations, ...one }) => ({
          ...one,
          deviations: deviations.map((found) => ({ ...found, says: saysDeviation(found) })),
          path: path.map(([element, kind, event]) => ({ element, kind, event })),
        })),
      }
    },
  )
}
