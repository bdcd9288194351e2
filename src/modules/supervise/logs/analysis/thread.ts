import { Worker } from 'node:worker_threads'
import type { EventLog, StringColumn } from '../../../../core/eventlog/event-log.ts'
import { isRefusal, type Refusal, refuse } from '../../../../core/refusal/refusal.ts'
import type { Question, StatedFilter } from './question.ts'

/** What the thread is told. */
export type AnalysisTask =
  | { readonly kind: 'hold'; readonly key: string; readonly log: EventLog; readonly zone: string }
  | { readonly kind: 'drop'; readonly key: string }
  | {
      readonly kind: 'ask'
      readonly id: number
      readonly key: string
      readonly filter: StatedFilter | null
      readonly question: Question
    }

/** What the thread says: the answer as JSON, why it is refused, or what went wrong. */
export type AnalysisAnswer =
  | { readonly id: number; readonly text: string }
  | { readonly id: number; readonly refusal: Refusal }
  | { readonly id: number; readonly error: Error }

/** How much a thread may hold and how long it may think. */
export interface AnalysisLimits {
  /** Bytes of the columns of the logs that are held; the last one asked about is held whatever its size. */
  readonly held: number
  /** MiB of heap, where answers are worked out. */
  readonly heap: number
  /** Milliseconds for one answer, those before it in the queue among them. */
  readonly patience: number
}

const usual: AnalysisLimits = { held: 768 * 2 ** 20, heap: 2048, patience: 120_000 }

interface Waiting {
  readonly answered: (text: string | Refusal) => void
  readonly failed: (error: Error) => void
  readonly timer: NodeJS.Timeout
}

/**
 * One thread that answers questions about logs and holds those that were asked about last. It starts with the first
 * question; where memory or patience runs out, what it was asked is refused (`analysis.out-of-memory`,
 * `analysis.too-long`), and the next question starts another.
 */
export class AnalysisThread {
  readonly #limits: AnalysisLimits
  #worker: Worker | null = null
  /** Logs that the thread holds or will, the last asked about at the end, and how large those are that it holds. */
  #held = new Map<string, Promise<true | Refusal>>()
  #sizes = new Map<string, number>()
  readonly #waiting = new Map<number, Waiting>()
  #next = 0

  constructor(limits: Partial<AnalysisLimits> = {}) {
    this.#limits = { ...usual, ...limits }
  }

  /** Asks about the log of this key, which `open` reads where the thread does not hold it. Returns the answer as JSON. */
  async ask(
    key: string,
    open: () => Promise<{ readonly log: EventLog; readonly zone: string } | Refusal>,
    filter: StatedFilter | null,
    question: Question,
  ): Promise<string | Refusal> {
    const held = this.#held.get(key) ?? this.#hold(key, open)
    this.#held.delete(key)
    this.#held.set(key, held)
    const opened = await held
    if (isRefusal(opened)) return opened
    this.#dropBeyond(key)
    const worker = this.#worker
    if (worker === null || this.#held.get(key) !== held) return await this.ask(key, open, filter, question)
    const id = this.#next++
    return await new Promise<string | Refusal>((answered, failed) => {
      const timer = setTimeout(() => this.#giveUp(worker, refuse('analysis.too-long')), this.#limits.patience)
      timer.unref()
      this.#waiting.set(id, { answered, failed, timer })
      worker.postMessage({ kind: 'ask', id, key, filter, question } satisfies AnalysisTask)
    })
  }

  /** Ends the thread; what it was asked is refused. */
  async close(): Promise<void> {
    const worker = this.#worker
    if (worker !== null) this.#giveUp(worker, refuse('analysis.stopped'))
    await worker?.terminate()
  }

  #hold(
    key: string,
    open: () => Promise<{ readonly log: EventLog; readonly zone: string } | Refusal>,
  ): Promise<true | Refusal> {
    const held = open().then((opened): true | Refusal => {
      if (isRefusal(opened)) {
        if (this.#held.get(key) === held) this.#held.delete(key)
        return opened
      }
      const { log, zone } = opened
      const buffers = buffersOf(log)
      const size = buffers.reduce((sum, buffer) => sum + buffer.byteLength, 0)
      this.#sizes.set(key, size)
      this.#worker ??= this.#start()
      this.#worker.postMessage({ kind: 'hold', key, log, zone } satisfies AnalysisTask, buffers)
      return true
    })
    held.catch(() => {
      if (this.#held.get(key) === held) this.#held.delete(key)
    })
    return held
  }

  /** Drops the logs that were asked about longest ago while those held are too large together. */
  #dropBeyond(asked: string): void {
    let total = [...this.#sizes.values()].reduce((sum, size) => sum + size, 0)
    for (const key of this.#held.keys()) {
      if (total <= this.#limits.held) return
      const size = this.#sizes.get(key)
      if (key === asked || size === undefined) continue
      this.#held.delete(key)
      this.#sizes.delete(key)
      total -= size
      this.#worker?.postMessage({ kind: 'drop', key } satisfies AnalysisTask)
    }
  }

  #start(): Worker {
    const worker = new Worker(new URL('./analysis-worker.ts', import.meta.url), {
      resourceLimits: { maxOldGenerationSizeMb: this.#limits.heap },
    })
    worker.unref()
    worker.on('message', (said: AnalysisAnswer) => {
      const waiting = this.#waiting.get(said.id)
      if (waiting === undefined) return
      this.#waiting.delete(said.id)
      clearTimeout(waiting.timer)
      if ('text' in said) waiting.answered(said.text)
      else if ('refusal' in said) waiting.answered(said.refusal)
      else waiting.failed(said.error)
    })
    worker.on('error', (error: NodeJS.ErrnoException) => {
      const exhausted = error.code === 'ERR_WORKER_OUT_OF_MEMORY' || /array buffer allocation/i.test(error.message)
      this.#giveUp(worker, exhausted ? refuse('analysis.out-of-memory') : error)
    })
    return worker
  }

  /** Lets a thread go with all that it holds, and tells those who wait for it why. */
  #giveUp(worker: Worker, why: Refusal | Error): void {
    if (this.#worker !== worker) return
    this.#worker = null
    this.#held = new Map()
    this.#sizes = new Map()
    void worker.terminate()
    for (const { answered, failed, timer } of this.#waiting.values()) {
      clearTimeout(timer)
      if (isRefusal(why)) answered(why)
      else failed(why)
    }
    this.#waiting.clear()
  }
}

/** The memory of a log's columns: handed over to the thread, not copied. */
function buffersOf(log: EventLog): ArrayBuffer[] {
  const columns: readonly StringColumn[] = [
    log.activity,
    ...log.eventAttributes.values(),
    ...log.caseAttributes.values(),
  ]
  const arrays = [log.caseStart, log.time, log.row, ...columns.map(({ codes }) => codes)]
  return [...new Set(arrays.map(({ buffer }) => buffer as ArrayBuffer))]
}
