// Judging a log in several threads, within limits of time and memory.
import type { EventLog } from '../../../core/eventlog/event-log.ts'
import { type LogConformance, nothingHappened, sumUp } from '../../../core/procedure/log-conformance.ts'
import { decodeMoves } from '../../../core/procedure/move-codes.ts'
import { type JudgingTerms, TraceJudge, type TraceVerdict } from '../../../core/procedure/trace-judge.ts'
import { type Variant, variantsOf } from '../../../core/procedure/variants.ts'
import { workOrder } from '../../../core/procedure/work-order.ts'
import type { Config } from '../../../kernel/config/config.ts'
import { askThreads } from '../../../kernel/threads/ask-threads.ts'
import { threadClock } from '../../../kernel/threads/thread-clock.ts'
import { type JudgingProgress, JudgingTally } from './judging-tally.ts'
import { type TraceColumns, traceAt, traceColumns } from './trace-columns.ts'
import type { SentVerdict, TraceTask } from './trace-thread.ts'

/** What the judging of a log may take. */
export interface JudgingLimits {
  readonly threads: number
  /** MiB of all threads together. */
  readonly memory: number
  /** Seconds for the log; what is not solved by then stays blank, with its bounds. */
  readonly seconds: number
  /** Seconds for one case; null: as many as the log has. */
  readonly caseSeconds: number | null
}

/** Limits where nobody states any: one thread beside this one. */
export const modestLimits: JudgingLimits = { threads: 1, memory: 1024, seconds: 600, caseSeconds: null }

/** The limits that the settings of a deployment state. */
export const judgingLimits = ({
  threads,
  memory,
  budget,
}: Pick<Config, 'threads' | 'memory' | 'budget'>): JudgingLimits => {
  return { threads, memory, seconds: budget, caseSeconds: null }
}

/** How a log is judged. */
export interface Judging {
  /** Cases still under way: what the procedure would still demand is not demanded of them. */
  readonly unfinished?: (caseIndex: number) => boolean
  readonly onProgress?: ((now: JudgingProgress) => void) | undefined
  /** Told of a defect of the program that left a case unsolved; the others are judged nevertheless. */
  readonly onDefect?: (error: unknown) => void
  /** Ends every thread at once: judging then throws the signal's reason. */
  readonly signal?: AbortSignal | undefined
}

const script = new URL('./trace-thread.ts', import.meta.url)
const MiB = 2 ** 20
/** Most MiB of a thread's heap; the rest of its share is for searches, whose tables lie outside it. */
const mostHeap = 512
/** Least MiB for which a thread is worth its start: with less memory there are fewer threads. */
const leastShare = 64
/** Seconds that every case gets before those that need more get ten times as many. */
const firstSeconds = 0.2
/** A thread that does not notice that the time is over is ended this much later. */
const graceMs = 2000

/** Ever more seconds for a case, so that one that is hard does not take the time of many that are not. */
function* slices(most: number): Iterable<number> {
  for (let seconds = firstSeconds; seconds < most; seconds *= 10) yield seconds
  yield most
}

/**
 * Judges every case of a log by a net in threads: as `analyse`, whose result it has, whatever the number of threads. What
 * meets a limit of time is tried again with more while there is some; what meets its share of the memory, once more alone
 * with all of it. What is then not solved stays blank, with the bounds of its cost and the reason why.
 */
export async function judgeCases(
  log: EventLog,
  terms: JudgingTerms,
  limits: JudgingLimits,
  how: Judging = {},
): Promise<LogConformance> {
  const ends = threadClock() + limits.seconds * 1000
  const variants = variantsOf(log, how.unfinished)
  const order = workOrder(variants)
  const asked = [nothingHappened, ...Array.from(order, (place) => variants[place] as Variant)]
  const traces = traceColumns(asked)
  const tally = new JudgingTally(asked, log.caseIds.length, how.onProgress)
  const round = new Round(traces, terms, ends, tally, how)
  const threads = Math.max(1, Math.min(limits.threads, Math.floor(limits.memory / leastShare)))
  let open = asked.map((_, question) => question)
  for (const seconds of slices(limits.caseSeconds ?? limits.seconds)) {
    await round.ask(open, threads, limits.memory, seconds, false)
    open = tally.unsolvedBy('time')
    if (open.length === 0 || threadClock() > ends) break
  }
  const exhausted = tally.unsolvedBy('memory')
  if (exhausted.length > 0 && threadClock() < ends) {
    await round.ask(exhausted, 1, limits.memory, limits.caseSeconds ?? limits.seconds, true)
  }
  tally.end()
  const [nothing, ...inOrder] = tally.verdicts
  const verdicts: TraceVerdict[] = []
  order.forEach((place, at) => {
    verdicts[place] = inOrder[at] as TraceVerdict
  })
  return sumUp(log.caseIds.length, variants, verdicts, nothing as TraceVerdict)
}

/** Asks for the verdicts on some traces with some limits; each verdict goes to the tally. */
class Round {
  readonly #traces: TraceColumns
  readonly #terms: JudgingTerms
  readonly #ends: number
  readonly #tally: JudgingTally
  readonly #how: Judging
  /** Says what is known of a trace without a search. */
  readonly #judge: TraceJudge

  constructor(traces: TraceColumns, terms: JudgingTerms, ends: number, tally: JudgingTally, how: Judging) {
    this.#traces = traces
    this.#terms = terms
    this.#ends = ends
    this.#tally = tally
    this.#how = how
    this.#judge = new TraceJudge(terms)
  }

  async ask(
    questions: readonly number[],
    threads: number,
    memory: number,
    seconds: number,
    alone: boolean,
  ): Promise<void> {
    const share = memory / threads
    const heap = Math.min(mostHeap, share / 2)
    const task: TraceTask = {
      traces: this.#traces,
      terms: this.#terms,
      seconds,
      ends: this.#ends,
      bytes: (share - heap) * MiB,
      alone,
    }
    await askThreads<number, SentVerdict>({
      script,
      setting: task,
      questions,
      threads,
      heap,
      until: this.#ends + graceMs,
      signal: this.#how.signal,
      answered: (at, { verdict, moves }) => {
        const { net } = this.#terms
        const whole = verdict.kind === 'solved' ? { ...verdict, moves: decodeMoves(moves, net) } : verdict
        this.#tally.take(questions[at] as number, whole)
      },
      lost: (at, lost) => {
        const question = questions[at] as number
        const unfinished = this.#traces.unfinished[question] === 1
        this.#tally.take(question, this.#judge.unsolved(traceAt(this.#traces, question), unfinished, lost.kind))
        if (lost.kind === 'defect') this.#how.onDefect?.(lost.error)
      },
    })
  }
}
