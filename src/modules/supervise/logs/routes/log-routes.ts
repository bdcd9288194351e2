import { randomUUIDv7 } from 'node:crypto'
import { rm } from 'node:fs/promises'
import { Readable } from 'node:stream'
import fastifyMultipart from '@fastify/multipart'
import type { FastifyRequest } from 'fastify'
import { z } from 'zod'
import { isRefusal, type Refusal, refuse } from '../../../../core/refusal/refusal.ts'
import type { HttpApp } from '../../../../kernel/http/app.ts'
import { pageOf, pageQuery } from '../../../../kernel/http/bodies.ts'
import { cursorOf, keysetOf } from '../../../../kernel/http/cursor.ts'
import type { Services } from '../../../../kernel/module.ts'
import { type LogMapping, logMappingSchema } from '../../../../kernel/tables/log-mapping.ts'
import { reportLines } from '../../../../kernel/tables/report-csv.ts'
import type { LogJobs } from '../jobs.ts'
import { logDetailOf } from '../log-detail.ts'
import { logsPage } from '../log-list.ts'
import { type LogDb, logDb } from '../tables.ts'
import { takeUpload, type Upload } from '../upload.ts'
import { logDetail, logParams, logRow, shortText, started } from './bodies.ts'

const PIECE = 5000

/** Importing logs, listing them, and one log's page. */
export function logRoutes(app: HttpApp, services: Services, jobs: LogJobs): void {
  const db = logDb(services.db)

  app.register(async (scope) => {
    await scope.register(fastifyMultipart)
    scope.withTypeProvider().post(
      '/api/logs',
      {
        schema: {
          summary: 'Import a log from a file',
          description:
            'multipart/form-data: `file` (CSV or XES, plain or gzip), `name` or `log` (an existing log, whose cases the ' +
            'file then supersedes), optional `mapping` (JSON) or `mappingId`, optional `region`. The import runs as a job.',
          consumes: ['multipart/form-data'],
          response: { 202: started },
        },
      },
      async (request, reply) => {
        const upload = await takeUpload(request, services.config.home)
        if (isRefusal(upload)) return reply.refuse(upload)
        const target = await targetOf(db, upload, request)
        if (isRefusal(target)) {
          await rm(upload.path, { force: true })
          return reply.refuse(target)
        }
        const job = await services.jobs.start(
          jobs.import,
          {
            ...target,
            path: upload.path,
            file: upload.file,
            zone: services.config.zone,
            actor: request.access.actor,
          },
          { officer: request.access.actor.officer, region: target.region },
        )
        return reply.code(202).send({ job, log: target.log })
      },
    )
  })

  app.get(
    '/api/logs',
    {
      schema: {
        summary: 'Logs',
        querystring: pageQuery.extend({ search: shortText(100).optional().describe('Part of the name') }),
        response: { 200: pageOf(logRow) },
      },
    },
    async (request, reply) => {
      const { cursor, limit, search } = request.query
      const after = cursor === undefined ? null : keysetOf(cursor, 2)
      if (isRefusal(after)) return reply.refuse(after)
      const { rows, total, more } = await logsPage(db, search, request.access.where('log.region'), after, limit)
      const last = rows.at(-1)
      return { rows, total, next: more && last !== undefined ? cursorOf([last.createdAt, last.id]) : null }
    },
  )

  app.get(
    '/api/logs/:id',
    { schema: { summary: 'A log', params: logParams, response: { 200: logDetail } } },
    async (request, reply) => {
      const detail = await logDetailOf(db, request.params.id)
      if (detail === null) return reply.refuse(refuse('log.unknown'))
      const denied = request.access.denies(detail)
      return denied === null ? detail : reply.refuse(denied)
    },
  )

  app.get(
    '/api/logs/:id/report.csv',
    {
      schema: {
        summary: 'Every row of an import that was not used, with its reason',
        params: logParams,
        querystring: z.object({ import: z.uuid().optional().describe('The last import where absent') }),
      },
    },
    async (request, reply) => {
      const { id } = request.params
      const log = await db.selectFrom('log').select('region').where('id', '=', id).executeTakeFirst()
      if (log === undefined) return reply.refuse(refuse('log.unknown'))
      const denied = request.access.denies(log)
      if (denied !== null) return reply.refuse(denied)
      let batches = db.selectFrom('log_import').select('id').where('log_id', '=', id)
      if (request.query.import !== undefined) batches = batches.where('id', '=', request.query.import)
      const batch = await batches.orderBy('sequence', 'desc').executeTakeFirst()
      if (batch === undefined) return reply.refuse(refuse('log.unknown'))
      return reply
        .type('text/csv; charset=utf-8')
        .header('content-disposition', 'attachment; filename="reported-rows.csv"')
        .send(Readable.from(reportedCsv(db, batch.id)))
    },
  )
}

