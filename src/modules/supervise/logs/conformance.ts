import { randomUUIDv7 } from 'node:crypto'
import { sql } from 'kysely'
import type { EventLog } from '../../../core/eventlog/event-log.ts'
import { unfinishedCases } from '../../../core/procedure/unfinished.ts'
import { isRefusal, type Refusal, refuse } from '../../../core/refusal/refusal.ts'
import { jsonb } from '../../../kernel/db/jsonb.ts'
import { readProcedures } from '../../../kernel/packs/procedures.ts'
import { runInThread } from '../../../kernel/threads/run-in-thread.ts'
import type { JudgingLimits } from '../conformance/judge-cases.ts'
import type { ConformanceTask, ConformanceWord, KeptConformance, KeptVariant } from './conformance-thread.ts'
import { type LogStore, openStoredLog } from './stored-log.ts'
import { type LogDb, logDb } from './tables.ts'

/** What a log's conformance to a procedure came to. */
export interface ConformanceOutcome {
  readonly conformance: string
  readonly cases: number
  readonly fitting: number
  readonly deviating: number
  readonly unsolved: number
}

/** Which log is judged by which procedure, and who asked. */
export interface ConformanceQuestion {
  readonly log: string
  readonly procedure: string
  readonly officer: string | null
}

/** How a log is judged, and who hears of it. */
export interface ConformanceRun {
  readonly limits: JudgingLimits
  readonly clock: () => Temporal.Instant
  readonly progress: (judged: number, cases: number) => void
  /** Told of a defect of the program that left a case unsolved. */
  readonly defect: (error: unknown) => void
  readonly signal?: AbortSignal | undefined
}

/** The log as judging needs it: neither names nor times nor attributes. */
function bare(log: EventLog): EventLog {
  return {
    caseIds: Array.from({ length: log.caseIds.length }, () => ''),
    caseStart: log.caseStart,
    activity: log.activity,
    time: new Float64Array(),
    row: new Int32Array(),
    eventAttributes: new Map(),
    caseAttributes: new Map(),
  }
}

/** Judges in a thread of its own, so that the server goes on answering; the log's columns pass on without a copy. */
async function judgeApart(task: ConformanceTask, run: ConformanceRun) {
  const variants: KeptVariant[] = []
  let conformance: KeptConformance | null = null
  const buffers = [task.log.caseStart.buffer, task.log.activity.codes.buffer]
  await runInThread<ConformanceWord>({
    script: new URL('./conformance-thread.ts', import.meta.url),
    task,
    transfer: [...new Set(buffers)].filter((buffer) => buffer instanceof ArrayBuffer),
    heard: (word) => {
      if (word.kind === 'judged') run.progress(word.now.judged, word.now.cases)
      else if (word.kind === 'defect') run.defect(word.error)
      else if (word.kind === 'variants') variants.push(...word.variants)
      else conformance = word.conformance
    },
    signal: run.signal,
  })
  if (conformance === null) throw new Error('the conformance thread ended without an answer')
  return { variants, conformance: conformance as KeptConformance }
}

/**
 * Judges every case in force of a stored log by a procedure of the packs and keeps the result in place of an earlier one
 * by the same procedure. Refuses `log.unknown`, `log.procedure-unknown`, `log.procedure-endless`.
 */
export async function judgeConformance(
  store: LogStore & { readonly packs: string },
  question: ConformanceQuestion,
  run: ConformanceRun,
): Promise<ConformanceOutcome | Refusal> {
  const procedures = await readProcedures(store.packs)
  if (isRefusal(procedures)) return procedures
  const found = procedures.get(question.procedure)
  if (found === undefined) return refuse('log.procedure-unknown', { procedure: question.procedure })
  const db = logDb(store.db)
  const last = await db
    .selectFrom('log_import')
    .select((columns) => columns.fn.max('sequence').as('sequence'))
    .where('log_id', '=', question.log)
    .executeTakeFirst()
  const log = await openStoredLog(store, question.log)
  if (isRefusal(log)) return log
  run.signal?.throwIfAborted()
  const { net, caseActs } = found.procedure
  const { limits } = run
  const task = { log: bare(log), terms: { net, caseActs }, limits, unfinished: unfinishedCases(log) }
  const { variants, conformance } = await judgeApart(task, run)
  if (conformance.noEnd) return refuse('log.procedure-endless', { procedure: question.procedure })
  const { cases, fitting, deviating, unsolved } = conformance
  const outcome = { conformance: randomUUIDv7(), cases, fitting, deviating, unsolved }
  await db.transaction().execute(async (transaction) => {
    await transaction
      .deleteFrom('log_conformance')
      .where('log_id', '=', question.log)
      .where('procedure', '=', question.procedure)
      .execute()
    await transaction
      .insertInto('log_conformance')
      .values({
        id: outcome.conformance,
        log_id: question.log,
        procedure: question.procedure,
        version: found.hash,
        sequence: last?.sequence ?? 0,
        judged_at: run.clock().toString(),
        judged_by: question.officer,
        cases,
        fitting,
        deviating,
        unsolved,
        unsolved_by: jsonb(conformance.unsolvedBy),
        limits: jsonb(limits),
        fitness: conformance.fitness,
        fitness_lower: conformance.fitnessBounds?.lower ?? null,
        fitness_upper: conformance.fitnessBounds?.upper ?? null,
        deviations: jsonb(conformance.deviations),
        elements: jsonb(conformance.elements),
      })
      .execute()
    await keepVariants(transaction, outcome.conformance, variants)
    run.signal?.throwIfAborted()
  })
  return outcome
}

async function keepVariants(db: LogDb, conformance: string, variants: readonly KeptVariant[]): Promise<void> {
  for (let from = 0; from < variants.length; from += 500) {
    const rows = variants.slice(from, from + 500).map((variant) => ({
      conformance_id: conformance,
      variant: variant.variant,
      unfinished: variant.unfinished,
      fits: variant.fits,
      cost: variant.cost,
      cost_lower: variant.lower,
      cost_upper: variant.upper,
      why: variant.why,
      deviation_keys: variant.keys,
      deviations: sql<never>`${variant.deviations}::jsonb`,
      path: sql<never>`${variant.path}::jsonb`,
    }))
    await db.insertInto('log_variant_conformance').values(rows).execute()
  }
}
