import { existsSync, readdirSync } from 'node:fs'
import { chmod, mkdtemp, rm } from 'node:fs/promises'
import { createServer } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { sql } from 'kysely'
import type { TestProject } from 'vitest/node'
import { isRefusal } from '../../core/refusal/refusal.ts'
import { startOf } from './embedded/process.ts'
import { type EmbeddedServer, startServer } from './embedded/server.ts'
import { migrate } from './migrate.ts'
import { type Connection, connect } from './pool.ts'

declare module 'vitest' {
  export interface ProvidedContext {
    /** The socket at which a test asks for the run's database server. */
    readonly testClusterSocket: string
  }
}

/** What a test gets to know about the run's server. */
export interface TestCluster {
  readonly connection: Exclude<Connection, { url: string }>
  readonly template: string
}

const prefix = 'daylight-test-'
export const templateName = 'template_daylight'

/** Folders of runs that were killed. */
async function sweep(): Promise<void> {
  for (const name of readdirSync(tmpdir())) {
    const pid = Number(new RegExp(`^${prefix}(\\d+)-`).exec(name)?.[1] ?? Number.NaN)
    if (pid > 0 && startOf(pid) === null) await rm(join(tmpdir(), name), { recursive: true, force: true })
  }
}

async function start(home: string): Promise<{ server: EmbeddedServer; cluster: TestCluster }> {
  const server = await startServer(home, { durable: false })
  if (isRefusal(server)) throw new Error(`${server.says.en} ${server.next.en}`)
  const connection = server.connection as TestCluster['connection']
  const admin = connect(connection, { max: 1 })
  await sql.raw(`create database ${templateName}`).execute(admin)
  await admin.destroy()
  const template = connect({ ...connection, database: templateName }, { max: 1 })
  const migrated = await migrate(template)
  await template.destroy()
  if (isRefusal(migrated)) throw new Error(migrated.says.en)
  return { server, cluster: { connection, template: templateName } }
}

/**
 * One throw-away PostgreSQL for a whole test run, started when the first test asks for a database.
 * Vitest calls this once before the run, and what it returns after the run.
 */
export default async function setup(project: TestProject): Promise<() => Promise<void>> {
  await sweep()
  const home = await mkdtemp(join(tmpdir(), `${prefix}${process.pid}-`))
  await chmod(home, 0o700)
  let started: ReturnType<typeof start> | undefined
  const socket = join(home, 'ask.sock')
  const desk = createServer((client) => {
    started ??= start(home)
    started.then(
      ({ cluster }) => client.end(JSON.stringify(cluster)),
      (error: Error) => client.end(JSON.stringify({ error: error.message })),
    )
  })
  await new Promise<void>((ready) => desk.listen(socket, ready))
  project.provide('testClusterSocket', socket)
  return async () => {
    await new Promise((closed) => desk.close(closed))
    await (await started?.catch(() => undefined))?.server.stop()
    if (existsSync(home)) await rm(home, { recursive: true, force: true })
  }
}
