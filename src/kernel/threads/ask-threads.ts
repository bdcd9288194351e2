import { Worker } from 'node:worker_threads'
import type { ThreadAnswers, ThreadQuestions, ThreadStart } from './answer-questions.ts'
import { type Lost, lostBy } from './lost.ts'
import { threadClock } from './thread-clock.ts'

/** A list of questions, and who is to answer them. */
export interface Asking<Question, Answer> {
  /** The file that calls `answerQuestions`. */
  readonly script: URL
  /** What every thread is given first: cloned, shared buffers shared. */
  readonly setting: unknown
  readonly questions: readonly Question[]
  readonly answered: (question: number, answer: Answer) => void
  /** The question has no answer; the others are asked nevertheless. */
  readonly lost: (question: number, lost: Lost) => void
  /** Most threads at a time. */
  readonly threads: number
  /** Most heap of a thread, in MiB; one that needs more ends, and its question is lost. */
  readonly heap: number
  /** On `threadClock`: what has no answer by then is lost to time. */
  readonly until?: number | undefined
  /** Ends every thread at once: asking then throws the signal's reason. */
  readonly signal?: AbortSignal | undefined
}

/** A further thread starts when there is still work this long after the last: for a short list it would cost more than it gives. */
const furtherAfterMs = 60
/** Most questions that a thread gets at a time. */
const mostAtOnce = 200

/** With less the process itself would end, not the thread alone. */
const leastHeap = 6

/** Questions `from` … before `to` of the list. */
interface Range {
  readonly from: number
  readonly to: number
}

interface Thread {
  readonly worker: Worker
  /** The number of the question that it is at. */
  readonly at: Int32Array
  /** What it was given and has not answered. */
  left: Range
}

const isIdle = ({ left }: Thread): boolean => left.from === left.to

class Asked<Question, Answer> {
  readonly #asking: Asking<Question, Answer>
  readonly #threads = new Set<Thread>()
  /** Not given to any thread, in order. */
  #waiting: Range[]
  readonly #end = Promise.withResolvers<void>()

  constructor(asking: Asking<Question, Answer>) {
    this.#asking = asking
    this.#waiting = [{ from: 0, to: asking.questions.length }]
  }

  async run(): Promise<void> {
    const { signal, until } = this.#asking
    signal?.throwIfAborted()
    const abort = (): void => this.#end.reject(signal?.reason)
    signal?.addEventListener('abort', abort, { once: true })
    const expire = (): void => {
      for (const { left } of this.#threads) this.#waiting.push(left)
      this.#loseWaiting({ kind: 'time' })
      this.#end.resolve()
    }
    const expiring = until === undefined ? undefined : setTimeout(expire, Math.max(0, until - threadClock()))
    const growing = setInterval(() => {
      if (this.#waiting.length > 0 && this.#threads.size < this.#asking.threads) this.#start()
    }, furtherAfterMs)
    this.#start()
    try {
      await this.#end.promise
    } finally {
      clearTimeout(expiring)
      clearInterval(growing)
      signal?.removeEventListener('abort', abort)
      const ending = [...this.#threads]
      this.#threads.clear()
      await Promise.all(ending.map(({ worker }) => worker.terminate()))
    }
  }

  #start(): void {
    const { script, setting, heap } = this.#asking
    const at = new Int32Array(new SharedArrayBuffer(4)).fill(-1)
    const worker = new Worker(script, {
      workerData: { setting, at } satisfies ThreadStart,
      resourceLimits: { maxOldGenerationSizeMb: Math.max(leastHeap, Math.floor(heap)) },
    })
    const thread: Thread = { worker, at, left: { from: 0, to: 0 } }
    this.#threads.add(thread)
    worker.on('message', (said: ThreadAnswers) => {
      try {
        this.#hear(thread, said)
      } catch (error) {
        this.#end.reject(error)
      }
    })
    worker.on('error', (error) => this.#bury(thread, lostBy(error)))
    worker.on('exit', (code) => {
      this.#bury(thread, { kind: 'defect', error: new Error(`a thread ended by itself with ${code}`) })
    })
    this.#employ(thread)
  }

  /** Gives a thread the next questions: fewer towards the end, so that all threads end together. */
  #employ(thread: Thread): void {
    const first = this.#waiting.shift()
    if (first === undefined) {
      if ([...this.#threads].every(isIdle)) this.#end.resolve()
      return
    }
    const all = this.#waiting.reduce((sum, { from, to }) => sum + to - from, first.to - first.from)
    const share = Math.min(mostAtOnce, Math.ceil(all / (this.#asking.threads * 4)))
    const to = Math.min(first.to, first.from + share)
    if (to < first.to) this.#waiting.unshift({ from: to, to: first.to })
    thread.left = { from: first.from, to }
    const questions = this.#asking.questions.slice(first.from, to)
    thread.worker.postMessage({ from: first.from, questions } satisfies ThreadQuestions)
  }

  #hear(thread: Thread, { from, answers, idle }: ThreadAnswers): void {
    if (!this.#threads.has(thread)) return
    answers.forEach((each, offset) => {
      if ('lost' in each) this.#asking.lost(from + offset, each.lost)
      else this.#asking.answered(from + offset, each.answer as Answer)
    })
    thread.left = { from: from + answers.length, to: thread.left.to }
    if (idle) this.#employ(thread)
  }

  /** A thread died: the question that it was at is lost, the others go to another thread. */
  #bury(thread: Thread, lost: Lost): void {
    if (!this.#threads.delete(thread)) return
    const { from, to } = thread.left
    const at = Atomics.load(thread.at, 0)
    const began = at >= from && at < to
    const left = began
      ? [
          { from, to: at },
          { from: at + 1, to },
        ]
      : [thread.left]
    this.#waiting.unshift(...left.filter((range) => range.from < range.to))
    if (began) this.#asking.lost(at, lost)
    // It never came to a question: another thread would fare no better.
    else if (at < 0) this.#loseWaiting(lost)
    const idle = [...this.#threads].find((other) => isIdle(other))
    if (this.#waiting.length > 0) {
      if (idle) this.#employ(idle)
      else this.#start()
    } else if ([...this.#threads].every(isIdle)) this.#end.resolve()
  }

  #loseWaiting(lost: Lost): void {
    for (const { from, to } of this.#waiting) {
      for (let question = from; question < to; question += 1) this.#asking.lost(question, lost)
    }
    this.#waiting = []
  }
}

/**
 * Asks a list of questions in threads and ends when each is answered or lost. A thread gets neighbouring questions, so
 * that it can use what it learnt from the one before. One that dies loses the question that it was at and no other.
 */
export async function askThreads<Question, Answer>(asking: Asking<Question, Answer>): Promise<void> {
  if (asking.questions.length > 0) await new Asked(asking).run()
}
