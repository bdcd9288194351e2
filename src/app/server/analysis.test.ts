import { randomUUIDv7 } from 'node:crypto'
import { mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
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
