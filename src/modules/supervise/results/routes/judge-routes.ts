// Judging a stored log, what it came to, and the clock of one case.

import { join } from 'node:path'
import { z } from 'zod'
import { asOfInstant, clockReader } from '../../../../core/check/case-clock.ts'
import { drawnClock as draw } from '../../../../core/check/drawn-clock.ts'
import { lackSays } from '../../../../core/check/facts.ts'
import { clockTermsOf } from '../../../../core/check/judge.ts'
import { relabel } from '../../../../core/check/relabel.ts'
import { isRefusal, refuse } from '../../../../core/refusal/refusal.ts'
import { compileCalendar } from '../../../../core/worktime/calendar.ts'
import type { HttpApp } from '../../../../kernel/http/app.ts'
import type { JobKind } from '../../../../kernel/jobs/job-kind.ts'
import type { Services } from '../../../../kernel/module.ts'
import { readCalendar } from '../../../../kernel/packs/packs.ts'
import { openStoredCase } from '../../logs/stored-log.ts'
import { withListedLimits } from '../../plans/listed-limits.ts'
import { findPlan } from '../../plans/stored-plan.ts'
import type { JudgeOutcome } from '../judge-stored.ts'
import type { JudgeInput } from '../judging.ts'
import { judgingDb } from '../tables.ts'
import { drawnClock, judgement } from './bodies.ts'

const logParams = z.object({ id: z.uuid() })
const planId = z
  .string()
  .regex(/^[a-z0-9]+(?:-[a-z0-9]+)*$/)
  .max(100)

/** Routes of judging. */
export function judgeRoutes(app: HttpApp, services: Services, job: JobKind<JudgeInput, JudgeOutcome>): void {
  const { db: kernel, olap, config, packs } = services
  const db = judgingDb(kernel)
  const regionOf = async (log: string): Promise<{ region: string } | null> =>
    (await db.selectFrom('log').select('region').where('id', '=', log).executeTakeFirst()) ?? null

  app.post(
    '/api/logs/:id/judge',
    {
      schema: {
        summary: 'Judge a log by a plan',
        description: 'Runs as a job; results become findings when it is done. Judging again follows corrections.',
        params: logParams,
        body: z.strictObject({ plan: planId.describe('A plan of the packs, or a saved one') }),
        response: { 202: z.object({ job: z.string(), log: z.string(), plan: z.string() }) },
      },
    },
    async (request, reply) => {
      const { id } = request.params
      const log = await regionOf(id)
      if (log === null) return reply.refuse(refuse('log.unknown'))
      const denied = request.access.denies(log)
      if (denied !== null) return reply.refuse(denied)
      const plan = await findPlan(db, packs, request.body.plan)
      if (isRefusal(plan)) return reply.refuse(plan)
      const { actor } = request.access
      const input = { log: id, plan: plan.plan.plan, actor }
      const started = await services.jobs.start(job, input, { officer: actor.officer, region: log.region })
      return reply.code(202).send({ job: started, log: id, plan: plan.plan.plan })
    },
  )

  app.get(
    '/api/logs/:id/judgements',
    {
      schema: {
        summary: 'What plans said of a log',
        params: logParams,
        response: { 200: z.object({ rows: z.array(judgement) }) },
      },
    },
    async (request, reply) => {
      const { id } = request.params
      const log = await regionOf(id)
      if (log === null) return reply.refuse(refuse('log.unknown'))
      const denied = request.access.denies(log)
      if (denied !== null) return reply.refuse(denied)
      const rows = await db
        .selectFrom('supervise_judgement as j')
        .selectAll('j')
        .select(({ selectFrom }) =>
          selectFrom('log_import as i')
            .whereRef('i.log_id', '=', 'j.log_id')
            .select(({ fn }) => fn.max('i.sequence').as('last'))
            .as('last_import'),
        )
        .where('j.log_id', '=', id)
        .orderBy('j.plan_id')
        .execute()
      const titles = await db.selectFrom('supervise_check').select(['check_id', 'version', 'definition']).execute()
      const titleOf = (check: string, version: number) =>
        titles.find((one) => one.check_id === check && one.version === version)?.definition.title ?? {
          zh: check,
          en: check,
        }
      return {
        rows: rows.map((row) => ({
          log: row.log_id,
          plan: row.plan_id,
          title: row.plan.title,
          number: row.number,
          stale: (row.last_import ?? 0) > row.import_sequence,
          cases: row.cases,
          judgedAt: row.judged_at,
          judgedBy: row.judged_by,
          unseen: [...row.unseen],
          rules: row.rules.map((rule) => ({
            ...rule,
            title: titleOf(rule.check, rule.version),
            lacks: rule.lacks.map((lack) => ({ ...lack, says: lackSays(lack) })),
          })),
        })),
      }
    },
  )

  app.get(
    '/api/logs/:id/cases/:caseId/clock',
    {
      schema: {
        summary: 'The clock of a case under a plan',
        params: logParams.extend({ caseId: z.string().min(1).max(500) }),
        querystring: z.object({ plan: planId.optional().describe('The plan that judged the log last unless named') }),
        response: { 200: drawnClock },
      },
    },
    async (request, reply) => {
      const { id, caseId } = request.params
      const row = await db
        .selectFrom('log_case')
        .select('region')
        .where('log_id', '=', id)
        .where('case_id', '=', caseId)
        .executeTakeFirst()
      if (row === undefined) return reply.refuse(refuse('log.unknown-case'))
      const denied = request.access.denies(row)
      if (denied !== null) return reply.refuse(denied)
      const last = await db
        .selectFrom('supervise_judgement')
        .select('plan_id')
        .where('log_id', '=', id)
        .orderBy('judged_at', 'desc')
        .executeTakeFirst()
      const named = request.query.plan ?? last?.plan_id
      if (named === undefined) return reply.refuse(refuse('plan.none-judged'))
      const known = await findPlan(db, packs, named)
      if (isRefusal(known)) return reply.refuse(known)
      const plan = await withListedLimits(kernel, known.plan)
      const read = await openStoredCase({ db: kernel, olap, home: config.home }, id, caseId)
      if (isRefusal(read)) return reply.refuse(read)
      const calendar =
        plan.calendar === undefined ? null : await readCalendar(plan.calendar, [join(packs, 'calendars')])
      if (isRefusal(calendar)) return reply.refuse(calendar)
      const log = relabel(read, plan.steps ?? {})
      const terms = clockTermsOf(plan, calendar === null ? null : compileCalendar(calendar))
      // The end of this one case is not the end of its log.
      const asOf = plan.asOf === 'log-end' ? await logEnd(id) : asOfInstant(log, plan)
      const drawn = draw(clockReader(log, plan, terms, asOf), 0, asOf)
      if ('fact' in drawn) return { plan: plan.plan, clock: null, lacks: { ...drawn, says: lackSays(drawn) } }
      return { plan: plan.plan, clock: { ...drawn, limits: [...drawn.limits], days: [...drawn.days] }, lacks: null }
    },
  )

  async function logEnd(log: string): Promise<number | null> {
    const row = await db.selectFrom('log').select('summary').where('id', '=', log).executeTakeFirst()
    const last = row?.summary.lastAt ?? null
    return last === null ? null : Temporal.Instant.from(last).epochMilliseconds
  }
}
