import type { Config } from './config/config.ts'
import type { Db } from './db/db.ts'
import type { HttpApp } from './http/app.ts'
import type { JobKind } from './jobs/job-kind.ts'
import type { Jobs } from './jobs/jobs.ts'
import type { Log } from './log/log.ts'
import type { Olap } from './olap/olap.ts'
import type { Subscription } from './outbox/subscription.ts'

/** What the kernel gives to every module. */
export interface Services {
  readonly db: Db
  /** The present; tests give another. */
  readonly clock: () => Temporal.Instant
  readonly config: Config
  /** The folder of packs. */
  readonly packs: string
  readonly jobs: Jobs
  readonly log: Log
  readonly olap: Olap
}

/** One of the house's seven parts, as `src/app` puts it in. */
export interface DaylightModule {
  readonly name: string
  routes?(app: HttpApp): void
  readonly jobs?: readonly JobKind[]
  readonly subscriptions?: readonly Subscription[]
  /** Takes up what an earlier run of the server left undone; called once at each start, when jobs can be asked for. */
  resume?(): Promise<void>
}
