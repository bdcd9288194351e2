import { randomInt } from 'node:crypto'
import { sql } from 'kysely'
import pg from 'pg'
import { PgBoss } from 'pg-boss'
import { isRefusal, type Refusal } from '../../core/refusal/refusal.ts'
import type { Db, JobTable } from '../db/db.ts'
import { jsonb } from '../db/jsonb.ts'
import { clientSettings, connectionOf } from '../db/pool.ts'
import type { JobKind, Progress } from './job-kind.ts'

/** The queue and the workers of one process. */
export interface JobRunner {
  send(kind: string, id: string, input: object): Promise<void>
  cancel(id: string): Promise<void>
  stop(): Promise<void>
}

/** How often a running job's progress is written and its cancellation noticed. */
const tickMs = 300
/** Longer than any job: a dead process is noticed by its lock, not by the clock. */
const expireInSeconds = 23 * 3600

/** Why a running job is told to end. */
class JobEnd extends Error {
  readonly state: 'cancelled' | 'interrupted'
  constructor(state: 'cancelled' | 'interrupted') {
    super(`job ${state}`)
    this.state = state
  }
}

type Outcome = { readonly state: JobTable['state']; readonly result?: object; readonly refusal?: Refusal }

async function settle(db: Db, id: string, last: Progress, outcome: Outcome): Promise<void> {
  const { state, result = null, refusal = null } = outcome
  await sql`
    update job set state = ${state}, done = ${last.done}, total = ${last.total}, stage = ${last.stage}, runner = null,
      result = ${jsonb(result)}, refusal = ${jsonb(refusal)}, ended_at = clock_timestamp()
    where id = ${id} and state = 'running'`.execute(db)
}

/** Holds a lock for as long as this process lives; others tell by it whether the process does. */
async function holdLock(db: Db, runner: number): Promise<pg.Client> {
  const client = new pg.Client({
    ...clientSettings(connectionOf(db)),
    application_name: 'daylight-jobs',
    keepAlive: true,
  })
  client.on('error', () => {})
  await client.connect()
  await client.query('select pg_advisory_lock($1::bigint)', [runner])
  return client
}

/** Jobs whose process has died are over: what they had begun was never committed. */
async function endOrphans(db: Db): Promise<readonly { id: string; kind: string }[]> {
  const { rows } = await sql<{ id: string; kind: string }>`
    update job set state = 'interrupted', runner = null, ended_at = clock_timestamp()
    where state = 'running' and not exists (
      select 1 from pg_locks l
      where l.locktype = 'advisory' and l.objsubid = 1 and l.granted
        and l.database = (select oid from pg_database where datname = current_database())
        and ((l.classid::bigint << 32) | l.objid::bigint) = job.runner)
    returning id, kind`.execute(db)
  return rows
}

class Runner implements JobRunner {
  readonly #db: Db
  readonly #boss: PgBoss
  readonly #lock: pg.Client
  readonly #number: number
  readonly #report: (error: unknown) => void
  readonly #running = new Map<string, { readonly controller: AbortController; readonly ended: Promise<void> }>()

  constructor(db: Db, boss: PgBoss, lock: pg.Client, number: number, report: (error: unknown) => void) {
    this.#db = db
    this.#boss = boss
    this.#lock = lock
    this.#number = number
    this.#report = report
  }

  async listen(kind: JobKind): Promise<void> {
    const lasting = { retryLimit: 0, expireInSeconds, notify: true }
    await this.#boss.createQueue(kind.name, lasting)
    await this.#boss.work<{ id: string; input: object }>(
      kind.name,
      { batchSize: 1, pollingIntervalSeconds: 1, notifyPollingIntervalSeconds: 5 },
      async ([job]) => {
        if (job === undefined) return
        const controller = new AbortController()
        const ended = this.#run(kind, job.data.id, job.data.input, controller)
        this.#running.set(job.data.id, { controller, ended })
        await ended.finally(() => this.#running.delete(job.data.id))
      },
    )
  }

  async #run(kind: JobKind, id: string, input: object, controller: AbortController): Promise<void> {
    const claim = await sql`
      update job set state = 'running', runner = ${this.#number}, started_at = clock_timestamp()
      where id = ${id} and state = 'waiting' returning id`.execute(this.#db)
    if (claim.rows.length === 0) return
    let last: Progress = { done: 0, total: null, stage: null }
    const ticking = setInterval(() => {
      this.#tick(id, last, controller).catch(this.#report)
    }, tickMs)
    const progress = (now: Progress): void => {
      last = now
    }
    let outcome: Outcome
    try {
      const result = await kind.run(input, { id, progress, signal: controller.signal })
      outcome = isRefusal(result) ? { state: 'refused', refusal: result } : { state: 'done', result }
    } catch (error) {
      const reason: unknown = controller.signal.reason
      outcome = reason instanceof JobEnd ? { state: reason.state } : { state: 'failed' }
      if (outcome.state === 'failed') this.#report(error)
    } finally {
      clearInterval(ticking)
    }
    await settle(this.#db, id, last, outcome)
  }

  async #tick(id: string, last: Progress, controller: AbortController): Promise<void> {
    const { rows } = await sql<{ cancelled: boolean }>`
      update job set done = ${last.done}, total = ${last.total}, stage = ${last.stage}
      where id = ${id} and state = 'running' returning cancel_asked_at is not null as cancelled`.execute(this.#db)
    if (rows[0]?.cancelled === true && !controller.signal.aborted) controller.abort(new JobEnd('cancelled'))
  }

  async send(kind: string, id: string, input: object): Promise<void> {
    await this.#boss.send(kind, { id, input })
  }

  async cancel(id: string): Promise<void> {
    await sql`
      update job set cancel_asked_at = coalesce(cancel_asked_at, clock_timestamp()),
        state = case state when 'waiting' then 'cancelled' else state end,
        ended_at = case state when 'waiting' then clock_timestamp() else ended_at end
      where id = ${id} and state in ('waiting', 'running')`.execute(this.#db)
    this.#running.get(id)?.controller.abort(new JobEnd('cancelled'))
  }

  async stop(): Promise<void> {
    for (const { controller } of this.#running.values()) {
      if (!controller.signal.aborted) controller.abort(new JobEnd('interrupted'))
    }
    await Promise.allSettled([...this.#running.values()].map(({ ended }) => ended))
    await this.#boss.stop({ graceful: false, close: true })
    await this.#lock.end()
  }
}

/** Starts pg-boss in its own schema, and one worker for each kind of job. */
export async function startRunner(
  db: Db,
  kinds: readonly JobKind[],
  report: (error: unknown) => void,
): Promise<JobRunner> {
  const number = randomInt(1, 2 ** 47)
  const lock = await holdLock(db, number)
  await endOrphans(db)
  const boss = new PgBoss({
    ...(clientSettings(connectionOf(db)) as object),
    application_name: 'daylight-jobs',
    max: 4,
    useListenNotify: true,
  })
  boss.on('error', report)
  await boss.start()
  const runner = new Runner(db, boss, lock, number, report)
  for (const kind of kinds) await runner.listen(kind)
  return runner
}
