// Findings follow the results of supervision: each new result raises a doubt, and a corrected source closes one.
import { sql, type Transaction } from 'kysely'
import type { DomainEvent } from '../../../core/event/domain-event.ts'
import { findingNumber } from '../../../core/finding/finding-number.ts'
import { afterSource, type FindingState } from '../../../core/finding/finding-state.ts'
import type { KernelTables } from '../../../kernel/db/db.ts'
import { jsonb } from '../../../kernel/db/jsonb.ts'
import { type NewDomainEvent, publishAll } from '../../../kernel/outbox/publish.ts'
import type { Subscription } from '../../../kernel/outbox/subscription.ts'
import type { FindingStep, RemedyTables } from './tables.ts'

type Trx = Transaction<KernelTables & RemedyTables>

interface Reconciled {
  readonly log: string
  readonly plan: string
  readonly number: number
}

/** A finding that the source has changed. */
interface Changed {
  readonly id: string
  readonly result_id: string
  readonly before: FindingState
  readonly state: FindingState
  readonly step: FindingStep
  readonly region: string
  readonly power: string | null
}

/** Raises, closes, reopens and restates findings after each judgement. `zone` decides the year of a number. */
export function findingsFollowResults(zone: string): Subscription {
  return {
    name: 'findings-follow-results',
    kinds: ['results.reconciled'],
    async handle(transaction, event) {
      const trx = transaction.$extendTables<RemedyTables>() as Trx
      const { log, plan, number } = event.payload as unknown as Reconciled
      // First those that were there, so that what is raised now is not followed too.
      await follow(trx, event, { log, plan, number })
      await raise(trx, event, { log, plan, number }, zone)
    },
  }
}

/** Takes `count` serials of a year; the last of them. */
async function takeSerials(trx: Trx, year: number, count: number): Promise<number> {
  const { rows } = await sql<{ last: number }>`
    insert into finding_serial (year, last) values (${year}, ${count})
    on conflict (year) do update set last = finding_serial.last + ${count} returning last`.execute(trx)
  return rows[0]?.last ?? count
}

async function raise(trx: Trx, event: DomainEvent, { log, plan, number }: Reconciled, zone: string): Promise<void> {
  const results = await trx
    .selectFrom('supervise_result_v1 as r')
    .select(['r.id', 'r.region', 'r.power'])
    .where('r.log_id', '=', log)
    .where('r.plan_id', '=', plan)
    .where('r.state', '=', 'current')
    .where('r.changed_in', '<=', number)
    .where(({ not, exists, selectFrom }) =>
      not(exists(selectFrom('finding').select('id').whereRef('finding.result_id', '=', 'r.id'))),
    )
    .orderBy('r.code')
    .orderBy('r.case_id')
    .orderBy('r.subject')
    .execute()
  if (results.length === 0) return
  const year = Temporal.Instant.from(event.occurredAt).toZonedDateTimeISO(zone).year
  const first = (await takeSerials(trx, year, results.length)) - results.length + 1
  const numbered = results.map((result, i) => ({ ...result, finding: findingNumber(year, first + i) }))
  await sql`
    insert into finding (id, result_id, log_id, log_name, plan_id, check_id, check_version, code, severity, check_title,
      case_id, subject, says, columns, evidence, officer_marks, basis, innocent, guide, region, power, state, lead, source,
      raised_at)
    select n.finding, r.id, r.log_id, r.log_name, r.plan_id, r.check_id, r.check_version, r.code, r.severity, r.check_title,
      r.case_id, r.subject, r.says, r.columns, r.evidence, r.officer_marks, r.basis, r.innocent, r.guide, r.region, r.power,
      'doubt', 'none', 'current', ${event.occurredAt}
    from jsonb_to_recordset(${jsonb(numbered)}) as n (id uuid, finding text)
    join supervise_result_v1 r on r.id = n.id`.execute(trx)
  const raised = numbered.map((one): Changed => {
    const { finding, id, region, power } = one
    return { id: finding, result_id: id, before: 'doubt', state: 'doubt', step: 'raised', region, power }
  })
  await keepSteps(trx, event, raised)
}

