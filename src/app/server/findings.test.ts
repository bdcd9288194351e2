import { randomUUIDv7 } from 'node:crypto'
import { mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { sql } from 'kysely'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { isFindingNumber } from '../../core/finding/finding-number.ts'
import { isRefusal, type Refusal } from '../../core/refusal/refusal.ts'
import { testDatabase } from '../../kernel/db/test-database.ts'
import { drain } from '../../kernel/outbox/dispatch.ts'
import type { LogMapping } from '../../kernel/tables/log-mapping.ts'
import { importLog } from '../../modules/supervise/logs/import-log.ts'
import { createSupervise, judgeStoredLog, judgingDb, savePlan } from '../../modules/supervise/module.ts'
import { lateLog, latePlan } from '../../modules/supervise/plans/fixtures/late-log.ts'
import { planFile } from '../../modules/supervise/plans/plan-file.ts'
import { buildServer } from './build-server.ts'
import { compose } from './compose.ts'
import { cookieOf, officerOf, testDirectory, testMorning, testRegions, testServices } from './test-server.ts'

const db = await testDatabase()
await testDirectory(db, ['supervisor', 'inspector', 'auditor', 'handler'])
const home = await mkdtemp(join(tmpdir(), 'daylight-findings-'))
const services = testServices(db, { home })
const house = compose(services)
const { app } = await buildServer(services, house)
const subscriptions = house.modules.flatMap((module) => [...(module.subscriptions ?? [])])
afterAll(async () => {
  await app.close()
  services.olap.close()
  await rm(home, { recursive: true, force: true })
})

const supervisor = await cookieOf(db, 'supervisor', testRegions.county)
const inspector = await cookieOf(db, 'inspector', testRegions.county)
const neighbour = await cookieOf(db, 'supervisor', testRegions.elsewhere)
const nobody = { officer: null, post: null, organ: null }
const { map: mapping } = planFile.parse(latePlan)

function good<T>(value: T | Refusal): T {
  if (isRefusal(value)) throw new Error(value.says.en)
  return value
}

const logImport = (log: string, path: string) => ({
  log,
  name: '办件',
  region: testRegions.county,
  path,
  file: 'a.csv',
  mapping: mapping as LogMapping,
  zone: 'Asia/Shanghai',
  actor: nobody,
})

async function importInto(log: string, csv: string): Promise<void> {
  const path = join(home, `${randomUUIDv7()}.csv`)
  await writeFile(path, csv)
  good(await importLog({ db, olap: services.olap, home }, logImport(log, path), { clock: services.clock }))
}

async function judge(log: string) {
  const around = { db, olap: services.olap, home, packs: services.packs, zone: 'Asia/Shanghai', clock: services.clock }
  const outcome = good(await judgeStoredLog(around, { log, plan: latePlan.plan, actor: nobody }))
  await drain(db, subscriptions)
  return outcome
}

async function ask(method: 'GET' | 'POST', url: string, cookie: string, payload?: object) {
  const headers = { cookie, 'sec-fetch-site': 'same-origin' }
  const reply = await app.inject({ method, url, headers, ...(payload === undefined ? {} : { payload }) })
  return { status: reply.statusCode, body: reply.json() }
}
const code = (answer: { body: { refusal?: { code: string } } }) => answer.body.refusal?.code
const reason = '调阅纸质卷宗，决定书落款日期晚于期限'

/** What a log's findings say, whatever their numbers are. */
async function saidOf(log: string, states = ['doubt']): Promise<object[]> {
  const { rows } = await sql<object>`
    select case_id, check_id, state, says, columns, jsonb_path_query_array(evidence, '$[*].row') as evidence_rows, region
    from finding where log_id = ${log} and state = any(${states}) order by case_id, check_id`.execute(db)
  return rows
}

const corrected = new Set(Array.from({ length: 50 }, (_, i) => 4 + 18 * i).filter((n) => n < 1000))
const [grown, once] = [randomUUIDv7(), randomUUIDv7()]
const first = lateLog(1000, 11)
const second = lateLog(1434, 11, corrected)

beforeAll(async () => {
  await sql`select 1`.execute(db)
  const plan = { ...planFile.parse(latePlan), map: null }
  good(await savePlan(judgingDb(db), plan, { actor: nobody, region: testRegions.county, now: testMorning.toString() }))
}, 60_000)

describe('importing 1,000 cases and then all 1,434 with 50 of them corrected', () => {
  it('gives the findings of one import of the last file', async () => {
    await importInto(grown, first.csv)
    expect((await judge(grown)).changes).toMatchObject({ raised: first.late.size, withdrawn: 0 })
    await importInto(grown, second.csv)
    const { changes } = await judge(grown)
    const gone = [...first.late].filter((id) => !second.late.has(id))
    expect(gone).toHaveLength(50)
    expect(changes.withdrawn).toBe(50)
    await importInto(once, second.csv)
    await judge(once)
    expect(await saidOf(grown)).toEqual(await saidOf(once))
    expect(await saidOf(once)).toHaveLength(second.late.size)
  }, 60_000)

  it('closes the corrected ones with their history, and tells the house', async () => {
    const closed = await saidOf(grown, ['closed'])
    expect(closed.map((row) => (row as { case_id: string }).case_id).sort()).toEqual(
      [...first.late].filter((id) => !second.late.has(id)).sort(),
    )
    const { body } = await ask('GET', `/api/findings?log=${grown}&state=closed&limit=1`, supervisor)
    const detail = await ask('GET', `/api/findings/${body.rows[0].id}`, supervisor)
    expect(detail.body.history.map(({ step }: { step: string }) => step)).toEqual(['raised', 'closed'])
    expect(detail.body.source).toBe('withdrawn')
    const { rows } = await sql<{
      n: number
    }>`select count(*) as n from domain_event where kind = 'finding.closed'`.execute(db)
    expect(rows[0]?.n).toBe(50)
  })

  it('changes nothing when the same file is judged again', async () => {
    expect((await judge(grown)).changes).toEqual({ raised: 0, restated: 0, returned: 0, withdrawn: 0 })
  })

  it('opens a doubt again when the correction is taken back', async () => {
    const log = randomUUIDv7()
    const small = lateLog(60, 11)
    await importInto(log, small.csv)
    await judge(log)
    await importInto(log, lateLog(60, 11, new Set([4])).csv)
    expect((await judge(log)).changes.withdrawn).toBe(1)
    await importInto(log, small.csv)
    expect((await judge(log)).changes.returned).toBe(1)
    const { body } = await ask('GET', `/api/findings?log=${log}&case=B00004`, supervisor)
    const detail = await ask('GET', `/api/findings/${body.rows[0].id}`, supervisor)
    expect(detail.body.state).toBe('doubt')
    expect(detail.body.history.map(({ step }: { step: string }) => step)).toEqual(['raised', 'closed', 'reopened'])
  })
})

describe('a finding', () => {
  const one = async (offset = 0) => {
    const { body } = await ask('GET', `/api/findings?log=${once}&state=doubt&limit=20`, supervisor)
    return body.rows[offset].id as string
  }

  it('says what was found, on which rows, on what basis, how it may be innocent and where to look first', async () => {
    const id = await one()
    expect(isFindingNumber(id)).toBe(true)
    const { body } = await ask('GET', `/api/findings/${id}`, supervisor)
    expect(body).toMatchObject({
      state: 'doubt',
      issue: false,
      lead: 'none',
      code: 'EM-04',
      version: 1,
      severity: 'red',
    })
    expect(body.says.zh).toContain(body.caseId)
    expect(body.evidence.length).toBeGreaterThanOrEqual(2)
    expect(body.evidence.every(({ row }: { row: number }) => row >= 2)).toBe(true)
    expect(body.basis[0].ref).toBe('CN-LAW-2003-administrative-license#42.1')
    expect(body.innocent.length).toBeGreaterThan(0)
    expect(body.guide.en).not.toBe('')
    expect(JSON.stringify(body)).not.toMatch(/"[WSF][1-7]"/)
  })

  it('is decided by a person with a reason, once', async () => {
    const id = await one()
    const url = `/api/findings/${id}/verification`
    expect(code(await ask('POST', url, supervisor, { outcome: 'upheld', reason: '属实' }))).toBe(
      'finding.reason-too-short',
    )
    expect(code(await ask('POST', `/api/findings/${id}/lead`, supervisor, { reason }))).toBe('finding.not-an-issue')
    expect((await ask('POST', url, supervisor, { outcome: 'upheld', reason })).body).toEqual({
      id,
      state: 'upheld',
      lead: 'none',
    })
    expect(code(await ask('POST', url, supervisor, { outcome: 'not-upheld', reason }))).toBe('finding.already-decided')
    const { body } = await ask('GET', `/api/findings/${id}`, supervisor)
    expect(body).toMatchObject({ issue: true, reason, decidedBy: officerOf('supervisor', testRegions.county) })
  })

  it('is passed on as a lead only after another person has approved', async () => {
    const { body } = await ask('GET', `/api/findings?log=${once}&issue=true`, supervisor)
    const { id } = body.rows[0]
    expect((await ask('POST', `/api/findings/${id}/lead`, supervisor, { reason })).body.lead).toBe('requested')
    const url = `/api/findings/${id}/lead/approval`
    expect(code(await ask('POST', url, supervisor, { approve: true, reason }))).toBe('finding.own-request')
    expect((await ask('POST', url, inspector, { approve: true, reason })).body).toMatchObject({ lead: 'approved' })
    const { rows } = await sql<{ kind: string }>`
      select kind from domain_event where aggregate_id = ${id} order by sequence`.execute(db)
    expect(rows.map(({ kind }) => kind)).toEqual([
      'finding.raised',
      'finding.verified',
      'finding.lead-requested',
      'finding.lead-approved',
    ])
  })

  it('that a person has decided stays decided when its source is corrected', async () => {
    const log = randomUUIDv7()
    await importInto(log, lateLog(20, 11).csv)
    await judge(log)
    const { body } = await ask('GET', `/api/findings?log=${log}&case=B00004`, supervisor)
    const { id } = body.rows[0]
    await ask('POST', `/api/findings/${id}/verification`, supervisor, { outcome: 'upheld', reason })
    await importInto(log, lateLog(20, 11, new Set([4])).csv)
    await judge(log)
    const after = await ask('GET', `/api/findings/${id}`, supervisor)
    expect(after.body).toMatchObject({ state: 'upheld', source: 'withdrawn' })
    expect(after.body.history.at(-1).step).toBe('source-withdrawn')
  })

  it('of another region is neither listed nor shown nor decided there', async () => {
    const id = await one()
    expect((await ask('GET', '/api/findings', neighbour)).body.total).toBe(0)
    expect(code(await ask('GET', `/api/findings/${id}`, neighbour))).toBe('access.other-region')
    const verdict = { outcome: 'upheld', reason }
    expect(code(await ask('POST', `/api/findings/${id}/verification`, neighbour, verdict))).toBe('access.other-region')
  })

  it('cannot have its history rewritten, even in the store', async () => {
    await expect(sql`update finding_step set reason = 'x'`.execute(db)).rejects.toThrow('never changed')
    await expect(sql`truncate finding_step`.execute(db)).rejects.toThrow('never changed')
  })

  it('is not verified by the officer whom it is about', async () => {
    const log = randomUUIDv7()
    const self = officerOf('supervisor', testRegions.county)
    await importInto(log, lateLog(10, 11).csv.replaceAll(/,F\d,/g, `,${self},`))
    await judge(log)
    const { body } = await ask('GET', `/api/findings?log=${log}`, supervisor)
    const verdict = { outcome: 'not-upheld', reason }
    expect(code(await ask('POST', `/api/findings/${body.rows[0].id}/verification`, supervisor, verdict))).toBe(
      'finding.own-case',
    )
  })
})

describe('the numbers of findings', () => {
  it('are the totals of the lists that they open', async () => {
    const { body } = await ask('GET', '/api/findings/summary', supervisor)
    const total = async (query: string) => (await ask('GET', `/api/findings?${query}`, supervisor)).body.total
    expect(body.total).toBe(await total(''))
    for (const { key, n } of body.states) expect(n).toBe(await total(`state=${key}`))
    for (const { key, n } of body.checks) expect(n).toBe(await total(`check=${key}`))
    for (const { key, n } of body.severities) expect(n).toBe(await total(`severity=${key}`))
    expect(body.months.reduce((sum: number, { n }: { n: number }) => sum + n, 0)).toBe(body.total)
    const home = await ask('GET', '/api/home', supervisor)
    expect(home.body.counts.length).toBeGreaterThan(3)
    for (const { n, opens } of home.body.counts) expect((await ask('GET', opens, supervisor)).body.total).toBe(n)
  })
  it('page through every row once', async () => {
    const seen: string[] = []
    let next: string | null = ''
    while (next !== null) {
      const url: string = `/api/findings?limit=100${next === '' ? '' : `&cursor=${next}`}`
      const { body } = await ask('GET', url, supervisor)
      seen.push(...body.rows.map((row: { id: string }) => row.id))
      next = body.next
    }
    expect(new Set(seen).size).toBe(seen.length)
    expect(seen.length).toBe((await ask('GET', '/api/findings', supervisor)).body.total)
  })
})

describe('what a plan said of a log', () => {
  it('is told rule by rule, with what is lacking', async () => {
    const { body } = await ask('GET', `/api/logs/${once}/judgements`, supervisor)
    expect(body.rows[0]).toMatchObject({ plan: 'late-log', cases: 1434, stale: false, number: 1 })
    expect(body.rows[0].rules).toMatchObject([
      { code: 'EM-03', result: 'cannot-be-judged', lacks: [{ fact: 'promised-limit', cases: 1434 }] },
      { code: 'EM-04', result: 'found', n: second.late.size, judged: 1434 },
    ])
  })
  it('is stale once another import came in', async () => {
    await importInto(once, second.csv)
    const { body } = await ask('GET', `/api/logs/${once}/judgements`, supervisor)
    expect(body.rows[0].stale).toBe(true)
  })
  it('draws the clock of a case by the same law: its limit, its pause, its days', async () => {
    const id = [...second.late][0] as string
    const { body } = await ask('GET', `/api/logs/${once}/cases/${id}/clock`, supervisor)
    expect(body.clock.limits).toMatchObject([{ which: 'statutory', value: 20, late: true }])
    expect(
      body.clock.days.filter((day: { number: number | null }) => day.number !== null).at(-1).number,
    ).toBeGreaterThanOrEqual(20)
  })
})

describe('a later import', () => {
  it('has the log judged again by each plan that judged it before, and only then', async () => {
    const started: object[] = []
    const start = async (kind: { readonly name: string }, input: object) => {
      started.push({ kind: kind.name, ...input })
      return 'job'
    }
    const module = createSupervise({ ...services, jobs: { ...services.jobs, start } })
    const importing = module.jobs?.find(({ name }) => name === 'log-import')
    const context = { id: 'job', progress: () => {}, signal: new AbortController().signal }
    for (const log of [once, randomUUIDv7()]) {
      const path = join(home, 'again.csv')
      await writeFile(path, lateLog(5, 11).csv)
      good(await (importing?.run(logImport(log, path), context) as Promise<object | Refusal>))
    }
    expect(started).toEqual([{ kind: 'log-judge', log: once, plan: 'late-log', actor: nobody }])
  })
})

describe('the rules of supervision', () => {
  it('are listed with what they ask and how many results stand', async () => {
    const { body } = await ask('GET', '/api/checks', supervisor)
    expect(body.rows.map((row: { code: string }) => row.code)).toEqual([
      'EM-01',
      'EM-02',
      'EM-03',
      'EM-04',
      'EM-09',
      'EM-10',
      'EM-15',
    ])
    expect(body.rows[3].current).toBeGreaterThan(second.late.size)
    const detail = await ask('GET', '/api/checks/EM-01', supervisor)
    expect(detail.body.parameters.map((one: { name: string }) => one.name)).toEqual([
      'clock.near-days',
      'clock.near-share',
    ])
    expect(code(await ask('GET', '/api/checks/EM-99', supervisor))).toBe('check.unknown')
  })
})
