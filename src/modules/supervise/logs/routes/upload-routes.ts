import { randomUUIDv7 } from 'node:crypto'
import { rm, stat } from 'node:fs/promises'
import fastifyMultipart from '@fastify/multipart'
import type { FastifyRequest } from 'fastify'
import { z } from 'zod'
import { isRefusal, type Refusal, refuse } from '../../../../core/refusal/refusal.ts'
import type { HttpApp } from '../../../../kernel/http/app.ts'
import type { Services } from '../../../../kernel/module.ts'
import { logMappingSchema } from '../../../../kernel/tables/log-mapping.ts'
import { personalTexts } from '../../../../kernel/tables/survey/personal.ts'
import { previewCases } from '../../../../kernel/tables/survey/preview-cases.ts'
import { type Survey, surveyFile } from '../../../../kernel/tables/survey/survey-file.ts'
import type { LogJobs } from '../jobs.ts'
import { logDb } from '../tables.ts'
import { takeUpload } from '../upload.ts'
import { isThere, keepUpload, takeWaiting, type WaitingUpload, waitingUpload } from '../uploads.ts'
import { logParams, shortText, started } from './bodies.ts'

const count = z.number().int()
const bilingual = z.object({ zh: z.string(), en: z.string() })

const survey = z
  .object({
    upload: z.string(),
    file: z.string(),
    size: count,
    format: z.enum(['csv', 'xlsx', 'xes', 'ocel']),
    choice: z
      .object({ kind: z.enum(['sheet', 'objectType']), chosen: z.string(), names: z.array(z.string()) })
      .nullable()
      .describe('Sheets of a workbook, or types of objects'),
    rows: count.describe('Rows that were looked at'),
    whole: z.boolean().describe('Whether these are all rows of the file'),
    columns: z.array(
      z.object({
        name: z.string(),
        filled: count,
        distinct: count,
        samples: z.array(z.string()).describe('Some values; those of persons masked'),
        time: z
          .object({
            format: z.string(),
            share: z.number(),
            open: z.boolean().describe('Day and month cannot be told apart'),
          })
          .nullable(),
        personal: z.object({ kind: z.string(), says: bilingual }).nullable(),
      }),
    ),
    guesses: z.array(
      z.object({
        role: z.enum(['case', 'activity', 'time', 'officer', 'organ']),
        column: z.string(),
        confidence: z.number(),
        why: z.array(bilingual),
      }),
    ),
    missing: z.array(z.string()),
    hint: bilingual.nullable().describe('What to do about a table that is no log as it stands'),
    mapping: z.looseObject({}).nullable().describe('The mapping that the guesses make'),
  })
  .meta({ id: 'LogSurvey', description: 'What the first rows of a file tell of its columns' })

const preview = z
  .object({
    cases: z.array(
      z.object({
        id: z.string(),
        events: z.array(
          z.object({
            row: count,
            activity: z.string(),
            happenedAt: z.string().nullable(),
            officer: z.string().nullable().describe('Masked'),
            organ: z.string().nullable(),
          }),
        ),
        more: count,
      }),
    ),
    counts: z.object({ cases: count, events: count, activities: count }),
    rows: z.object({ in: count, used: count, reported: count }),
    problems: z.array(z.object({ grave: z.boolean(), says: bilingual })),
    whole: z.boolean(),
  })
  .meta({ id: 'LogPreview', description: 'The first cases of a file as a mapping reads them' })

const shown = (
  upload: string,
  file: string,
  size: number,
  { head, columns, roles, missing, mapping, hint }: Survey,
) => ({
  upload,
  file,
  size,
  format: head.format,
  choice: head.choice === null ? null : { ...head.choice, names: [...head.choice.names] },
  rows: head.rows.length,
  whole: head.whole,
  columns: columns.map(({ name, filled, distinct, samples, time, personal }) => ({
    name,
    filled,
    distinct,
    samples: [...samples],
    time,
    personal: personal === null ? null : { kind: personal, says: personalTexts[personal] },
  })),
  guesses: roles.map((guess) => ({ ...guess, why: [...guess.why] })),
  missing: [...missing],
  hint,
  mapping,
})

