// Findings over the web: the list, its numbers, one finding, and what a person does with it.
import { z } from 'zod'
import { isIssue } from '../../../core/finding/finding-state.ts'
import { isRefusal, refuse } from '../../../core/refusal/refusal.ts'
import type { HttpApp } from '../../../kernel/http/app.ts'
import { pageOf, pageQuery } from '../../../kernel/http/bodies.ts'
import { cursorOf, keysetOf } from '../../../kernel/http/cursor.ts'
import type { Services } from '../../../kernel/module.ts'
import { answerLead, askForLead, verifyFinding } from '../findings/decide.ts'
import { findingsPage, summaryOf } from '../findings/find.ts'
import { quoteBasis } from '../findings/quote-basis.ts'
import { type FindingTable, remedyDb } from '../findings/tables.ts'
import {
  findingDetail,
  findingFilters,
  findingSummary,
  leadAnswer,
  leadRequest,
  listedFinding,
  standing,
  verification,
} from './bodies.ts'

const params = z.object({ id: z.string().max(30).describe('The finding’s number, e.g. FX-2026-000123-7') })

const listed = (row: FindingTable) => ({
  id: row.id,
  state: row.state,
  issue: isIssue(row.state),
  lead: row.lead,
  severity: row.severity,
  check: row.check_id,
  code: row.code,
  title: row.check_title,
  says: row.says,
  log: row.log_id,
  logName: row.log_name,
  caseId: row.case_id,
  power: row.power,
  region: row.region,
  source: row.source,
  raisedAt: row.raised_at,
  decidedAt: row.decided_at,
})

/** Routes of findings. */
export function findingRoutes(app: HttpApp, services: Services): void {
  const db = remedyDb(services.db)
  const { zone } = services.config
  const now = () => services.clock().toString()

  app.get(
    '/api/findings',
    {
      schema: {
        summary: 'Findings, newest first',
        querystring: pageQuery.extend(findingFilters.shape),
        response: { 200: pageOf(listedFinding) },
      },
    },
    async (request, reply) => {
      const { cursor, limit, ...filters } = request.query
      const after = cursor === undefined ? null : keysetOf(cursor, 2)
      if (isRefusal(after)) return reply.refuse(after)
      const reach = request.access.where('finding.region')
      const { rows, total, more } = await findingsPage(db, filters, reach, after, limit)
      const last = rows.at(-1)
      const next = more && last !== undefined ? cursorOf([last.raised_at, last.id]) : null
      return { rows: rows.map(listed), total, next }
    },
  )

  app.get(
    '/api/findings/summary',
    {
      schema: {
        summary: 'How many findings, by state, severity, check and month',
        description: 'Takes the filters of the list; each number equals the total of the list under that filter.',
        querystring: findingFilters,
        response: { 200: findingSummary },
      },
    },
    (request) => summaryOf(db, request.query, request.access.where('finding.region'), zone),
  )

  app.get(
    '/api/findings/:id',
    { schema: { summary: 'A finding', params, response: { 200: findingDetail } } },
    async (request, reply) => {
      const { id } = request.params
      const row = await db.selectFrom('finding').selectAll().where('id', '=', id).executeTakeFirst()
      if (row === undefined) return reply.refuse(refuse('finding.unknown', { finding: id }))
      const denied = request.access.denies(row)
      if (denied !== null) return reply.refuse(denied)
      const steps = await db
        .selectFrom('finding_step')
        .selectAll()
        .where('finding_id', '=', id)
        .orderBy('sequence')
        .execute()
      const on = Temporal.Instant.from(row.raised_at).toZonedDateTimeISO(zone).toPlainDate().toString()
      const basis = await quoteBasis(db, row.basis, on)
      return {
        ...listed(row),
        plan: row.plan_id,
        version: row.check_version,
        subject: row.subject,
        columns: { ...row.columns },
        evidence: [...row.evidence],
        basis: [...basis],
        innocent: [...row.innocent],
        guide: row.guide,
        decidedBy: row.decided_by,
        reason: row.reason,
        leadRequestedBy: row.lead_requested_by,
        history: steps.map(({ sequence, step, state, lead, officer, reason, before, happened_at }) => ({
          sequence,
          step,
          state,
          lead,
          officer,
          reason,
          before,
          happenedAt: happened_at,
        })),
      }
    },
  )

  /** The refusal of an act on a finding that is not there or out of reach, else null. */
  const stopped = async (id: string, denies: (row: { region: string }) => ReturnType<typeof refuse> | null) => {
    const row = await db.selectFrom('finding').select('region').where('id', '=', id).executeTakeFirst()
    return row === undefined ? refuse('finding.unknown', { finding: id }) : denies(row)
  }

  app.post(
    '/api/findings/:id/verification',
    {
      schema: {
        summary: 'Verify a finding',
        description: 'A person decides: upheld, partly upheld, not upheld or not verifiable, with a reason.',
        params,
        body: verification,
        response: { 200: standing },
      },
    },
    async (request, reply) => {
      const { access, params: asked, body } = request
      const refused = await stopped(asked.id, access.denies)
      if (refused !== null) return reply.refuse(refused)
      const done = await verifyFinding(db, asked.id, body, { actor: access.actor, now: now() })
      return isRefusal(done) ? reply.refuse(done) : done
    },
  )

  app.post(
    '/api/findings/:id/lead',
    {
      schema: {
        summary: 'Ask for an issue to be passed on as a lead',
        params,
        body: leadRequest,
        response: { 200: standing },
      },
    },
    async (request, reply) => {
      const { access, params: asked, body } = request
      const refused = await stopped(asked.id, access.denies)
      if (refused !== null) return reply.refuse(refused)
      const done = await askForLead(db, asked.id, body.reason, { actor: access.actor, now: now() })
      return isRefusal(done) ? reply.refuse(done) : done
    },
  )

  app.post(
    '/api/findings/:id/lead/approval',
    {
      schema: {
        summary: 'Approve or decline a lead',
        description: 'By another person than the one who asked.',
        params,
        body: leadAnswer,
        response: { 200: standing },
      },
    },
    async (request, reply) => {
      const { access, params: asked, body } = request
      const refused = await stopped(asked.id, access.denies)
      if (refused !== null) return reply.refuse(refused)
      const done = await answerLead(db, asked.id, body, { actor: access.actor, now: now() })
      return isRefusal(done) ? reply.refuse(done) : done
    },
  )
}
