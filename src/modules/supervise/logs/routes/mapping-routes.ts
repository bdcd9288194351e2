import { z } from 'zod'
import { isRefusal, refuse } from '../../../../core/refusal/refusal.ts'
import type { HttpApp } from '../../../../kernel/http/app.ts'
import { pageOf, pageQuery } from '../../../../kernel/http/bodies.ts'
import { cursorOf, keysetOf } from '../../../../kernel/http/cursor.ts'
import type { Services } from '../../../../kernel/module.ts'
import { logMappingSchema } from '../../../../kernel/tables/log-mapping.ts'
import { saveMapping } from '../mappings.ts'
import { logDb } from '../tables.ts'
import { logParams, mappingRow } from './bodies.ts'

/** Saved mappings: how the logs of one system are read, again and again. */
export function mappingRoutes(app: HttpApp, { db: kernel, clock }: Services): void {
  const db = logDb(kernel)

  app.get(
    '/api/log-mappings',
    { schema: { summary: 'Saved mappings', querystring: pageQuery, response: { 200: pageOf(mappingRow) } } },
    async (request, reply) => {
      const { cursor, limit } = request.query
      const after = cursor === undefined ? null : keysetOf(cursor, 2)
      if (isRefusal(after)) return reply.refuse(after)
      const reached = db.selectFrom('log_mapping').where(request.access.where('region'))
      const { total } = await reached
        .select((count) => count.fn.countAll<number>().as('total'))
        .executeTakeFirstOrThrow()
      const from =
        after === null
          ? reached
          : reached.where((where) =>
              where.or([
                where('name', '>', after[0] as string),
                where.and([where('name', '=', after[0] as string), where('id', '>', after[1] as string)]),
              ]),
            )
      const rows = await from
        .selectAll()
        .orderBy('name')
        .orderBy('id')
        .limit(limit + 1)
        .execute()
      const page = rows.slice(0, limit).map(({ saved_at, saved_by: _, ...row }) => ({ ...row, savedAt: saved_at }))
      const last = page.at(-1)
      return { rows: page, total, next: rows.length > limit && last ? cursorOf([last.name, last.id]) : null }
    },
  )

  app.put(
    '/api/log-mappings/:id',
    {
      schema: {
        summary: 'Save a mapping',
        description: 'A new mapping has an id of the caller’s making and revision 0.',
        params: logParams,
        body: z.strictObject({
          name: z.string().min(1).max(200),
          region: z
            .string()
            .regex(/^\d+(\/\d+)*$/)
            .optional(),
          mapping: logMappingSchema,
          revision: z.int().min(0).describe('The revision that the change began from'),
        }),
        response: { 200: z.object({ id: z.string(), revision: z.int() }) },
      },
    },
    async (request, reply) => {
      const { id } = request.params
      const { name, mapping, revision } = request.body
      const present = await db.selectFrom('log_mapping').select('region').where('id', '=', id).executeTakeFirst()
      const region = present?.region ?? request.body.region ?? request.access.principal?.region ?? null
      const denied = request.access.denies({ region })
      if (denied !== null) return reply.refuse(denied)
      if (region === null) return reply.refuse(refuse('log.upload-without-file', { field: 'region' }))
      const { officer } = request.access.actor
      const saved = await saveMapping(db, { id, region, name, mapping, revision }, clock(), officer)
      return isRefusal(saved) ? reply.refuse(saved) : { id, revision: saved }
    },
  )
}
