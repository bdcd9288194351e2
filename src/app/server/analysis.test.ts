import { randomUUIDv7 } from 'node:crypto'
import { mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { sql } from 'kysely'
import { afterAll, describe, expect, it } from 'vitest'
import { isRefusal } from '../../core/refusal/refusal.ts'
import { testDatabase } from '../../kernel/db/test-database.ts'
import { csvOf } from '../../modules/supervise/logs/fixtures/csv.ts'
import { importLog } from '../../modules/supervise/logs/import-log.ts'
import { buildServer } from './build-server.ts'
import { cookieOf, testDirectory, testMorning, testRegions, testServices } from './test-server.ts'

const db = await testDatabase()
await testDirectory(db, ['supervisor', 'handler'])
const home = await mkdtemp(join(tmpdir(), 'daylight-analysis-'))
const services = testServices(db, { home })
const { app } = await buildServer(services)
afterAll(async () => {
  await app.close()
  services.olap.close()
  await rm(home, { recursive: true, force: true })
})

async function imported(csv: string, log: string = randomUUIDv7()): Promise<string> {
  const path = join(home, `${randomUUIDv7()}.csv`)
  await writeFile(path, csv)
  const actor = { officer: null, post: null, organ: null }
  const input = {
    log,
    name: '办件',
    region: testRegions.county,
    path,
    file: 'a.csv',
    mapping: null,
    zone: 'UTC',
    actor,
  }
  const outcome = await importLog({ db, olap: services.olap, home }, input, { clock: () => testMorning })
  if (isRefusal(outcome)) throw new Error(outcome.says.en)
  return log
}

const log = await imported(csvOf(120))
const supervisor = await cookieOf(db, 'supervisor', testRegions.county)

async function ask(route: string, query: Record<string, unknown> = {}, cookie = supervisor, of = log) {
  const words = Object.entries(query).map(([key, value]) => {
    const text = typeof value === 'object' ? JSON.stringify(value) : String(value)
    return `${key}=${encodeURIComponent(text)}`
  })
  const reply = await app.inject({ url: `/api/logs/${of}/analysis/${route}?${words.join('&')}`, headers: { cookie } })
  return { status: reply.statusCode, body: reply.json() }
}

describe('the analyses of a stored log', () => {
  it.each([
    ['facets', {}, { firstOn: '2024-03-01', hasStarts: false, endBy: 'last-event' }],
    [
      'overview',
      { calendar: 'cn' },
      { events: 330, activities: 3, variants: 2, workingDays: { calendar: 'cn', unjudged: 0 } },
    ],
    ['variants', { limit: 1 }, { total: 2, rows: [{ rank: 1, cases: 90, share: 0.75, cumulative: 0.75 }] }],
    ['graph', {}, { edges: [{ from: '受理', to: '审查', count: 90, duration: { median: 7200 } }, {}, {}] }],
    ['throughput', { by: 'organ' }, { known: true, rows: [{ key: '业务科', events: 210 }, { key: '受理科' }] }],
    ['temporal', { zeta: 1 }, { zeta: 1, leftOut: 0 }],
    ['rework', {}, { reworked: 0, rows: [] }],
    ['handovers', { by: 'organ' }, { rows: [{ from: '受理科', to: '业务科', count: 120 }] }],
    ['rhythm', { by: 'officer' }, { zone: 'Asia/Shanghai', known: true, withoutTime: 0 }],
    ['open', { step: 'month' }, { rows: [{ date: '2024-03-01', opened: 120, closed: 120, open: 0 }] }],
    ['cases', { order: 'longest', limit: 2 }, { total: 120, rows: [{ seconds: 23400, events: 2 }, {}] }],
    [
      'compare',
      { a: { lacks: ['审查'] }, b: { contains: ['审查'] } },
      { a: { cases: 30 }, b: { cases: 90 }, inBoth: 0 },
    ],
  ] as const)('%s is answered with numbers that can be counted in its file', async (route, query, expected) => {
    const { status, body } = await ask(route, query)
    expect({ status, body }).toMatchObject({ status: 200, body: expected })
    if (route !== 'compare') expect(body).toMatchObject({ cases: 120, allCases: 120 })
  })
})

const total = async (filter: object): Promise<unknown> => (await ask('cases', { filter })).body.total

describe('a filter', () => {
  it('combines its parts, and every answer says of how many cases it speaks', async () => {
    expect(await total({ contains: ['审查'] })).toBe(90)
    expect(await total({ contains: ['审查'], time: { how: 'starts', from: '2024-03-02', to: '2024-03-02' } })).toBe(4)
    expect(await total({ attribute: [{ key: 'case:渠道', values: ['网上'] }] })).toBe(40)
    const { body } = await ask('graph', { filter: { lacks: ['审查'] } })
    expect(body).toMatchObject({ cases: 30, allCases: 120, edges: [{ from: '受理', to: '准予许可', count: 30 }] })
  })

  it('by the name of a variant leaves its cases', async () => {
    const { body } = await ask('variants')
    for (const { variant, cases } of body.rows) expect(await total({ variant: [variant] })).toBe(cases)
    expect(await total({ variant: ['0'.repeat(32)] })).toBe(0)
  })

  it('opens what a number of each analysis counts', async () => {
    const handed = (await ask('handovers', { by: 'officer' })).body.rows[0]
    expect(await total({ handover: [{ by: 'officer', from: handed.from, to: handed.to }] })).toBe(handed.cases)
    const { edges } = (await ask('graph')).body
    for (const { from, to, cases } of edges)
      expect(await total({ follows: [{ from, to, how: 'directly' }] })).toBe(cases)
    const { body } = await ask('compare', { a: { lacks: ['审查'] }, b: { contains: ['审查'] } })
    for (const { kind, unit, a, b, opens } of body.differences) {
      if (unit !== 'share' || kind === 'deviation') continue
      expect([await total(opens.a), await total(opens.b)]).toEqual([a.cases, b.cases])
    }
    for (const { cases, opens } of (await ask('overview')).body.attention) expect(await total(opens)).toBe(cases)
  })

  it.each([
    ['that is no JSON', '{', 400, 'http.bad-request'],
    ['with a part that is unknown', { colour: ['red'] }, 400, 'http.bad-request'],
    ['with a day that is none', { openOn: '2024-02-30' }, 400, 'http.bad-request'],
    [
      'by what could name a person',
      { attribute: [{ key: '经办人', values: ['窗口1'] }] },
      422,
      'analysis.not-a-category',
    ],
  ])('%s is refused', async (_, filter, status, code) => {
    expect(await ask('cases', { filter })).toMatchObject({ status, body: { refusal: { code } } })
    expect((await ask('compare', { a: {}, b: filter })).status).toBe(status)
  })
})

describe('the analyses', () => {
  it('page by page show each case once, in the order asked for', async () => {
    const seen: { readonly id: string; readonly seconds: number }[] = []
    let cursor: string | null = null
    do {
      const { body } = await ask('cases', { order: 'shortest', limit: 50, ...(cursor === null ? {} : { cursor }) })
      seen.push(...body.rows)
      cursor = body.next
    } while (cursor !== null)
    expect(new Set(seen.map(({ id }) => id)).size).toBe(120)
    const seconds = seen.map((row) => row.seconds)
    expect(seconds).toEqual([...seconds].sort((a, b) => a - b))
    expect((await ask('cases', { cursor: 'nonsense' })).body.refusal.code).toBe('http.bad-cursor')
  })

  it('show officers under the marks that the timeline of a case has, and never by name', async () => {
    const detail = await app.inject({ url: `/api/logs/${log}/cases/C1`, headers: { cookie: supervisor } })
    const [first] = detail.json().timeline
    const { body } = await ask('facets')
    expect(body.officer.map(({ value }: { value: string }) => value)).toContain(first.officer)
    for (const route of ['facets', 'handovers', 'rhythm', 'throughput']) {
      const { body: answer } = await ask(route, route === 'facets' ? {} : { by: 'officer' })
      expect(JSON.stringify(answer)).not.toMatch(/窗口\d|审查\d|负责人\d/)
    }
  })

  it('speak of the log as its last import left it', async () => {
    const growing = await imported(csvOf(20))
    expect((await ask('overview', {}, supervisor, growing)).body).toMatchObject({ cases: 20 })
    await imported(csvOf(30, new Set([4])), growing)
    const { body } = await ask('variants', {}, supervisor, growing)
    expect(body).toMatchObject({ cases: 30, total: 3 })
  })

  it('compare the deviations from a procedure only where the log was judged by it', async () => {
    const { body } = await ask('compare', { a: {}, b: {}, procedure: 'administrative-licence' })
    expect(body.refusal.code).toBe('analysis.not-judged')
    const { rows } = (await ask('variants')).body
    const conformance = randomUUIDv7()
    await sql`insert into log_conformance (id, log_id, procedure, version, sequence, judged_at, cases, fitting, deviating,
        unsolved, deviations) values (${conformance}, ${log}, 'p', 'v', 1, now(), 120, 90, 30, 0, '[]')`.execute(db)
    for (const { variant, activities } of rows) {
      const deviations = activities.includes('审查') ? [] : [{ kind: 'skipped', step: '审查', after: '受理' }]
      await sql`insert into log_variant_conformance (conformance_id, variant, unfinished, fits, cost, deviation_keys,
          deviations, path) values (${conformance}, ${variant}, false, ${deviations.length === 0}, 0,
          ${deviations.map(({ kind, step }) => `${kind}:${step}`)}, ${JSON.stringify(deviations)}::jsonb, '[]')`.execute(
        db,
      )
    }
    const found = await ask('compare', { a: { lacks: ['审查'] }, b: { contains: ['审查'] }, procedure: 'p' })
    const told = found.body.differences.filter(({ kind }: { kind: string }) => kind === 'deviation')
    expect(told).toMatchObject([
      {
        deviation: 'skipped:审查',
        a: { n: 30, value: 1, cases: 30 },
        b: { n: 90, value: 0 },
        sure: 'sure',
        says: { zh: '跳过“审查”的办件：甲 100.0%，乙 0.0%；差异可靠。' },
      },
    ])
  })

  it('of an unknown log are refused', async () => {
    expect((await ask('graph', {}, supervisor, randomUUIDv7())).body.refusal.code).toBe('log.unknown')
  })
})
