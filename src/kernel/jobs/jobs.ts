import { randomUUIDv7 } from 'node:crypto'
import { type Refusal, refuse } from '../../core/refusal/refusal.ts'
import type { Db, JobTable } from '../db/db.ts'
import type { JobKind } from './job-kind.ts'
import { type JobRunner, startRunner } from './runner.ts'

/** For whom a job runs: it decides who may see and cancel it. */
export interface JobOwner {
  readonly officer: string | null
  readonly region: string | null
}

/** A job as its owner sees it. Times are ISO instants. */
export interface JobState extends JobOwner {
  readonly id: string
  readonly kind: string
  /** `interrupted`: the server ended while it ran; nothing of it was kept. */
  readonly state: JobTable['state']
  readonly done: number
  readonly total: number | null
  readonly stage: string | null
  readonly result: object | null
  readonly refusal: Refusal | null
  readonly askedAt: string
  readonly startedAt: string | null
  readonly endedAt: string | null
}

/** The long work of a deployment. */
export interface Jobs {
  /** Puts a job in the queue; the id finds its state. */
  start<Input extends object>(kind: JobKind<Input>, input: Input, owner: JobOwner): Promise<string>
  state(id: string): Promise<JobState | null>
  /** Asks a job to end; one that has ended already is refused with `job.ended`, an unknown one with `job.unknown`. */
  cancel(id: string): Promise<true | Refusal>
}

async function readState(db: Db, id: string): Promise<JobState | null> {
  const row = await db.selectFrom('job').selectAll().where('id', '=', id).executeTakeFirst()
  if (row === undefined) return null
  const { asked_at, started_at, ended_at, cancel_asked_at: _asked, runner: _runner, ...state } = row
  return { ...state, askedAt: asked_at, startedAt: started_at, endedAt: ended_at }
}

/** The jobs of a server, and the end of their running. */
export interface RunningJobs extends Jobs {
  /** Aborts what runs and closes the queue. */
  stop(): Promise<void>
}

/** Starts the queue and its workers. Jobs of a server that died are shown as `interrupted`. */
export async function startJobs(
  db: Db,
  kinds: readonly JobKind[],
  report: (error: unknown) => void,
): Promise<RunningJobs> {
  const runner: JobRunner = await startRunner(db, kinds, report)
  return {
    async start(kind, input, owner) {
      const id = randomUUIDv7()
      await db
        .insertInto('job')
        .values({ id, kind: kind.name, state: 'waiting', done: 0, ...owner } as never)
        .execute()
      await runner.send(kind.name, id, input)
      return id
    },
    state: (id) => readState(db, id),
    async cancel(id) {
      const state = await readState(db, id)
      if (state === null) return refuse('job.unknown')
      if (state.state !== 'waiting' && state.state !== 'running') return refuse('job.ended')
      await runner.cancel(id)
      return true
    },
    stop: () => runner.stop(),
  }
}