/** What a result's change means for a finding that was there before. */
async function follow(trx: Trx, event: DomainEvent, { log, plan, number }: Reconciled): Promise<void> {
  const rows = await trx
    .selectFrom('finding as f')
    .innerJoin('supervise_result_v1 as r', 'r.id', 'f.result_id')
    .select(['f.id', 'f.result_id', 'f.state', 'f.source', 'f.says', 'r.state as now', 'f.region', 'f.power'])
    .where('f.log_id', '=', log)
    .where('f.plan_id', '=', plan)
    .where('r.changed_in', '=', number)
    .orderBy('f.id')
    .forUpdate('f')
    .execute()
  const changed = rows.map((row) => {
    const change = row.now === 'withdrawn' ? 'withdrawn' : row.source === 'withdrawn' ? 'returned' : 'restated'
    const state = afterSource(row.state, change)
    return { ...row, before: row.state, state, step: stepOf(change, row.state, state), was: row.says }
  })
  if (changed.length === 0) return
  const states = changed.map(({ id, state, now }) => ({ id, state, source: now }))
  // A doubt takes over what its result says now; a decision keeps the words that it decided on.
  await sql`
    update finding f set
      state = n.state, source = n.source,
      says = case when decided then f.says else r.says end,
      columns = case when decided then f.columns else r.columns end,
      evidence = case when decided then f.evidence else r.evidence end,
      officer_marks = case when decided then f.officer_marks else r.officer_marks end,
      check_version = case when decided then f.check_version else r.check_version end,
      basis = case when decided then f.basis else r.basis end,
      innocent = case when decided then f.innocent else r.innocent end,
      guide = case when decided then f.guide else r.guide end
    from jsonb_to_recordset(${jsonb(states)}) as n (id text, state text, source text)
    join finding o on o.id = n.id
    join supervise_result_v1 r on r.id = o.result_id
    cross join lateral (select o.state in ('upheld', 'partly-upheld', 'not-upheld')) as d (decided)
    where f.id = n.id`.execute(trx)
  await keepSteps(trx, event, changed)
}

function stepOf(change: 'withdrawn' | 'returned' | 'restated', before: FindingState, state: FindingState): FindingStep {
  if (change === 'restated') return 'restated'
  if (change === 'withdrawn') return state === 'closed' ? 'closed' : 'source-withdrawn'
  return before === 'closed' ? 'reopened' : 'source-returned'
}

/** Keeps the steps in the findings' history and tells the house of those that change what a finding is. */
async function keepSteps(
  trx: Trx,
  event: DomainEvent,
  changed: readonly (Changed & { readonly was?: object })[],
): Promise<void> {
  const steps = changed.map(({ id, step, state, was }) => ({
    id,
    step,
    state,
    before: step === 'restated' ? was : null,
  }))
  await sql`
    insert into finding_step (finding_id, sequence, step, state, lead, before, happened_at)
    select n.id, coalesce((select max(s.sequence) from finding_step s where s.finding_id = n.id), 0) + 1, n.step, n.state,
      f.lead, n.before, ${event.occurredAt}
    from jsonb_to_recordset(${jsonb(steps)}) as n (id text, step text, state text, before jsonb)
    join finding f on f.id = n.id`.execute(trx)
  const told = changed.map(
    ({ id, result_id, step, state, region, power }): NewDomainEvent => ({
      kind: `finding.${step}`,
      version: 1,
      aggregate: { kind: 'finding', id },
      causedBy: event.id,
      occurredAt: event.occurredAt,
      actor: { officer: null, post: null, organ: null },
      region,
      power,
      basis: [],
      payload: { result: result_id, state },
    }),
  )
  await publishAll(trx, told)
}
