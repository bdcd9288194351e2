import { randomUUIDv7 } from 'node:crypto'
import { existsSync } from 'node:fs'
import { mkdtemp, readdir, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join, resolve } from 'node:path'
import { setTimeout as pause } from 'node:timers/promises'
import { sql } from 'kysely'
import { afterAll, describe, expect, it } from 'vitest'
import { caseView } from '../../../core/eventlog/case-view.ts'
import type { EventLog } from '../../../core/eventlog/event-log.ts'
import { activityCounts, logStats } from '../../../core/eventlog/log-stats.ts'
import { variantsOf } from '../../../core/eventlog/variants.ts'
import { isRefusal, type Refusal } from '../../../core/refusal/refusal.ts'
import { testDatabase } from '../../../kernel/db/test-database.ts'
import { olapLimits, openOlap } from '../../../kernel/olap/olap.ts'
import { readLog } from '../../../kernel/tables/read-log.ts'
import { csvOf } from './fixtures/csv.ts'
import { importLog, type LogImport } from './import-log.ts'
import { openStoredCase, openStoredLog } from './stored-log.ts'
import { logDb } from './tables.ts'

const db = await testDatabase()
const home = await mkdtemp(join(tmpdir(), 'daylight-logs-'))
const olap = openOlap(olapLimits(home, 256, 1))
const store = { db, olap, home }
afterAll(async () => {
  olap.close()
  await rm(home, { recursive: true, force: true })
})

const clock = () => Temporal.Instant.from('2026-03-02T02:00:00Z')
const nobody = { officer: 'o-1', post: null, organ: null }

async function input(log: string, csv: string): Promise<LogImport> {
  const path = join(home, `${randomUUIDv7()}.csv`)
  await writeFile(path, csv)
  return {
    log,
    name: '行政许可办件',
    region: '99/9901',
    path,
    file: 'a.csv',
    mapping: null,
    zone: 'Asia/Shanghai',
    actor: nobody,
  }
}

function good<T>(value: T | Refusal): T {
  if (isRefusal(value)) throw new Error(value.says.en)
  return value
}

/** A log as plain values: what must be equal for two states to be the same. */
const plain = (log: EventLog) => log.caseIds.map((_, c) => caseView(log, c))

const run = async (log: string, csv: string) => good(await importLog(store, await input(log, csv), { clock }))

/** Does some work while another session imports into the log. */
const whileImporting = (log: string, work: () => Promise<void>): Promise<void> =>
  db.transaction().execute(async (other) => {
    await sql`select pg_advisory_xact_lock(hashtextextended(${`log-import:${log}`}, 0))`.execute(other)
    await work()
  })

