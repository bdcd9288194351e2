import type { FastifyRequest } from 'fastify'
import { z } from 'zod'
import { writePnml } from '../../../../core/procedure/write-pnml.ts'
import { isRefusal, refuse } from '../../../../core/refusal/refusal.ts'
import type { HttpApp } from '../../../../kernel/http/app.ts'
import { pageOf, pageQuery } from '../../../../kernel/http/bodies.ts'
import { cursorOf, keysetOf } from '../../../../kernel/http/cursor.ts'
import type { Services } from '../../../../kernel/module.ts'
import { logParams } from '../../logs/routes/bodies.ts'
import { checkBpmn } from '../check-bpmn.ts'
import type { ProposalJobs } from '../proposals.ts'
import { proposalOf, proposalsPage, reviseProposal, saveProposal } from '../stored-proposal.ts'
import { proposalDb } from '../tables.ts'
import {
  bpmnText,
  checkedBody,
  comparisonBody,
  discoveryBody,
  discoveryLog,
  proposalPage,
  proposalParams,
  proposalRow,
  revisedBody,
  savedBody,
  startedBody,
} from './bodies.ts'

/** Proposals: made from a log, corrected, saved, compared, taken along as files. None of these routes makes one a procedure. */
export function proposalRoutes(app: HttpApp, services: Services, jobs: ProposalJobs): void {
  const db = proposalDb(services.db)

  /** A log that the asker may use. */
  async function logWithinReach({ access }: FastifyRequest, id: string) {
    const log = await db.selectFrom('log').select(['id', 'region']).where('id', '=', id).executeTakeFirst()
    if (log === undefined) return refuse('log.unknown')
    return access.denies(log) ?? log
  }

  /** A saved proposal that the asker may see. */
  async function proposalWithinReach({ access }: FastifyRequest, id: string) {
    const found = await proposalOf(db, id)
    if (found === null) return refuse('proposal.unknown')
    return access.denies(found) ?? found
  }

  const saving = (request: FastifyRequest) => ({ actor: request.access.actor, now: services.clock().toString() })

  async function pageBody(id: string) {
    const found = await proposalOf(db, id)
    if (found === null) throw new Error(`the proposal ${id} was saved and is not there`)
    const checked = checkBpmn(found.bpmn)
    return { ...found, says: isRefusal(checked) ? [checked.says] : [...checked.says] }
  }

  app.get(
    '/api/discovery/logs',
    {
      schema: {
        summary: 'Logs that a procedure can be proposed from',
        response: { 200: z.object({ rows: z.array(discoveryLog) }) },
      },
    },
    async (request) => {
      const rows = await db
        .selectFrom('log')
        .select(['id', 'name', 'region', 'summary'])
        .where(request.access.where('region'))
        .orderBy('created_at', 'desc')
        .orderBy('id')
        .execute()
      return {
        rows: rows.map(({ summary: { cases, events, activities }, ...log }) => ({ ...log, cases, events, activities })),
      }
    },
  )

  app.post(
    '/api/logs/:id/discovery',
    {
      schema: {
        summary: 'Propose a procedure from how the cases of a log went',
        description:
          'The job’s result holds the proposal: BPMN with its drawing, the cases that pass each part, and how well it tells them. Nothing is saved.',
        params: logParams,
        body: discoveryBody,
        response: { 202: startedBody },
      },
    },
    async (request, reply) => {
      const log = await logWithinReach(request, request.params.id)
      if (isRefusal(log)) return reply.refuse(log)
      const { noise, filter } = request.body
      const owner = { officer: request.access.actor.officer, region: log.region }
      const job = await services.jobs.start(jobs.discovery, { log: log.id, noise, filter: filter ?? null }, owner)
      return reply.code(202).send({ job })
    },
  )

  app.post(
    '/api/logs/:id/proposals',
    {
      schema: {
        summary: 'Save a proposal',
        description: 'It stays a proposal: nothing is judged by it and nothing published with it.',
        params: logParams,
        body: savedBody,
        response: { 201: proposalPage },
      },
    },
    async (request, reply) => {
      const log = await logWithinReach(request, request.params.id)
      if (isRefusal(log)) return reply.refuse(log)
      const id = await saveProposal(db, log, request.body, saving(request))
      if (isRefusal(id)) return reply.refuse(id)
      return reply.code(201).send(await pageBody(id))
    },
  )

  app.post(
    '/api/proposals/check',
    {
      schema: {
        summary: 'Check a corrected proposal: is it readable, is it sound',
        body: z.strictObject({ bpmn: bpmnText }),
        response: { 200: checkedBody },
      },
    },
    async (request, reply) => {
      const checked = checkBpmn(request.body.bpmn)
      if (isRefusal(checked)) return reply.refuse(checked)
      const { soundness, says, hash, procedure } = checked
      return { soundness, says: [...says], netHash: hash, steps: procedure.steps.map(({ activity }) => activity) }
    },
  )

  app.get(
    '/api/proposals',
    { schema: { summary: 'Saved proposals', querystring: pageQuery, response: { 200: pageOf(proposalRow) } } },
    async (request, reply) => {
      const { cursor, limit } = request.query
      const after = cursor === undefined ? null : keysetOf(cursor, 2)
      if (isRefusal(after)) return reply.refuse(after)
      const reach = request.access.where('supervise_proposal.region')
      const { rows, total, more } = await proposalsPage(db, reach, after, limit)
      const last = rows.at(-1)
      return { rows, total, next: more && last !== undefined ? cursorOf([last.savedAt, last.id]) : null }
    },
  )

  app.get(
    '/api/proposals/:proposal',
    { schema: { summary: 'A saved proposal with its file', params: proposalParams, response: { 200: proposalPage } } },
    async (request, reply) => {
      const found = await proposalWithinReach(request, request.params.proposal)
      return isRefusal(found) ? reply.refuse(found) : await pageBody(found.id)
    },
  )

  app.put(
    '/api/proposals/:proposal',
    {
      schema: {
        summary: 'Save a corrected proposal',
        params: proposalParams,
        body: revisedBody,
        response: { 200: proposalPage },
      },
    },
    async (request, reply) => {
      const found = await proposalWithinReach(request, request.params.proposal)
      if (isRefusal(found)) return reply.refuse(found)
      const saved = await reviseProposal(db, found, request.body, saving(request))
      return isRefusal(saved) ? reply.refuse(saved) : await pageBody(found.id)
    },
  )

  app.get(
    '/api/proposals/:proposal/net.pnml',
    {
      schema: {
        summary: 'The net of a saved proposal as PNML',
        params: proposalParams,
        produces: ['application/xml'],
        response: { 200: z.string() },
      },
    },
    async (request, reply) => {
      const found = await proposalWithinReach(request, request.params.proposal)
      if (isRefusal(found)) return reply.refuse(found)
      const checked = checkBpmn(found.bpmn)
      if (isRefusal(checked)) return reply.refuse(checked)
      const pnml = writePnml(checked.procedure.net, found.name)
      if (isRefusal(pnml)) return reply.refuse(pnml)
      return reply
        .header('content-disposition', 'attachment; filename="proposal.pnml"')
        .type('application/xml')
        .send(pnml)
    },
  )

  app.post(
    '/api/proposals/:proposal/comparison',
    {
      schema: {
        summary: 'Compare a saved proposal with a listed procedure',
        description:
          'The job’s result holds the comparison: steps of one only, other orders, duties passed over, and the cases that follow each.',
        params: proposalParams,
        body: comparisonBody,
        response: { 202: startedBody },
      },
    },
    async (request, reply) => {
      const found = await proposalWithinReach(request, request.params.proposal)
      if (isRefusal(found)) return reply.refuse(found)
      const owner = { officer: request.access.actor.officer, region: found.region }
      const question = { proposal: found.id, procedure: request.body.procedure }
      return reply.code(202).send({ job: await services.jobs.start(jobs.comparison, question, owner) })
    },
  )
}
