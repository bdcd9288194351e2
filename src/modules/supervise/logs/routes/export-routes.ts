import { Readable } from 'node:stream'
import type { FastifyReply, FastifyRequest } from 'fastify'
import { stringify } from 'yaml'
import type { EventLog } from '../../../../core/eventlog/event-log.ts'
import { isRefusal, type Refusal, refuse } from '../../../../core/refusal/refusal.ts'
import type { HttpApp } from '../../../../kernel/http/app.ts'
import type { Services } from '../../../../kernel/module.ts'
import { publish } from '../../../../kernel/outbox/publish.ts'
import { csvOfLog, csvPlan } from '../../../../kernel/tables/export/csv-export.ts'
import type { ExportPlan } from '../../../../kernel/tables/export/log-keys.ts'
import { xesOfLog, xesPlan } from '../../../../kernel/tables/export/xes-export.ts'
import { pseudonym } from '../pseudonym.ts'
import { openStoredLog } from '../stored-log.ts'
import { logDb } from '../tables.ts'
import { logParams } from './bodies.ts'

/** A log whose officers stand under the marks by which the console shows them. */
function withMarks(log: EventLog, key: Uint8Array): EventLog {
  const officers = log.eventAttributes.get('officer')
  if (officers === undefined) return log
  const dictionary = officers.dictionary.map((officer) => pseudonym(key, officer))
  return { ...log, eventAttributes: new Map([...log.eventAttributes, ['officer', { ...officers, dictionary }]]) }
}

/**
 * A stored log as a file, officers under their marks: nobody's role shows their names. Each export is an event of the
 * log, and the access table has it in the audit.
 */
export function exportRoutes(app: HttpApp, services: Services): void {
  const { db: kernel, olap, config, clock } = services
  const db = logDb(kernel)

  const opened = async (request: FastifyRequest, id: string): Promise<EventLog | Refusal> => {
    const known = await db.selectFrom('log').select(['region', 'pseudonym_key']).where('id', '=', id).executeTakeFirst()
    if (known === undefined) return refuse('log.unknown')
    const denied = request.access.denies(known)
    if (denied !== null) return denied
    const log = await openStoredLog({ db: kernel, olap, home: config.home }, id)
    return isRefusal(log) ? log : withMarks(log, known.pseudonym_key)
  }

  const told = (request: FastifyRequest, id: string, format: string, log: EventLog): Promise<void> =>
    db.transaction().execute(async (transaction) => {
      const { region } = await transaction
        .selectFrom('log')
        .select('region')
        .where('id', '=', id)
        .executeTakeFirstOrThrow()
      await publish(transaction, {
        kind: 'log.exported',
        version: 1,
        aggregate: { kind: 'log', id },
        causedBy: null,
        occurredAt: clock().toString(),
        actor: request.access.actor,
        region,
        power: null,
        basis: [],
        payload: { format, cases: log.caseIds.length, events: log.time.length },
      })
    })

  const send = async (
    request: FastifyRequest,
    reply: FastifyReply,
    id: string,
    format: 'csv' | 'xes',
  ): Promise<FastifyReply> => {
    const log = await opened(request, id)
    if (isRefusal(log)) return reply.refuse(log)
    await told(request, id, format, log)
    const pieces = format === 'csv' ? csvOfLog(log, csvPlan(log)) : xesOfLog(log, xesPlan(log))
    return reply
      .type(format === 'csv' ? 'text/csv; charset=utf-8' : 'application/xml; charset=utf-8')
      .header('content-disposition', `attachment; filename="log.${format}"`)
      .send(Readable.from(pieces))
  }

  app.get(
    '/api/logs/:id/export.csv',
    { schema: { summary: 'A log as CSV; `export.map.yml` reads it back', params: logParams } },
    (request, reply) => send(request, reply, request.params.id, 'csv'),
  )
  app.get(
    '/api/logs/:id/export.xes',
    { schema: { summary: 'A log as XES (IEEE 1849-2016)', params: logParams } },
    (request, reply) => send(request, reply, request.params.id, 'xes'),
  )
  app.get(
    '/api/logs/:id/export.map.yml',
    { schema: { summary: 'The mapping that reads the CSV export back as the same log', params: logParams } },
    async (request, reply) => {
      const log = await opened(request, request.params.id)
      if (isRefusal(log)) return reply.refuse(log)
      const { mapping }: ExportPlan = csvPlan(log)
      return reply
        .type('application/yaml; charset=utf-8')
        .header('content-disposition', 'attachment; filename="log.csv.map.yml"')
        .send(stringify(mapping))
    },
  )
}