/** Files that are looked at, mapped and previewed before they are imported. */
export function uploadRoutes(app: HttpApp, services: Services, jobs: LogJobs): void {
  const db = logDb(services.db)
  const { home, zone } = services.config

  /** The waiting file that a request names, if it reaches it and the file is still there. */
  const asked = async (request: FastifyRequest<{ Params: { id: string } }>): Promise<WaitingUpload | Refusal> => {
    const upload = await waitingUpload(db, home, request.params.id)
    if (isRefusal(upload)) return upload
    const denied = request.access.denies(upload)
    if (denied !== null) return denied
    return isThere(upload) ? upload : refuse('log.upload-gone')
  }

  app.register(async (scope) => {
    await scope.register(fastifyMultipart)
    scope.withTypeProvider().post(
      '/api/log-uploads',
      {
        schema: {
          summary: 'Send a file to be looked at before it is imported',
          description:
            'multipart/form-data: `file` (CSV, XLSX, XES or OCEL 2.0 JSON), optional `region`. It waits for a day.',
          consumes: ['multipart/form-data'],
          response: { 200: survey },
        },
      },
      async (request, reply) => {
        const upload = await takeUpload(request, home)
        if (isRefusal(upload)) return reply.refuse(upload)
        const region = upload.fields.region ?? request.access.principal?.region ?? ''
        const looked = request.access.denies({ region }) ?? (await surveyFile(upload.path, {}, upload.file))
        if (isRefusal(looked)) {
          await rm(upload.path, { force: true })
          return reply.refuse(looked)
        }
        const { size } = await stat(upload.path)
        const { officer } = request.access.actor
        const id = await keepUpload(db, { ...upload, size }, region, officer, services.clock())
        return shown(id, upload.file, size, looked)
      },
    )
  })

  app.post(
    '/api/log-uploads/:id/survey',
    {
      schema: {
        summary: 'Look at another sheet or type of objects of a waiting file',
        params: logParams,
        body: z.strictObject({ sheet: shortText(200).optional(), objectType: shortText(200).optional() }),
        response: { 200: survey },
      },
    },
    async (request, reply) => {
      const upload = await asked(request)
      if (isRefusal(upload)) return reply.refuse(upload)
      const looked = await surveyFile(upload.path, request.body, upload.file)
      if (isRefusal(looked)) return reply.refuse(looked)
      const { size } = await stat(upload.path)
      return shown(upload.id, upload.file, size, looked)
    },
  )

  app.post(
    '/api/log-uploads/:id/preview',
    {
      schema: {
        summary: 'The first cases of a waiting file, as a mapping reads them',
        params: logParams,
        body: z.strictObject({ mapping: logMappingSchema }),
        response: { 200: preview },
      },
    },
    async (request, reply) => {
      const upload = await asked(request)
      if (isRefusal(upload)) return reply.refuse(upload)
      const read = await previewCases(upload.path, request.body.mapping, zone, upload.file)
      if (isRefusal(read)) return reply.refuse(read)
      return {
        ...read,
        cases: read.cases.map((one) => ({ ...one, events: [...one.events] })),
        problems: [...read.problems],
      }
    },
  )

  app.post(
    '/api/log-uploads/:id/import',
    {
      schema: {
        summary: 'Import a waiting file',
        description: 'Into a new log with this `name`, or into `log`, whose cases the file then supersedes.',
        params: logParams,
        body: z.strictObject({
          name: shortText(200).optional(),
          log: z.uuid().optional(),
          mapping: logMappingSchema,
        }),
        response: { 202: started },
      },
    },
    async (request, reply) => {
      const upload = await asked(request)
      if (isRefusal(upload)) return reply.refuse(upload)
      const target = await targetOf(request.body, upload.region)
      if (isRefusal(target)) return reply.refuse(target)
      const denied = request.access.denies(target)
      if (denied !== null) return reply.refuse(denied)
      const path = await takeWaiting(db, upload)
      if (isRefusal(path)) return reply.refuse(path)
      const { mapping } = request.body
      const input = { ...target, mapping, path, file: upload.file, zone, actor: request.access.actor }
      const { officer } = request.access.actor
      const job = await services.jobs.start(jobs.import, input, { officer, region: target.region })
      return reply.code(202).send({ job, log: target.log })
    },
  )

  async function targetOf(
    { log, name = '' }: { readonly log?: string | undefined; readonly name?: string | undefined },
    region: string,
  ): Promise<{ readonly log: string; readonly name: string; readonly region: string } | Refusal> {
    if (log === undefined) {
      if (name.trim() === '') return refuse('log.upload-without-file', { field: 'name' })
      return { log: randomUUIDv7(), name: name.trim(), region }
    }
    const known = await db.selectFrom('log').select(['id', 'name', 'region']).where('id', '=', log).executeTakeFirst()
    return known === undefined ? refuse('log.unknown') : { log: known.id, name: known.name, region: known.region }
  }
}
