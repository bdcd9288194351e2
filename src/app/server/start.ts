import { join } from 'node:path'
import { sql } from 'kysely'
import { type Bilingual, isRefusal, type Refusal } from '../../core/refusal/refusal.ts'
import { type Config, programFolder } from '../../kernel/config/config.ts'
import type { Db } from '../../kernel/db/db.ts'
import { openDatabase } from '../../kernel/db/open.ts'
import type { JobKind } from '../../kernel/jobs/job-kind.ts'
import { startJobs } from '../../kernel/jobs/jobs.ts'
import { type Log, logOfHome } from '../../kernel/log/log.ts'
import type { Services } from '../../kernel/module.ts'
import { olapLimits, openOlap } from '../../kernel/olap/olap.ts'
import { startDispatcher } from '../../kernel/outbox/dispatcher.ts'
import { loadExample } from '../example/load.ts'
import { buildServer } from './build-server.ts'
import type { Closers } from './closers.ts'
import { compose, type House } from './compose.ts'
import { type DemoAccount, demoAccounts, demoExposed, demoPassword, takesExample } from './demo-accounts.ts'
import { lateJobs } from './late-jobs.ts'
import { listen, portRefusal } from './listen.ts'
import { registerUi } from './ui.ts'

/** A server that answers. */
export interface Running {
  readonly address: string
  readonly accounts: readonly DemoAccount[]
  /** Of the demo accounts: public, and good on this machine only. */
  readonly password: string | null
  readonly log: Log
}

/** What a start says on its way. */
export type Say = (words: Bilingual) => void

/** Statements that still run when all else is closed belong to work that was cut off: they are ended, not waited for. */
async function endStatements(db: Db): Promise<void> {
  await sql`
    select pg_terminate_backend(pid) from pg_stat_activity
    where application_name = 'daylight' and datname = current_database() and usename = current_user
      and pid <> pg_backend_pid() and state <> 'idle'`.execute(db)
}

/** Services over an open store, the house in them, its queue and its dispatcher running. */
async function startHouse(
  db: Db,
  config: Config,
  log: Log,
  open: Closers,
): Promise<{ services: Services; house: House }> {
  const report = (error: unknown): void => log.error({ error }, 'background work failed')
  const olap = openOlap(olapLimits(config.home))
  open.add(async () => olap.close())
  const queue = lateJobs()
  const clock = (): Temporal.Instant => Temporal.Now.instant()
  const services: Services = { db, clock, config, packs: config.packs, jobs: queue, log, olap }
  const house = compose(services)
  const kinds: readonly JobKind[] = house.modules.flatMap((module) => module.jobs ?? [])
  const jobs = await startJobs(db, kinds, report)
  open.add(() => jobs.stop())
  queue.arrive(jobs)
  for (const module of house.modules) await module.resume?.()
  const subscriptions = house.modules.flatMap((module) => module.subscriptions ?? [])
  const dispatcher = startDispatcher(db, subscriptions, report)
  open.add(() => dispatcher.stop())
  return { services, house }
}

/**
 * Starts the whole server: store, modules, queue, dispatcher, example, pages, and at last the listening. What it opens is
 * put into `open`, so that a stop at any moment closes it. Refuses in a sentence whatever keeps it from starting.
 */
export async function startServer(config: Config, open: Closers, say: Say): Promise<Running | Refusal> {
  const db = await openDatabase(config, { role: 'serve' })
  if (isRefusal(db)) return db
  open.add(() => db.destroy())
  open.add(() => endStatements(db))
  const taken = await portRefusal(config)
  if (taken !== null) return taken
  const log = logOfHome(config.home)
  const { services, house } = await startHouse(db, config, log, open)
  const exposed = await demoExposed(house.trust)
  if (exposed !== null) return exposed
  if (config.example && (await takesExample(house.trust))) {
    const example = await loadExample(services, house.modules, say)
    if (isRefusal(example)) return example
  }
  const { app } = await buildServer(services, house)
  const noPages = await registerUi(app, { buildDir: join(programFolder, 'build', 'web') })
  if (noPages !== undefined) return noPages
  const address = await listen(app, config)
  if (isRefusal(address)) return address
  open.add(() => app.close())
  log.info({ host: config.host, port: config.port }, 'listening')
  const accounts = await demoAccounts(house.trust)
  return { address, accounts, password: accounts.length === 0 ? null : await demoPassword(config.packs), log }
}
