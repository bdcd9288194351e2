import { z } from 'zod'
import { isRefusal } from '../../../core/refusal/refusal.ts'
import type { HttpApp } from '../../../kernel/http/app.ts'
import { pageOf, pageQuery } from '../../../kernel/http/bodies.ts'
import { cursorOf, keysetOf } from '../../../kernel/http/cursor.ts'
import type { Trust } from '../trust.ts'

const entry = z
  .object({
    id: z.number().int(),
    occurredAt: z.iso.datetime(),
    officer: z.string().nullable().describe('Officer code; null for the public'),
    post: z.string().nullable(),
    region: z.string().nullable(),
    route: z.string().describe('METHOD and the route’s pattern'),
    decision: z.enum(['denied', 'allowed']),
    reason: z.string().describe('The refusal’s code, or what was done'),
    requestId: z.string(),
  })
  .meta({ id: 'AuditEntry', description: 'Who was let in, and who was denied what' })

/** The audit, newest first, for the audit administrator. */
export function auditRoutes(app: HttpApp, trust: Trust): void {
  app.get(
    '/api/audit',
    {
      schema: {
        summary: 'The audit of sign-ins and denials',
        querystring: pageQuery.extend({
          officer: z.string().max(100).optional(),
          decision: z.enum(['denied', 'allowed']).optional(),
          reason: z.string().max(100).optional(),
          from: z.iso.datetime({ offset: true }).optional().describe('From this instant on'),
          to: z.iso.datetime({ offset: true }).optional().describe('Before this instant'),
        }),
        response: { 200: pageOf(entry) },
      },
    },
    async (request, reply) => {
      const { cursor, limit, officer, decision, reason, from, to } = request.query
      const before = cursor === undefined ? null : keysetOf(cursor, 1)
      if (isRefusal(before)) return reply.refuse(before)
      let matching = trust.store.selectFrom('audit_entry')
      if (officer !== undefined) matching = matching.where('officer', '=', officer)
      if (decision !== undefined) matching = matching.where('decision', '=', decision)
      if (reason !== undefined) matching = matching.where('reason', '=', reason)
      if (from !== undefined) matching = matching.where('occurred_at', '>=', from)
      if (to !== undefined) matching = matching.where('occurred_at', '<', to)
      const { total } = await matching.select((eb) => eb.fn.countAll<number>().as('total')).executeTakeFirstOrThrow()
      const page = before === null ? matching : matching.where('id', '<', Number(before[0]))
      const found = await page
        .selectAll()
        .orderBy('id', 'desc')
        .limit(limit + 1)
        .execute()
      const rows = found.slice(0, limit).map(({ occurred_at, request_id, ...row }) => ({
        ...row,
        occurredAt: occurred_at,
        requestId: request_id,
      }))
      return { rows, total, next: found.length > limit ? cursorOf([rows.at(-1)?.id ?? null]) : null }
    },
  )
}