describe('an imported log', () => {
  it('is, read back, what the file holds', async () => {
    const log = randomUUIDv7()
    const outcome = await run(log, `${csvOf(300)}C1,,2024-03-01 10:00,,,\nC2,受理,bad,,,\n`)
    expect(outcome).toMatchObject({ rows: { reported: 2 }, cases: 300 })
    const stored = good(await openStoredLog(store, log))
    expect(caseView(stored, 1)).toEqual({
      id: 'C1',
      attributes: { 'case:渠道': '窗口' },
      events: [
        { row: 4, activity: '受理', time: Date.UTC(2024, 2, 2, 1), attributes: { officer: '窗口1', organ: '受理科' } },
        { row: 5, activity: '审查', time: Date.UTC(2024, 2, 2, 3), attributes: { officer: '审查1', organ: '业务科' } },
        {
          row: 6,
          activity: '准予许可',
          time: Date.UTC(2024, 2, 2, 7, 30),
          attributes: { officer: '负责人1', organ: '业务科' },
        },
      ],
    })
    const row = await logDb(db).selectFrom('log').selectAll().where('id', '=', log).executeTakeFirstOrThrow()
    const { cases, events, variants } = logStats(stored)
    expect(row.summary).toMatchObject({ cases, events, variants, firstAt: '2024-03-01T01:00:00Z' })
    expect([...row.summary.frequent].sort((a, b) => (a.activity < b.activity ? -1 : 1))).toEqual(
      [...activityCounts(stored)].sort((a, b) => (a.activity < b.activity ? -1 : 1)),
    )
    const one = good(await openStoredCase(store, log, 'C7'))
    expect(plain(one)).toEqual(plain(stored).filter(({ id }) => id === 'C7'))
  })

  it('that grew and was corrected is the same as if only the last file had been imported', async () => {
    const corrected = new Set(Array.from({ length: 50 }, (_, i) => i * 17))
    const [grown, once] = [randomUUIDv7(), randomUUIDv7()]
    await run(grown, csvOf(1000))
    await run(grown, csvOf(1434, corrected))
    await run(once, csvOf(1434, corrected))
    const [a, b] = [good(await openStoredLog(store, grown)), good(await openStoredLog(store, once))]
    expect(plain(a)).toEqual(plain(b))
    expect(variantsOf(a).variants.map(({ cases }) => cases)).toEqual(variantsOf(b).variants.map(({ cases }) => cases))
    const rows = await logDb(db).selectFrom('log').select('summary').where('id', 'in', [grown, once]).execute()
    expect(rows[0]?.summary).toEqual(rows[1]?.summary)
  })

  it('keeps the cases that a later, smaller file does not hold', async () => {
    const log = randomUUIDv7()
    await run(log, csvOf(10))
    await run(log, csvOf(6, new Set([4]), 3))
    const stored = good(await openStoredLog(store, log))
    expect(stored.caseIds).toEqual(['C0', 'C1', 'C2', 'C6', 'C7', 'C8', 'C9', 'C3', 'C4', 'C5'])
    const changed = caseView(stored, stored.caseIds.indexOf('C4')).events.at(-1)?.activity
    expect(changed).toBe('不予许可')
  })

  it('tells the house once, with counts and codes only', async () => {
    const log = randomUUIDv7()
    const outcome = await run(log, csvOf(5))
    const events = await db.selectFrom('domain_event').selectAll().where('aggregate_id', '=', log).execute()
    expect(events).toHaveLength(1)
    expect(events[0]).toMatchObject({ kind: 'log.imported', region: '99/9901', officer: 'o-1' })
    expect(events[0]?.payload).toEqual({ import: outcome.import, rows: outcome.rows, cases: 5 })
  })

  it('is refused while another import into it runs, and loses nothing', async () => {
    const log = randomUUIDv7()
    await run(log, csvOf(30))
    const second = await input(log, csvOf(20))
    await whileImporting(log, async () => {
      expect(await importLog(store, second, { clock })).toMatchObject({ code: 'log.import-running' })
    })
    expect(good(await openStoredLog(store, log)).caseIds).toHaveLength(30)
    expect(good(await importLog(store, second, { clock })).cases).toBe(20)
  })

  it('outwaits the session of one that was killed', async () => {
    const log = randomUUIDv7()
    const next = await input(log, csvOf(20))
    let waiting: ReturnType<typeof importLog> | undefined
    await whileImporting(log, async () => {
      waiting = importLog(store, next, { clock })
      await pause(300)
    })
    expect(await waiting).toMatchObject({ cases: 20 })
  })

  it('that cannot be read leaves nothing', async () => {
    const log = randomUUIDv7()
    expect(await importLog(store, await input(log, 'a,b\n1,2\n'), { clock })).toMatchObject({
      code: 'log.cannot-guess',
    })
    expect(await openStoredLog(store, log)).toMatchObject({ code: 'log.unknown' })
  })

  it('whose transaction fails leaves nothing but files that the next import sweeps away', async () => {
    const log = randomUUIDv7()
    const late = { clock, signal: AbortSignal.timeout(60_000) }
    const poisoned = { ...(await input(log, csvOf(10))), actor: { officer: 'o\u0000', post: null, organ: null } }
    await expect(importLog(store, poisoned, late)).rejects.toThrow()
    expect(await openStoredLog(store, log)).toMatchObject({ code: 'log.unknown' })
    await run(log, csvOf(12))
    expect(await readdir(join(home, 'logs', log))).toHaveLength(2)
  })

  it('stops when it is cancelled, and is as it was before', async () => {
    const log = randomUUIDv7()
    await run(log, csvOf(10))
    const cancel = new AbortController()
    const progress = ({ stage }: { stage: string | null }) => {
      if (stage === 'log-import.storing') cancel.abort(new Error('cancelled'))
    }
    const attempt = importLog(store, await input(log, csvOf(40)), { clock, signal: cancel.signal, progress })
    await expect(attempt).rejects.toThrow('cancelled')
    expect(good(await openStoredLog(store, log)).caseIds).toHaveLength(10)
  })
})

const shared = resolve(import.meta.dirname, '../../../../../shared/data/eventlogs')

describe.skipIf(!existsSync(shared))('a real log (skipped where ../shared is absent)', () => {
  it.each(['receipt.csv', 'RequestForPayment.xes.gz'])('%s comes back from the store as it was read', async (name) => {
    const log = randomUUIDv7()
    const path = join(shared, name)
    const task = { ...(await input(log, '')), path }
    const outcome = good(await importLog(store, task, { clock }))
    const { log: direct } = good(await readLog(path))
    const stored = good(await openStoredLog(store, log))
    expect(outcome.cases).toBe(direct.caseIds.length)
    // as text: comparing a million values one by one would take the runner half a minute
    expect(JSON.stringify(plain(stored)) === JSON.stringify(plain(direct))).toBe(true)
    expect(stored.caseStart.join()).toBe(direct.caseStart.join())
  })
})