async function* reportedCsv(db: LogDb, batch: string): AsyncGenerator<string> {
  yield reportLines('head')
  let after = 0
  for (;;) {
    const rows = await db
      .selectFrom('log_reported_row')
      .select(['row', 'reason', 'cell as text'])
      .where('import_id', '=', batch)
      .where('row', '>', after)
      .orderBy('row')
      .limit(PIECE)
      .execute()
    const last = rows.at(-1)
    if (last === undefined) return
    yield reportLines(rows)
    after = last.row
  }
}

/** Which log an upload goes into and how it is read; refused where a field is missing or out of reach. */
async function targetOf(
  db: LogDb,
  { fields }: Upload,
  request: FastifyRequest,
): Promise<{ log: string; name: string; region: string; mapping: LogMapping | null } | Refusal> {
  const mapping = await mappingOf(db, fields, request)
  if (isRefusal(mapping)) return mapping
  if (fields.log !== undefined && fields.log !== '') {
    if (!z.uuid().safeParse(fields.log).success) return refuse('log.upload-without-file', { field: 'log' })
    const known = await db
      .selectFrom('log')
      .select(['id', 'name', 'region'])
      .where('id', '=', fields.log)
      .executeTakeFirst()
    if (known === undefined) return refuse('log.unknown')
    return request.access.denies(known) ?? { log: known.id, name: known.name, region: known.region, mapping }
  }
  const name = fields.name?.trim() ?? ''
  if (name === '' || name.length > 200 || name.includes('\0'))
    return refuse('log.upload-without-file', { field: 'name' })
  const region = fields.region ?? request.access.principal?.region ?? ''
  if (!/^\d+(\/\d+)*$/.test(region)) return refuse('log.upload-without-file', { field: 'region' })
  return request.access.denies({ region }) ?? { log: randomUUIDv7(), name, region, mapping }
}

async function mappingOf(
  db: LogDb,
  { mapping, mappingId }: Upload['fields'],
  request: FastifyRequest,
): Promise<LogMapping | null | Refusal> {
  if (mapping !== undefined && mapping !== '') {
    try {
      const checked = logMappingSchema.safeParse(JSON.parse(mapping))
      if (checked.success) return checked.data
      const issue = checked.error.issues[0]
      return refuse('log.mapping-malformed', { key: issue?.path.join('.') || '/', why: issue?.message ?? '' })
    } catch (error) {
      if (error instanceof SyntaxError) return refuse('log.mapping-malformed', { key: '/', why: 'JSON' })
      throw error
    }
  }
  if (mappingId === undefined || mappingId === '') return null
  if (!z.uuid().safeParse(mappingId).success) return refuse('log.mapping-unknown')
  const saved = await db
    .selectFrom('log_mapping')
    .select(['mapping', 'region'])
    .where('id', '=', mappingId)
    .executeTakeFirst()
  if (saved === undefined) return refuse('log.mapping-unknown')
  return request.access.denies(saved) ?? saved.mapping
}
