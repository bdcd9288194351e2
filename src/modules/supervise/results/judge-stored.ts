// Judging a stored log: read it whole, judge it apart, and bring its results to what was said.
import type { Actor } from '../../../core/event/domain-event.ts'
import { isRefusal, type Refusal, refuse } from '../../../core/refusal/refusal.ts'
import { jsonb } from '../../../kernel/db/jsonb.ts'
import type { Progress } from '../../../kernel/jobs/job-kind.ts'
import { publish } from '../../../kernel/outbox/publish.ts'
import { runInThread } from '../../../kernel/threads/run-in-thread.ts'
import type { JudgingLimits } from '../conformance/judge-cases.ts'
import { type LogStore, openStoredLog } from '../logs/stored-log.ts'
import type { Judgement } from '../plans/judge-log.ts'
import type { JudgeTask, JudgeWord } from '../plans/judge-thread.ts'
import { withListedLimits } from '../plans/listed-limits.ts'
import type { Plan } from '../plans/plan-file.ts'
import { findPlan } from '../plans/stored-plan.ts'
import { maskOfficers, type OfficerMarks } from './mask-officers.ts'
import { type Reconciled, reconcile, recordChecks } from './reconcile.ts'
import { type JudgingDb, judgingDb, type RuleSummary } from './tables.ts'

/** What is to be judged, by whom. */
export interface Judging {
  readonly log: string
  readonly plan: string
  readonly actor: Actor
}

/** Where judging takes place. */
export interface JudgeSurroundings extends LogStore {
  readonly packs: string
  readonly zone: string
  readonly clock: () => Temporal.Instant
  /** What judging by a procedure may take. */
  readonly limits?: JudgingLimits
  /** Told of a defect of the program that left a case unsolved. */
  readonly defect?: (error: unknown) => void
  readonly progress?: (now: Progress) => void
  readonly signal?: AbortSignal
}

/** What a judgement came to. */
export interface JudgeOutcome {
  readonly log: string
  readonly plan: string
  readonly number: number
  readonly cases: number
  readonly rules: readonly RuleSummary[]
  readonly changes: Reconciled
}

/**
 * Judges a stored log by a plan and reconciles its results in one transaction, with the event `results.reconciled`. Where
 * another import came in meanwhile, it judges again. Refusals: `log.unknown`, `plan.*`, `pack.*`, `worktime.*`.
 */
export async function judgeStoredLog(around: JudgeSurroundings, judging: Judging): Promise<JudgeOutcome | Refusal> {
  const db = judgingDb(around.db)
  const known = await findPlan(db, around.packs, judging.plan)
  if (isRefusal(known)) return known
  for (;;) {
    const before = await lastImport(db, judging.log)
    if (before === null) return refuse('log.unknown')
    around.progress?.({ done: 0, total: null, stage: 'judge.reading' })
    const log = await openStoredLog(around, judging.log)
    if (isRefusal(log)) return log
    const date = around.clock().toZonedDateTimeISO(around.zone).toPlainDate().toString()
    const setting = { packs: around.packs, folder: around.packs, date, limits: around.limits }
    const { log: shown, marksOf } = maskOfficers(log, known.plan, judging.log, before.key)
    const judged = await judgeApart(
      { log: shown, plan: await withListedLimits(around.db, known.plan), setting },
      around,
    )
    if (isRefusal(judged)) return judged
    around.signal?.throwIfAborted()
    around.progress?.({ done: 0, total: null, stage: 'judge.storing' })
    const outcome = await store(db, around, judging, known.plan, judged, before.sequence, log.caseIds.length, marksOf)
    if (outcome !== 'changed-meanwhile') return outcome
  }
}

async function lastImport(db: JudgingDb, log: string): Promise<{ sequence: number; key: Buffer } | null> {
  const row = await db
    .selectFrom('log')
    .innerJoin('log_import', 'log_import.log_id', 'log.id')
    .select(['log.pseudonym_key as key', 'log_import.sequence as sequence'])
    .where('log.id', '=', log)
    .orderBy('log_import.sequence', 'desc')
    .executeTakeFirst()
  return row ?? null
}

/** Judges in a thread of its own, so that the server goes on answering. */
async function judgeApart(task: JudgeTask, around: JudgeSurroundings): Promise<Judgement | Refusal> {
  let judgement: Judgement | Refusal | null = null
  await runInThread<JudgeWord>({
    script: new URL('../plans/judge-thread.ts', import.meta.url),
    task,
    heard: (word) => {
      if (word.kind === 'aligned') around.progress?.({ done: word.done, total: word.cases, stage: 'judge.judging' })
      else if (word.kind === 'defect') around.defect?.(word.error)
      else judgement = word.judgement
    },
    signal: around.signal,
  })
  if (judgement === null) throw new Error('the judging thread ended without an answer')
  return judgement
}

async function store(
  db: JudgingDb,
  around: JudgeSurroundings,
  judging: Judging,
  plan: Plan,
  judged: Judgement,
  sequence: number,
  cases: number,
  marksOf: OfficerMarks,
): Promise<JudgeOutcome | 'changed-meanwhile'> {
  const now = around.clock().toString()
  return await db.transaction().execute(async (trx) => {
    const log = await trx
      .selectFrom('log')
      .select('region')
      .where('id', '=', judging.log)
      .forUpdate()
      .executeTakeFirstOrThrow()
    if ((await lastImport(trx, judging.log))?.sequence !== sequence) return 'changed-meanwhile'
    const last = await trx
      .selectFrom('supervise_judgement')
      .select('number')
      .where('log_id', '=', judging.log)
      .where('plan_id', '=', judging.plan)
      .executeTakeFirst()
    const number = (last?.number ?? 0) + 1
    await recordChecks(trx, judged.checks, now)
    const scope = {
      log: judging.log,
      plan: judging.plan,
      number,
      region: log.region,
      now,
      marksOf,
    }
    const changes = await reconcile(trx, scope, judged.results)
    const rules = judged.results.map(({ found, ...rule }) => ({
      ...rule,
      n: found.length,
      cases: new Set(found.map((one) => one.index)).size,
    }))
    const content = {
      region: log.region,
      number,
      import_sequence: sequence,
      plan: jsonb(plan),
      rules: jsonb(rules),
      unseen: jsonb(judged.unseen),
      cases,
      judged_at: now,
      judged_by: judging.actor.officer,
    }
    await trx
      .insertInto('supervise_judgement')
      .values({ log_id: judging.log, plan_id: judging.plan, ...content })
      .onConflict((conflict) => conflict.columns(['log_id', 'plan_id']).doUpdateSet(content))
      .execute()
    await publish(trx, {
      kind: 'results.reconciled',
      version: 1,
      aggregate: { kind: 'log', id: judging.log },
      causedBy: null,
      occurredAt: now,
      actor: judging.actor,
      region: log.region,
      power: null,
      basis: [],
      payload: { log: judging.log, plan: judging.plan, number, ...changes },
    })
    return { log: judging.log, plan: judging.plan, number, cases, rules, changes }
  })
}
