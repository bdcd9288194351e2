import { type ChildProcess, spawn } from 'node:child_process'
import { randomUUIDv7 } from 'node:crypto'
import { once } from 'node:events'
import { mkdtemp, readdir, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { setTimeout as wait } from 'node:timers/promises'
import { sql } from 'kysely'
import { afterAll, expect, it } from 'vitest'
import { caseView } from '../../../core/eventlog/case-view.ts'
import { isRefusal } from '../../../core/refusal/refusal.ts'
import { connectionOf } from '../../../kernel/db/pool.ts'
import { testDatabase } from '../../../kernel/db/test-database.ts'
import { olapLimits, openOlap } from '../../../kernel/olap/olap.ts'
import { csvOf } from './fixtures/csv.ts'
import { importLog, type LogImport } from './import-log.ts'
import { openStoredLog } from './stored-log.ts'
import { logDb } from './tables.ts'

const ROUNDS = 30
const db = await testDatabase()
const home = await mkdtemp(join(tmpdir(), 'daylight-kill-'))
const olap = openOlap(olapLimits(home, 256, 1))
const store = { db, olap, home }
afterAll(async () => {
  olap.close()
  await rm(home, { recursive: true, force: true })
})

const log = randomUUIDv7()
const child = join(import.meta.dirname, 'fixtures/import-child.ts')

async function file(name: string, csv: string): Promise<LogImport> {
  const path = join(home, name)
  await writeFile(path, csv)
  const actor = { officer: null, post: null, organ: null }
  return { log, name: '办件', region: '99', path, file: name, mapping: null, zone: 'Asia/Shanghai', actor }
}

function begin(input: LogImport): ChildProcess {
  const task = JSON.stringify({ connection: connectionOf(db), home, input })
  return spawn(process.execPath, [child, task], { stdio: ['ignore', 'pipe', 'inherit'] })
}

async function begun(process: ChildProcess): Promise<void> {
  await once(process.stdout as NonNullable<ChildProcess['stdout']>, 'data')
}

/** Waits until PostgreSQL has ended the session of a killed import: a commit that it was sent may still come through. */
const gone = (): Promise<void> =>
  db.transaction().execute(async (next) => {
    await sql`select pg_advisory_xact_lock(hashtextextended(${`log-import:${log}`}, 0))`.execute(next)
  })

/** Everything that a person could see of the log, as one text. */
async function state(): Promise<string> {
  const stored = await openStoredLog(store, log)
  if (isRefusal(stored)) return stored.code
  const { summary } = await logDb(db)
    .selectFrom('log')
    .select('summary')
    .where('id', '=', log)
    .executeTakeFirstOrThrow()
  return JSON.stringify({ summary, cases: stored.caseIds.map((_, c) => caseView(stored, c)) })
}

it(`an import killed at ${ROUNDS} moments is whole or absent each time, and the next one succeeds`, async () => {
  const all = Array.from({ length: 4000 }, (_, i) => i)
  const versions = [await file('a.csv', csvOf(4000)), await file('b.csv', csvOf(4000, new Set(all)))]
  const started = performance.now()
  const first = begin(versions[0] as LogImport)
  await begun(first)
  const ready = performance.now()
  await once(first, 'exit')
  const duration = performance.now() - ready
  expect(ready - started).toBeGreaterThan(0)
  let before = await state()
  let whole = 0
  let absent = 0
  for (let round = 0; round < ROUNDS; round++) {
    const input = versions[(whole + 1) % 2] as LogImport
    const attempt = begin(input)
    const ended = once(attempt, 'exit')
    await begun(attempt)
    // spread over the whole import, and a little beyond its end
    await wait((duration * 1.05 * (round + 0.5)) / ROUNDS)
    attempt.kill('SIGKILL')
    await ended
    await gone()
    const after = await state()
    if (after === before) absent++
    else {
      whole++
      const { cases } = JSON.parse(after) as { cases: { id: string; events: { activity: string }[] }[] }
      const decision = whole % 2 === 1 ? '不予许可' : '准予许可'
      expect(cases).toHaveLength(4000)
      expect(cases.every(({ events }) => events.at(-1)?.activity === decision)).toBe(true)
      before = after
    }
  }
  expect(whole + absent).toBe(ROUNDS)
  expect(absent).toBeGreaterThan(ROUNDS / 2)
  const last = await importLog(store, await file('c.csv', csvOf(50, new Set(), 10)), {
    clock: () => Temporal.Now.instant(),
  })
  expect(last).toMatchObject({ cases: 40, rows: { reported: 0 } })
  const imports = await logDb(db).selectFrom('log_import').select(['events_file', 'cases_file']).execute()
  const referred = new Set(imports.flatMap((row) => [row.events_file, row.cases_file]))
  expect(new Set(await readdir(join(home, 'logs', log)))).toEqual(referred)
  const events = await db.selectFrom('domain_event').select('id').where('aggregate_id', '=', log).execute()
  expect(events).toHaveLength(imports.length)
}, 120_000)
