import { z } from 'zod'
import { caseView } from '../../../../core/eventlog/case-view.ts'
import { saysDeviation } from '../../../../core/procedure/deviations.ts'
import { isRefusal, refuse } from '../../../../core/refusal/refusal.ts'
import type { HttpApp } from '../../../../kernel/http/app.ts'
import { pageOf, pageQuery } from '../../../../kernel/http/bodies.ts'
import { cursorOf, keysetOf } from '../../../../kernel/http/cursor.ts'
import type { Services } from '../../../../kernel/module.ts'
import { isoInstant } from '../../../../kernel/tables/time-role.ts'
import { casesPage, type ListedCase, oneCase } from '../case-list.ts'
import type { LogJobs } from '../jobs.ts'
import { conformanceOf } from '../log-detail.ts'
import { pseudonym } from '../pseudonym.ts'
import { openStoredCase } from '../stored-log.ts'
import { logDb } from '../tables.ts'
import { caseDetail, caseParams, caseRow, conformance, logParams, shortText, started } from './bodies.ts'

const procedure = shortText(100).optional().describe('The procedure that `fits` and `deviation` speak of')

const shown = ({ position: _, path: _path, deviations, ...row }: ListedCase) => ({
  ...row,
  deviations: deviations.map((deviation) => ({ ...deviation, says: saysDeviation(deviation) })),
})

/** The cases of a log, one case, and conformance of a log to a procedure. */
export function caseRoutes(app: HttpApp, services: Services, jobs: LogJobs): void {
  const { db: kernel, olap, config } = services
  const db = logDb(kernel)

  app.get(
    '/api/logs/:id/cases',
    {
      schema: {
        summary: 'Cases of a log',
        params: logParams,
        querystring: pageQuery.extend({
          search: shortText(200).optional().describe('Part of the case id'),
          variant: shortText(64).optional(),
          procedure,
          fits: z.enum(['fitting', 'deviating', 'unsolved']).optional(),
          deviation: shortText(500).optional().describe('Key of a deviation, e.g. `skipped:审查`'),
          found: shortText(100).optional().describe('`any`, or the id of a check that found something'),
        }),
        response: { 200: pageOf(caseRow) },
      },
    },
    async (request, reply) => {
      const { cursor, limit, ...filters } = request.query
      const after = cursor === undefined ? null : keysetOf(cursor, 1)
      if (isRefusal(after)) return reply.refuse(after)
      const reach = request.access.where('c.region')
      const { rows, total, more } = await casesPage(db, request.params.id, filters, reach, after, limit)
      const last = rows.at(-1)
      return { rows: rows.map(shown), total, next: more && last !== undefined ? cursorOf([last.position]) : null }
    },
  )

  app.get(
    '/api/logs/:id/cases/:caseId',
    {
      schema: {
        summary: 'A case of a log',
        params: caseParams,
        querystring: z.object({ procedure }),
        response: { 200: caseDetail },
      },
    },
    async (request, reply) => {
      const { id, caseId } = request.params
      const log = await db.selectFrom('log').select('pseudonym_key').where('id', '=', id).executeTakeFirst()
      const found = log === undefined ? null : await oneCase(db, id, caseId, request.query.procedure)
      if (log === undefined || found === null) return reply.refuse(refuse('log.unknown-case'))
      const denied = request.access.denies(found)
      if (denied !== null) return reply.refuse(denied)
      const read = await openStoredCase({ db: kernel, olap, home: config.home }, id, caseId)
      if (isRefusal(read)) return reply.refuse(read)
      const { attributes, events } = caseView(read, 0)
      return {
        ...shown(found),
        attributes,
        timeline: events.map(({ row, activity, time, attributes: { officer, organ, ...others } }) => ({
          row,
          activity,
          happenedAt: time === null ? null : isoInstant(time),
          officer: officer === undefined ? null : pseudonym(log.pseudonym_key, officer),
          organ: organ ?? null,
          attributes: others,
        })),
        procedure: found.judged ? (request.query.procedure ?? null) : null,
        path: found.path.map(([element, kind, event]) => ({ element, kind, event })),
      }
    },
  )

  app.post(
    '/api/logs/:id/conformance',
    {
      schema: {
        summary: 'Judge a log by a procedure',
        params: logParams,
        body: z.strictObject({ procedure: z.string().min(1).max(100).describe('Id of a procedure of the packs') }),
        response: { 202: started },
      },
    },
    async (request, reply) => {
      const { id } = request.params
      const log = await db.selectFrom('log').select('region').where('id', '=', id).executeTakeFirst()
      if (log === undefined) return reply.refuse(refuse('log.unknown'))
      const denied = request.access.denies(log)
      if (denied !== null) return reply.refuse(denied)
      const { officer } = request.access.actor
      const input = { log: id, procedure: request.body.procedure, officer }
      const job = await services.jobs.start(jobs.conformance, input, { officer, region: log.region })
      return reply.code(202).send({ job, log: id })
    },
  )

  app.get(
    '/api/logs/:id/conformance',
    {
      schema: {
        summary: 'What conformance of a log to procedures came to',
        params: logParams,
        response: { 200: z.object({ rows: z.array(conformance) }) },
      },
    },
    async (request, reply) => {
      const { id } = request.params
      const log = await db.selectFrom('log').select('region').where('id', '=', id).executeTakeFirst()
      if (log === undefined) return reply.refuse(refuse('log.unknown'))
      const denied = request.access.denies(log)
      if (denied !== null) return reply.refuse(denied)
      return { rows: await conformanceOf(db, id) }
    },
  )
}
