import { randomUUIDv7 } from 'node:crypto'
import { mkdtemp, readdir, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { sql } from 'kysely'
import { afterAll, describe, expect, it, vi } from 'vitest'
import { testDatabase } from '../../kernel/db/test-database.ts'
import { startJobs } from '../../kernel/jobs/jobs.ts'
import { csvOf } from '../../modules/supervise/logs/fixtures/csv.ts'
import { buildServer } from './build-server.ts'
import { compose } from './compose.ts'
import { lateJobs } from './late-jobs.ts'
import { cookieOf, testDirectory, testRegions, testServices } from './test-server.ts'

const db = await testDatabase()
await testDirectory(db, ['supervisor', 'handler', 'list-officer'])
const home = await mkdtemp(join(tmpdir(), 'daylight-routes-'))
const late = lateJobs()
const services = { ...testServices(db, { home }), jobs: late }
const house = compose(services)
const jobs = await startJobs(
  db,
  house.modules.flatMap((module) => [...(module.jobs ?? [])]),
  (error) => {
    throw error
  },
)
late.arrive(jobs)
const { app } = await buildServer(services, house)
afterAll(async () => {
  await app.close()
  await jobs.stop()
  services.olap.close()
  await rm(home, { recursive: true, force: true })
})

const supervisor = await cookieOf(db, 'supervisor', testRegions.county)
const townSupervisor = await cookieOf(db, 'supervisor', testRegions.township)
const handler = await cookieOf(db, 'handler', testRegions.county)

interface Answer {
  readonly status: number
  readonly body: Record<string, never> & { refusal?: { code: string; says: { zh: string } } }
}

async function ask(method: 'GET' | 'POST' | 'PUT', url: string, cookie: string, payload?: object): Promise<Answer> {
  const reply = await app.inject({
    method,
    url,
    headers: { cookie, 'sec-fetch-site': 'same-origin' },
    ...(payload ? { payload } : {}),
  })
  return { status: reply.statusCode, body: reply.json() }
}

function form(
  fields: Record<string, string>,
  csv: string | null,
): { headers: Record<string, string>; payload: string } {
  const parts = Object.entries(fields).map(
    ([name, value]) => `--x\r\ncontent-disposition: form-data; name="${name}"\r\n\r\n${value}\r\n`,
  )
  const file = 'content-disposition: form-data; name="file"; filename="办件.csv"\r\ncontent-type: text/csv'
  if (csv !== null) parts.push(`--x\r\n${file}\r\n\r\n${csv}\r\n`)
  return { headers: { 'content-type': 'multipart/form-data; boundary=x' }, payload: `${parts.join('')}--x--\r\n` }
}

async function upload(fields: Record<string, string>, csv: string | null, cookie = supervisor): Promise<Answer> {
  const { headers, payload } = form(fields, csv)
  const reply = await app.inject({
    method: 'POST',
    url: '/api/logs',
    headers: { ...headers, cookie, 'sec-fetch-site': 'same-origin' },
    payload,
  })
  return { status: reply.statusCode, body: reply.json() }
}

/** Waits until a job has ended and gives its state. */
const ended = (job: string) =>
  vi.waitFor(
    async () => {
      const { body } = await ask('GET', `/api/jobs/${job}`, supervisor)
      if (body.state === 'waiting' || body.state === 'running') throw new Error(body.state)
      return body as Answer['body'] & { state: string; done: number; total: number; result: { log: string } }
    },
    { timeout: 15_000, interval: 50 },
  )

async function imported(csv: string, fields: Record<string, string> = { name: '行政许可办件' }): Promise<string> {
  const { status, body } = await upload(fields, csv)
  expect(status).toBe(202)
  const job = await ended(body.job as unknown as string)
  expect(job.state).toBe('done')
  return body.log as unknown as string
}

describe('importing a log over the web', () => {
  it('runs as a job, and the log’s page tells what became of each row', async () => {
    const csv = `${csvOf(120)}C5,,2024-03-01 10:00,,,\nC6,受理,不详,,,\n`
    const log = await imported(csv)
    const { body } = await ask('GET', `/api/logs/${log}`, supervisor)
    expect(body).toMatchObject({
      name: '行政许可办件',
      region: testRegions.county,
      summary: { cases: 120, events: 330, activities: 3, variants: 2 },
      imports: [
        {
          file: '办件.csv',
          rows: { in: 332, used: 330, reported: 2 },
          reasons: { 'missing-activity': 1, 'unreadable-time': 1 },
          reported: [{ row: 332 }, { row: 333, cell: '不详' }],
          guessed: true,
          zone: 'Asia/Shanghai',
          zoneFrom: 'setting',
        },
      ],
    })
    const csvReply = await app.inject({ url: `/api/logs/${log}/report.csv`, headers: { cookie: supervisor } })
    expect(csvReply.body.split('\r\n').slice(1, 3)).toEqual([
      '332,missing-activity,没有环节,no activity,',
      '333,unreadable-time,时间无法按本列的格式读出,the time cannot be read in its column’s format,不详',
    ])
    const { body: list } = await ask('GET', '/api/logs?search=许可', supervisor)
    expect((list.rows as unknown as { id: string }[]).map(({ id }) => id)).toContain(log)
    expect(await readdir(join(home, 'uploads'))).toEqual([])
  })

  it('supersedes the cases of an earlier file when it goes into the same log', async () => {
    const log = await imported(csvOf(20))
    expect(await imported(csvOf(30, new Set([4])), { log })).toBe(log)
    const { body } = await ask('GET', `/api/logs/${log}`, supervisor)
    expect(body).toMatchObject({ summary: { cases: 30 }, imports: [{ sequence: 2 }, { sequence: 1 }] })
  })

  it('ends with the refusal of a file that cannot be read, and leaves no log', async () => {
    const { body } = await upload({ name: 'x' }, 'a,b\n1,2\n')
    const job = await ended(body.job as unknown as string)
    expect(job).toMatchObject({ state: 'refused', refusal: { code: 'log.cannot-guess' } })
    expect((await ask('GET', `/api/logs/${body.log}`, supervisor)).body.refusal?.code).toBe('log.unknown')
  })

  it.each<[string, Record<string, string>, string | null, string]>([
    ['without a file', { name: 'x' }, null, 'log.upload-without-file'],
    ['without a name', {}, 'a,b\n', 'log.upload-without-file'],
    ['with a mapping that has an unknown key', { name: 'x', mapping: '{"fall":"a"}' }, 'a\n', 'log.mapping-malformed'],
    ['into a log that is not there', { log: randomUUIDv7() }, 'a\n', 'log.unknown'],
    ['into another region', { name: 'x', region: testRegions.elsewhere }, 'a\n', 'access.other-region'],
  ])('%s is refused at once and keeps nothing', async (_, fields, csv, code) => {
    const { body } = await upload(fields, csv)
    expect(body.refusal?.code).toBe(code)
    expect(await readdir(join(home, 'uploads'))).toEqual([])
  })

  it('is for the supervisor alone', async () => {
    expect((await upload({ name: 'x' }, csvOf(2), handler)).status).toBe(403)
  })
})

describe('the cases of a log', async () => {
  const log = await imported(csvOf(60))

  it('come page by page in the log’s order, with how many match in all', async () => {
    const seen: string[] = []
    let url = `/api/logs/${log}/cases?limit=25`
    for (;;) {
      const { body } = await ask('GET', url, supervisor)
      const { rows, total, next } = body as unknown as { rows: { id: string }[]; total: number; next: string | null }
      expect(total).toBe(60)
      seen.push(...rows.map(({ id }) => id))
      if (next === null) break
      url = `/api/logs/${log}/cases?limit=25&cursor=${next}`
    }
    expect(seen).toEqual(Array.from({ length: 60 }, (_, c) => `C${c}`))
  })

  it('are found by a part of their id, in which % and _ mean themselves', async () => {
    expect((await ask('GET', `/api/logs/${log}/cases?search=C5`, supervisor)).body.total).toBe(11)
    expect((await ask('GET', `/api/logs/${log}/cases?search=%25`, supervisor)).body.total).toBe(0)
  })

  it('are not searched for what no text can hold', async () => {
    expect((await ask('GET', `/api/logs/${log}/cases?search=%00`, supervisor)).status).toBe(400)
  })

  it('with something found are told from those without', async () => {
    expect((await ask('GET', `/api/logs/${log}/cases?found=any`, supervisor)).body.total).toBe(0)
    const definition = '{"title": {}, "basis": [], "innocent": [], "guide": {}}'
    await sql`insert into supervise_check values ('late', 1, 'EM-04', 'red', ${definition}::jsonb, now())`.execute(db)
    await sql`insert into supervise_result (id, log_id, plan_id, check_id, check_version, code, severity, case_id, subject,
        says, columns, evidence, officer_marks, basis, region, state, digest, changed_in, changed_at)
      select gen_random_uuid(), ${log}, 'p', 'late', 1, 'EM-04', 'red', c, '', '{}', '{}', '[]', '{}', '{}', '99/9901',
        case c when 'C3' then 'withdrawn' else 'current' end, '', 1, now()
      from unnest(array['C3', 'C4', 'C8']) as c`.execute(db)
    const { body } = await ask('GET', `/api/logs/${log}/cases?found=late`, supervisor)
    expect(body.rows).toMatchObject([
      { id: 'C4', found: 1 },
      { id: 'C8', found: 1 },
    ])
    expect((await ask('GET', `/api/logs/${log}/cases?found=other`, supervisor)).body.total).toBe(0)
  })

  it('show their events with officers under codes that stay the same within the log', async () => {
    const { body } = await ask('GET', `/api/logs/${log}/cases/C7`, supervisor)
    const { timeline } = body as unknown as {
      timeline: { officer: string | null; activity: string; happenedAt: string }[]
    }
    expect(timeline.map(({ activity, happenedAt }) => [activity, happenedAt])).toEqual([
      ['受理', '2024-03-08T01:00:00.000Z'],
      ['审查', '2024-03-08T03:00:00.000Z'],
      ['准予许可', '2024-03-08T07:30:00.000Z'],
    ])
    expect(JSON.stringify(body)).not.toContain('窗口2')
    const other = await ask('GET', `/api/logs/${log}/cases/C2`, supervisor)
    const { timeline: events } = other.body as unknown as typeof body & { timeline: typeof timeline }
    expect(events[0]?.officer).toBe(timeline[0]?.officer)
    expect(timeline[0]?.officer).toMatch(/^[A-Z2-9]{6}$/)
  })

  it('of a county are out of reach for a township', async () => {
    expect((await ask('GET', `/api/logs/${log}`, townSupervisor)).body.refusal?.code).toBe('access.other-region')
    expect((await ask('GET', `/api/logs/${log}/cases/C1`, townSupervisor)).body.refusal?.code).toBe(
      'access.other-region',
    )
    expect((await ask('GET', `/api/logs/${log}/cases`, townSupervisor)).body.total).toBe(0)
  })
})

describe('conformance of a stored log', () => {
  it('counts fitting and deviating cases, and each count opens exactly its cases', async () => {
    const log = await imported(csvOf(40))
    const asked = await ask('POST', `/api/logs/${log}/conformance`, supervisor, { procedure: 'ordinary-permit' })
    expect(asked.status).toBe(202)
    expect(await ended(asked.body.job as unknown as string)).toMatchObject({ state: 'done' })
    const { body } = await ask('GET', `/api/logs/${log}/conformance`, supervisor)
    const [result] = body.rows as unknown as {
      cases: number
      fitting: number
      deviating: number
      unsolved: number
      stale: boolean
      deviations: { key: string; cases: number }[]
    }[]
    if (result === undefined) throw new Error('no result')
    expect(result).toMatchObject({ cases: 40, unsolved: 0, stale: false })
    expect(result.fitting + result.deviating).toBe(40)
    expect(result.deviating).toBeGreaterThan(0)
    const opened = (query: string) =>
      ask('GET', `/api/logs/${log}/cases?procedure=ordinary-permit&${query}`, supervisor)
    expect((await opened('fits=deviating')).body.total).toBe(result.deviating)
    expect((await opened('fits=fitting')).body.total).toBe(result.fitting)
    for (const { key, cases } of result.deviations) {
      expect((await opened(`deviation=${encodeURIComponent(key)}`)).body.total).toBe(cases)
    }
    const one = await ask('GET', `/api/logs/${log}/cases/C1?procedure=ordinary-permit`, supervisor)
    expect(one.body).toMatchObject({ judged: true, procedure: 'ordinary-permit' })
    expect((one.body.path as unknown as unknown[]).length).toBeGreaterThan(2)
    await imported(csvOf(3), { log })
    const again = await ask('GET', `/api/logs/${log}/conformance`, supervisor)
    expect(again.body.rows).toMatchObject([{ stale: true }])
  })

  it('to a procedure that nobody wrote is refused', async () => {
    const log = await imported(csvOf(3))
    const { body } = await ask('POST', `/api/logs/${log}/conformance`, supervisor, { procedure: 'atlantis' })
    expect(await ended(body.job as unknown as string)).toMatchObject({
      state: 'refused',
      refusal: { code: 'log.procedure-unknown' },
    })
  })
})

describe('a saved mapping', () => {
  const mapping = { case: '编号', activity: '步骤', time: '时刻' }

  it('is kept by revision, and a change of an older one is refused', async () => {
    const id = randomUUIDv7()
    const save = (revision: number, name = '住建系统') =>
      ask('PUT', `/api/log-mappings/${id}`, supervisor, { name, mapping, revision })
    expect((await save(0)).body).toEqual({ id, revision: 1 })
    expect((await save(1, '住建局系统')).body).toEqual({ id, revision: 2 })
    expect((await save(1)).body.refusal?.code).toBe('log.mapping-changed')
    const { body } = await ask('GET', '/api/log-mappings', supervisor)
    expect(body.rows).toMatchObject([{ id, name: '住建局系统', mapping, revision: 2 }])
    const log = await imported('编号,步骤,时刻\nA,受理,2024-01-02 09:00\n', { name: 'm', mappingId: id })
    expect((await ask('GET', `/api/logs/${log}`, supervisor)).body).toMatchObject({
      summary: { cases: 1 },
      imports: [{ guessed: false, mapping }],
    })
  })
})
