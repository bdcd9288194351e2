// Judges traces in a thread: a question is the number of a trace.
import { encodeMoves } from '../../../core/procedure/move-codes.ts'
import { type JudgingTerms, TraceJudge, type TraceVerdict } from '../../../core/procedure/trace-judge.ts'
import { answerQuestions } from '../../../kernel/threads/answer-questions.ts'
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

answerQuestions<TraceTask, number, SentVerdict>(
  ({ traces, terms, seconds, ends, bytes, alone }) => {
    let until = ends
    const judge = new TraceJudge(terms, { maxBytes: bytes, expired: () => threadClock() > until })
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
