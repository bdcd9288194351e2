import type { Refusal } from '../../core/refusal/refusal.ts'

/** How far a job has come. `total` is null while it is not known; `stage` is a key of the interface's texts. */
export interface Progress {
  readonly done: number
  readonly total: number | null
  readonly stage: string | null
}

/** What a running job is given. */
export interface JobContext {
  readonly id: string
  /** Tells how far the job has come; cheap enough to call for every row. */
  progress(now: Progress): void
  /** Aborted when somebody cancels the job or the server stops: the job then ends by throwing `signal.reason`. */
  readonly signal: AbortSignal
}

/**
 * A kind of long work that runs in the server beside requests. The input holds codes and paths only, never personal
 * data. A job that is cut off has left nothing (it writes in one transaction) and is started again by a person.
 */
export interface JobKind<Input extends object = object, Result extends object = object> {
  /** Permanent, e.g. `log-import`. */
  readonly name: string
  run(input: Input, context: JobContext): Promise<Result | Refusal>
}
