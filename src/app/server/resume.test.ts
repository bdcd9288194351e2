import { randomUUIDv7 } from 'node:crypto'
import { mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { setTimeout } from 'node:timers/promises'
import { sql } from 'kysely'
import { afterAll, expect, it } from 'vitest'
import { isRefusal, type Refusal } from '../../core/refusal/refusal.ts'
import { testDatabase } from '../../kernel/db/test-database.ts'
import { startJobs } from '../../kernel/jobs/jobs.ts'
import { drain } from '../../kernel/outbox/dispatch.ts'
import type { LogMapping } from '../../kernel/tables/log-mapping.ts'
import { importLog } from '../../modules/supervise/logs/import-log.ts'
import { judgeStoredLog, judgingDb, savePlan } from '../../modules/supervise/module.ts'
import { lateLog, latePlan } from '../../modules/supervise/plans/fixtures/late-log.ts'
import { planFile } from '../../modules/supervise/plans/plan-file.ts'
import { compose } from './compose.ts'
import { lateJobs } from './late-jobs.ts'
import { testMorning, testRegions, testServices } from './test-server.ts'

const db = await testDatabase()
const home = await mkdtemp(join(tmpdir(), 'daylight-resume-'))
const queue = lateJobs()
const services = { ...testServices(db, { home }), jobs: queue }
afterAll(async () => {
  services.olap.close()
  await rm(home, { recursive: true, force: true })
})

function good<T>(value: T | Refusal): T {
  if (isRefusal(value)) throw new Error(value.says.en)
  return value
}

const nobody = { officer: null, post: null, organ: null }
const zone = 'Asia/Shanghai'
const plan = { ...planFile.parse(latePlan), map: null }
const mapping = planFile.parse(latePlan).map as LogMapping
const store = { db, olap: services.olap, home }
const [log, other] = [randomUUIDv7(), randomUUIDv7()]

async function importInto(id: string, csv: string): Promise<void> {
  const path = join(home, `${randomUUIDv7()}.csv`)
  await writeFile(path, csv)
  const given = { log: id, name: '办件', region: testRegions.county, path, file: 'a.csv', mapping, zone, actor: nobody }
  good(await importLog(store, given, { clock: services.clock }))
}

const open = async (): Promise<string[]> =>
  (
    await sql<{ case_id: string }>`
      select case_id from finding where log_id = ${log} and state = 'doubt' order by case_id`.execute(db)
  ).rows.map((row) => row.case_id)
const judgingJobs = async (): Promise<readonly { state: string; region: string }[]> =>
  (await sql<{ state: string; region: string }>`select state, region from job where kind = 'log-judge'`.execute(db))
    .rows

it('judging that a server left between an import and its judging is taken up at the next start, once', async () => {
  const house = compose(services)
  const subscriptions = house.modules.flatMap((module) => [...(module.subscriptions ?? [])])
  const before = lateLog(60, 11)
  const after = lateLog(60, 11, new Set([4, 22]))
  good(await savePlan(judgingDb(db), plan, { actor: nobody, region: testRegions.county, now: testMorning.toString() }))
  for (const id of [log, other]) {
    await importInto(id, before.csv)
    const around = { ...store, packs: services.packs, zone, clock: services.clock }
    good(await judgeStoredLog(around, { log: id, plan: plan.plan, actor: nobody }))
  }
  await drain(db, subscriptions)
  expect(await open()).toEqual([...before.late].sort())

  // The server dies here: the import is stored, nobody has asked for its judging.
  await importInto(log, after.csv)
  const jobs = await startJobs(
    db,
    house.modules.flatMap((module) => [...(module.jobs ?? [])]),
    (error) => {
      throw error
    },
  )
  queue.arrive(jobs)
  try {
    for (const module of house.modules) await module.resume?.()
    const asked = await judgingJobs()
    expect(asked.map(({ region }) => region)).toEqual([testRegions.county])
    while ((await judgingJobs()).some(({ state }) => state === 'waiting' || state === 'running')) await setTimeout(50)
    await drain(db, subscriptions)
    expect((await judgingJobs()).map(({ state }) => state)).toEqual(['done'])
    expect(await open()).toEqual([...after.late].sort())
    for (const module of house.modules) await module.resume?.()
    expect(await judgingJobs()).toHaveLength(1)
  } finally {
    await jobs.stop()
  }
}, 60_000)
