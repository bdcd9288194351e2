import type { FastifyReply, FastifyRequest } from 'fastify'
import { z } from 'zod'
import { defaultZeta } from '../../../../core/eventlog/temporal-profile.ts'
import { isRefusal, refuse } from '../../../../core/refusal/refusal.ts'
import type { HttpApp } from '../../../../kernel/http/app.ts'
import { pageQuery } from '../../../../kernel/http/bodies.ts'
import { cursorOf, keysetOf } from '../../../../kernel/http/cursor.ts'
import type { Services } from '../../../../kernel/module.ts'
import { StoredAnalyses } from '../analysis/analyse-stored.ts'
import { filterText } from '../analysis/filter.ts'
import type { PageOf, Question, StatedFilter } from '../analysis/question.ts'
import { verdictsOf } from '../analysis/verdicts.ts'
import { logDb } from '../tables.ts'
import {
  casesBody,
  compareBody,
  deviationsBody,
  facetsBody,
  graphBody,
  groupings,
  handoverBody,
  openBody,
  overviewBody,
  reworkBody,
  rhythmBody,
  temporalBody,
  throughputBody,
  variantsBody,
} from './analysis-bodies.ts'
import { logParams, shortText } from './bodies.ts'

const filterQuery = z.object({ filter: filterText })
const pagedFilter = pageQuery.extend({ filter: filterText })

