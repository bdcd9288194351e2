import { sql } from 'kysely'
import { z } from 'zod'
import { refuse } from '../../core/refusal/refusal.ts'
import type { Db } from '../db/db.ts'
import type { HttpApp } from './app.ts'

/** Whether the server and its store answer: for a supervisor of processes, and for a proxy. */
export function healthRoute(app: HttpApp, db: Db): void {
  app.get(
    '/api/health',
    {
      schema: {
        summary: 'Whether the server and its store answer',
        response: { 200: z.object({ ok: z.literal(true) }) },
      },
    },
    async (request, reply) => {
      try {
        await sql`select 1`.execute(db)
      } catch (error) {
        request.log.error({ error }, 'the store does not answer')
        return reply.refuse(refuse('http.store-silent'))
      }
      return { ok: true as const }
    },
  )
}
