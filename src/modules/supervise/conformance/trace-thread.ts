// Judges traces in a thread: a question is the number of a trace.
import { workerData } from 'node:worker_threads'
import { encodeMoves } from '../../../core/procedure/move-codes.ts'
import { type JudgingTerms, TraceJudge, type TraceVerdict } from '../../../core/procedure/trace-judge.ts'
import { loadLinearSolver } from '../../../kernel/lp/linear-solver.ts'
import { answerQuestions, type ThreadStart } from '../../../kernel/threads/answer-questions.ts'
import { threadClock } from '../../../kernel/threads/thread-clock.ts'
import { type TraceColumns, traceAt } from './trace-columns.ts'

/** What the thread is given. */
export interface TraceTask {
  readonly traces: TraceColumns
  readonly terms: JudgingTerms
  /** Seconds for one trace. */
  readonly seconds: number
  /** On `threadClock`: when the judging of the whole log ends. */
  readonly ends: number
  /** Bytes that the search for one trace may take. */
  readonly bytes: number
  /** Whether each trace is judged as if there had been none before. */
  readonly alone: boolean
}

/** A verdict as it passes between threads: its moves are codes. */
export interface SentVerdict {
  readonly verdict: TraceVerdict
  readonly moves: Int32Array<ArrayBuffer>
}

const { terms: judgedBy } = (workerData as ThreadStart).setting as TraceTask
/** Found only where it helps: loading it takes longer than judging most logs. */
const solver = new TraceJudge(judgedBy).wide ? await loadLinearSolver() : undefined

answerQuestions<TraceTask, number, SentVerdict>(
  ({ traces, terms, seconds, ends, bytes, alone }) => {
    let until = ends
    const expired = (): boolean => threadClock() > until
    const judge = new TraceJudge(terms, { maxBytes: bytes, expired, ...(solver && { solver }) })
    return (at) => {
      if (alone) judge.forget()
      until = ends
      judge.prepare()
      until = Math.min(ends, threadClock() + seconds * 1000)
      const verdict = judge.judge(traceAt(traces, at), traces.unfinished[at] === 1)
      if (verdict.kind !== 'solved') return { verdict, moves: new Int32Array() }
      return { verdict: { ...verdict, moves: [] }, moves: encodeMoves(verdict.moves) }
    }
  },
  ({ moves }) => [moves.buffer],
)