/** What a log of another system shows by itself: its ways, times, hands and hours, without a procedure to judge it by. */
export function analysisRoutes(app: HttpApp, services: Services): void {
  const { db: kernel, olap, config, packs } = services
  const db = logDb(kernel)
  const analyses = new StoredAnalyses(
    { db: kernel, olap, home: config.home },
    packs,
    config.zone,
    config.inMemoryEvents,
  )
  app.addHook('onClose', () => analyses.close())

  type Asked = FastifyRequest & { readonly params: z.output<typeof logParams> }

  /** Answers where the log's region is within reach; the answer was made by the thread as JSON and is sent as it is. */
  async function reply(request: Asked, send: FastifyReply, filter: StatedFilter | undefined, question: Question) {
    const denied = await deniedTo(request)
    if (denied !== null) return send.refuse(denied)
    const text = await analyses.answer(request.params.id, filter ?? null, question)
    if (isRefusal(text)) return send.refuse(text)
    return JSON.parse(text)
  }

  /** The same for a page of rows, whose answer says how many there are. */
  async function replyPage(
    request: Asked,
    send: FastifyReply,
    { filter, cursor, limit }: z.output<typeof pagedFilter>,
    question: (page: PageOf) => Question,
  ) {
    const denied = await deniedTo(request)
    if (denied !== null) return send.refuse(denied)
    const after = cursor === undefined ? [0] : keysetOf(cursor, 1)
    if (isRefusal(after)) return send.refuse(after)
    const [from] = after
    if (typeof from !== 'number' || !Number.isInteger(from) || from < 0) return send.refuse(refuse('http.bad-cursor'))
    const text = await analyses.answer(request.params.id, filter ?? null, question({ from, limit }))
    if (isRefusal(text)) return send.refuse(text)
    const found = JSON.parse(text)
    return { ...found, next: from + limit < found.total ? cursorOf([from + limit]) : null }
  }

  app.get(
    '/api/logs/:id/analysis/facets',
    {
      schema: {
        summary: 'What a filter of a log can choose from',
        params: logParams,
        querystring: filterQuery,
        response: { 200: facetsBody },
      },
    },
    (request, send) => reply(request, send, request.query.filter, { kind: 'facets' }),
  )

  app.get(
    '/api/logs/:id/analysis/overview',
    {
      schema: {
        summary: 'A log at a glance, and what deserves a look first',
        params: logParams,
        querystring: filterQuery.extend({
          calendar: shortText(100).optional().describe('Id of a calendar of the packs: adds durations in working days'),
        }),
        response: { 200: overviewBody },
      },
    },
    async (request, send) => {
      const { filter, calendar: id } = request.query
      const calendar = id === undefined ? null : await analyses.calendar(id)
      if (isRefusal(calendar)) return send.refuse(calendar)
      return reply(request, send, filter, { kind: 'overview', calendar })
    },
  )

  app.get(
    '/api/logs/:id/analysis/variants',
    {
      schema: {
        summary: 'The ways that cases went',
        params: logParams,
        querystring: pagedFilter,
        response: { 200: variantsBody },
      },
    },
    (request, send) => replyPage(request, send, request.query, (page) => ({ kind: 'variants', page })),
  )

  app.get(
    '/api/logs/:id/analysis/graph',
    {
      schema: {
        summary: 'Which activity directly follows which',
        params: logParams,
        querystring: filterQuery,
        response: { 200: graphBody },
      },
    },
    (request, send) => reply(request, send, request.query.filter, { kind: 'graph' }),
  )

  app.get(
    '/api/logs/:id/analysis/throughput',
    {
      schema: {
        summary: 'What went through each step or unit, and how long it waited',
        params: logParams,
        querystring: filterQuery.extend({ by: z.enum(groupings).default('step') }),
        response: { 200: throughputBody },
      },
    },
    (request, send) => {
      const { filter, by } = request.query
      return reply(request, send, filter, { kind: 'throughput', by })
    },
  )

  app.get(
    '/api/logs/:id/analysis/temporal',
    {
      schema: {
        summary: 'Times between steps, and where a case is far from the usual',
        params: logParams,
        querystring: pagedFilter.extend({
          zeta: z.coerce
            .number()
            .min(0)
            .max(1000)
            .default(defaultZeta)
            .describe('Standard deviations that are still usual'),
        }),
        response: { 200: temporalBody },
      },
    },
    (request, send) => {
      const { zeta, ...paged } = request.query
      return replyPage(request, send, paged, (page) => ({ kind: 'temporal', zeta, page }))
    },
  )

  app.get(
    '/api/logs/:id/analysis/rework',
    {
      schema: {
        summary: 'What cases did more than once',
        params: logParams,
        querystring: filterQuery,
        response: { 200: reworkBody },
      },
    },
    (request, send) => reply(request, send, request.query.filter, { kind: 'rework' }),
  )

  app.get(
    '/api/logs/:id/analysis/handovers',
    {
      schema: {
        summary: 'Who hands over to whom',
        params: logParams,
        querystring: filterQuery.extend({ by: z.enum(['officer', 'organ', 'post']).default('organ') }),
        response: { 200: handoverBody },
      },
    },
    (request, send) => {
      const { filter, by } = request.query
      return reply(request, send, filter, { kind: 'handovers', by })
    },
  )

  app.get(
    '/api/logs/:id/analysis/rhythm',
    {
      schema: {
        summary: 'Events by hour of the week',
        params: logParams,
        querystring: filterQuery.extend({ by: z.enum(['none', 'organ', 'post', 'officer']).default('none') }),
        response: { 200: rhythmBody },
      },
    },
    (request, send) => {
      const { filter, by } = request.query
      return reply(request, send, filter, { kind: 'rhythm', by })
    },
  )

  app.get(
    '/api/logs/:id/analysis/open',
    {
      schema: {
        summary: 'Cases begun, ended and open over time',
        params: logParams,
        querystring: filterQuery.extend({ step: z.enum(['day', 'week', 'month']).default('day') }),
        response: { 200: openBody },
      },
    },
    (request, send) => {
      const { filter, step } = request.query
      return reply(request, send, filter, { kind: 'open', step })
    },
  )

  app.get(
    '/api/logs/:id/analysis/cases',
    {
      schema: {
        summary: 'The cases that a filter leaves',
        params: logParams,
        querystring: pagedFilter.extend({
          order: z.enum(['started', 'longest', 'shortest', 'events']).default('started'),
          procedure: shortText(100).optional().describe('The procedure that `fits` and `deviation` speak of'),
          fits: z.enum(['fitting', 'deviating', 'unsolved']).optional(),
          deviation: shortText(500).optional().describe('Key of a deviation, e.g. `skipped:审查`'),
        }),
        response: { 200: casesBody },
      },
    },
    async (request, send) => {
      const { order, procedure = '', fits, deviation, ...paged } = request.query
      if (fits === undefined && deviation === undefined) {
        return replyPage(request, send, paged, (page) => ({ kind: 'cases', order, page }))
      }
      const denied = await deniedTo(request)
      if (denied !== null) return send.refuse(denied)
      const judged = await verdictsOf(db, request.params.id, procedure)
      if (judged === null) return send.refuse(refuse('analysis.not-judged', { procedure }))
      const kept = { fits, deviation, verdicts: judged.verdicts }
      return replyPage(request, send, paged, (page) => ({ kind: 'cases', order, page, kept }))
    },
  )

  app.get(
    '/api/logs/:id/analysis/deviations',
    {
      schema: {
        summary: 'Where the cases that a filter leaves left their procedure',
        params: logParams,
        querystring: filterQuery.extend({ procedure: shortText(100) }),
        response: { 200: deviationsBody },
      },
    },
    async (request, send) => {
      const { filter = null, procedure } = request.query
      const denied = await deniedTo(request)
      if (denied !== null) return send.refuse(denied)
      const { id } = request.params
      const judged = await verdictsOf(db, id, procedure)
      if (judged === null) return send.refuse(refuse('analysis.not-judged', { procedure }))
      const { verdicts, ...by } = judged
      const text = await analyses.answer(id, filter, { kind: 'deviations', verdicts })
      return isRefusal(text) ? send.refuse(text) : { ...by, ...JSON.parse(text) }
    },
  )

  app.get(
    '/api/logs/:id/analysis/compare',
    {
      schema: {
        summary: 'Two periods, units or other parts of a log side by side',
        params: logParams,
        querystring: z.object({
          a: filterText,
          b: filterText,
          procedure: shortText(100)
            .optional()
            .describe('A procedure that the log was judged by: its deviations are compared as well'),
        }),
        response: { 200: compareBody },
      },
    },
    async (request, send) => {
      const { a, b = null, procedure = null } = request.query
      const deviations = procedure === null ? [] : await analyses.deviations(request.params.id, procedure)
      if (deviations === null) return send.refuse(refuse('analysis.not-judged', { procedure: procedure ?? '' }))
      return reply(request, send, a, { kind: 'compare', b, judgedBy: procedure, deviations })
    },
  )

  async function deniedTo(request: Asked) {
    const { id } = request.params
    const log = await db.selectFrom('log').select('region').where('id', '=', id).executeTakeFirst()
    return log === undefined ? refuse('log.unknown') : request.access.denies(log)
  }
}
