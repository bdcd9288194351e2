import { randomUUIDv7 } from 'node:crypto'
import { Worker } from 'node:worker_threads'
import type { EventLog } from '../../../core/eventlog/event-log.ts'
import type { CaseConformance, Deviation } from '../../../core/procedure/deviation.ts'
import type { Net } from '../../../core/procedure/net.ts'
import type { CaseAct } from '../../../core/procedure/procedure.ts'
import { unfinishedCases } from '../../../core/procedure/unfinished.ts'
import { isRefusal, type Refusal, refuse } from '../../../core/refusal/refusal.ts'
import { jsonb } from '../../../kernel/db/jsonb.ts'
import { readProcedures } from '../../../kernel/packs/procedures.ts'
import { type LogStore, openStoredLog } from './stored-log.ts'
import { type DeviationCount, logDb, type PathMove } from './tables.ts'
import { variantName } from './variant-name.ts'

/** What the worker is given: everything that judging needs, and nothing that reaches the store. */
export interface ConformanceTask {
  readonly log: EventLog
  readonly net: Net
  readonly caseActs: readonly CaseAct[]
  /** 1 for a case that is still under way. */
  readonly unfinished: Uint8Array
}

/** What the worker says: how far it is, and in the end each variant with the cases that it stands for. */
export type ConformanceWord =
  | { readonly kind: 'judged'; readonly judged: number; readonly cases: number }
  | { readonly kind: 'ended'; readonly noEnd: boolean; readonly variants: readonly JudgedVariant[] }

/** One variant's conformance: the trace, whether it is under way, and how many cases it stands for. */
export interface JudgedVariant extends CaseConformance {
  readonly trace: readonly string[]
  readonly unfinished: boolean
  readonly cases: number
}

/** The key under which a deviation is counted and opened. */
export const deviationKey = ({ kind, step }: Deviation): string => `${kind}:${step}`

/** Judges in a worker of its own, so that the server goes on answering. */
function judgeInWorker(
  task: ConformanceTask,
  judged: (judged: number, cases: number) => void,
  signal: AbortSignal | undefined,
): Promise<Extract<ConformanceWord, { kind: 'ended' }>> {
  return new Promise((resolve, reject) => {
    const worker = new Worker(new URL('./conformance-worker.ts', import.meta.url), { workerData: task })
    const abort = (): void => {
      void worker.terminate()
      reject(signal?.reason)
    }
    signal?.addEventListener('abort', abort, { once: true })
    worker.on('message', (word: ConformanceWord) => {
      if (word.kind === 'judged') judged(word.judged, word.cases)
      else resolve(word)
    })
    worker.on('error', reject)
    worker.on('exit', () => {
      signal?.removeEventListener('abort', abort)
      reject(new Error('the conformance worker ended without an answer'))
    })
  })
}

/** How many cases have each kind of deviation at each step, the most frequent first. */
function countDeviations(variants: readonly JudgedVariant[]): DeviationCount[] {
  const counts = new Map<string, DeviationCount>()
  for (const { deviations, cases } of variants) {
    const own = new Map(deviations.map((deviation) => [deviationKey(deviation), deviation]))
    for (const [key, { kind, step }] of own) {
      counts.set(key, { key, kind, step, cases: (counts.get(key)?.cases ?? 0) + cases })
    }
  }
  return [...counts.values()].sort((a, b) => b.cases - a.cases || (a.key < b.key ? -1 : 1))
}

function pathOf(net: Net, moves: CaseConformance['moves']): PathMove[] {
  return (moves ?? []).map((move): PathMove => {
    const element = move.kind === 'log' ? null : (net.transitions[move.transition]?.element ?? null)
    return [element, move.kind, 'event' in move ? move.event : null]
  })
}

/** What a log's conformance to a procedure came to. */
export interface ConformanceOutcome {
  readonly conformance: string
  readonly cases: number
  readonly fitting: number
  readonly deviating: number
  readonly unsolved: number
}

/**
 * Judges every case in force of a stored log by a procedure of the packs and keeps the result in place of an earlier one
 * by the same procedure. Refuses `log.unknown`, `log.procedure-unknown`, `log.procedure-endless`.
 */
export async function judgeConformance(
  store: LogStore & { readonly packs: string },
  input: { readonly log: string; readonly procedure: string; readonly officer: string | null },
  clock: () => Temporal.Instant,
  progress: (judged: number, cases: number) => void,
  signal?: AbortSignal,
): Promise<ConformanceOutcome | Refusal> {
  const procedures = await readProcedures(store.packs)
  if (isRefusal(procedures)) return procedures
  const found = procedures.get(input.procedure)
  if (found === undefined) return refuse('log.procedure-unknown', { procedure: input.procedure })
  const db = logDb(store.db)
  const last = await db
    .selectFrom('log_import')
    .select((columns) => columns.fn.max('sequence').as('sequence'))
    .where('log_id', '=', input.log)
    .executeTakeFirst()
  const log = await openStoredLog(store, input.log)
  if (isRefusal(log)) return log
  signal?.throwIfAborted()
  const unfinished = unfinishedCases(log)
  const { net, caseActs } = found.procedure
  const { variants, noEnd } = await judgeInWorker({ log, net, caseActs, unfinished }, progress, signal)
  if (noEnd) return refuse('log.procedure-endless', { procedure: input.procedure })
  const sum = (of: (variant: JudgedVariant) => boolean): number =>
    variants.filter(of).reduce((total, { cases }) => total + cases, 0)
  const outcome = {
    conformance: randomUUIDv7(),
    cases: log.caseIds.length,
    fitting: sum(({ fits }) => fits === true),
    deviating: sum(({ fits }) => fits === false),
    unsolved: sum(({ fits }) => fits === null),
  }
  await db.transaction().execute(async (transaction) => {
    await transaction
      .deleteFrom('log_conformance')
      .where('log_id', '=', input.log)
      .where('procedure', '=', input.procedure)
      .execute()
    await transaction
      .insertInto('log_conformance')
      .values({
        id: outcome.conformance,
        log_id: input.log,
        procedure: input.procedure,
        version: found.hash,
        sequence: last?.sequence ?? 0,
        judged_at: clock().toString(),
        judged_by: input.officer,
        cases: outcome.cases,
        fitting: outcome.fitting,
        deviating: outcome.deviating,
        unsolved: outcome.unsolved,
        deviations: jsonb(countDeviations(variants)),
      })
      .execute()
    for (let from = 0; from < variants.length; from += 500) {
      const rows = variants.slice(from, from + 500).map((variant) => ({
        conformance_id: outcome.conformance,
        variant: variantName(variant.trace),
        unfinished: variant.unfinished,
        fits: variant.fits,
        cost: variant.cost,
        deviation_keys: [...new Set(variant.deviations.map(deviationKey))],
        deviations: jsonb(variant.deviations),
        path: jsonb(pathOf(net, variant.moves)),
      }))
      await transaction.insertInto('log_variant_conformance').values(rows).execute()
    }
    signal?.throwIfAborted()
  })
  return outcome
}
