import { randomUUID } from 'node:crypto'
import { sql } from 'kysely'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { isRefusal } from '../../core/refusal/refusal.ts'
import { type OfficerRole, officerRoles } from '../../kernel/access/principal.ts'
import { routeKey } from '../../kernel/access/table.ts'
import { testDatabase } from '../../kernel/db/test-database.ts'
import { draftPower, nobody } from '../../modules/list/module.ts'
import { type BuiltServer, buildServer } from '../server/build-server.ts'
import { cookieOf, officerOf, testDirectory, testMorning, testRegions, testServices } from '../server/test-server.ts'
import { accessTable } from './table.ts'

const db = await testDatabase()
const { county, township, province, elsewhere } = testRegions
const ids = new Map<string, string>()
let server: BuiltServer

const mapping = JSON.stringify({ case: 'a', activity: 'b', time: 'c' })
const summary = JSON.stringify({ cases: 1, events: 1, variants: 1, firstAt: null, lastAt: null, activities: [] })

/** One object of each kind in a region, with the id that its address takes. */
async function furnish(region: string): Promise<void> {
  const id = randomUUID()
  ids.set(region, id)
  await sql`insert into log (id, name, region, pseudonym_key, summary, created_at)
    values (${id}, ${`log of ${region}`}, ${region}, '\\x00', ${summary}, now())`.execute(db)
  await sql`insert into log_mapping (id, region, name, mapping, revision, saved_at)
    values (${id}, ${region}, 'm', ${mapping}, 1, now())`.execute(db)
  await sql`insert into log_import (id, log_id, sequence, file, size, format, encoding, mapping, guessed, zone, zone_from,
      rows_in, rows_used, rows_reported, reasons, notes, cases, events_file, cases_file, event_columns, case_columns, imported_at)
    values (${id}, ${id}, 1, 'a.csv', 1, 'csv', 'utf-8', ${mapping}, false, 'Asia/Shanghai', 'setting',
      1, 1, 0, '{}', '[]', 1, 'e', 'c', '[]', '[]', now())`.execute(db)
  await sql`insert into log_variant (log_id, variant, activities) values (${id}, 'v', '{a}')`.execute(db)
  await sql`insert into log_case (log_id, case_id, import_id, ordinal, position, region, events, variant, unfinished)
    values (${id}, 'c', ${id}, 0, 0, ${region}, 1, 'v', false)`.execute(db)
  const drafted = await draftPower(db, powerEntry(region), { actor: nobody, at: testMorning })
  if (isRefusal(drafted)) throw new Error(drafted.says.en)
  // Published although nothing resolves, as if its law had been repealed since.
  await sql`update power set state = 'published', published_version = 1 where code = ${powerOf(region)}`.execute(db)
}

const powerEntry = (region: string) => ({
  code: powerOf(region),
  name: { zh: '甲', en: 'A' },
  kind: null,
  level: null,
  region,
  organs: [],
  bases: [{ kind: 'article' as const, ref: 'CN-LAW-1901-no-such-law#1' }],
  limit: { statutory: null, promised: null },
  procedure: null,
  caseKinds: [],
  special: [],
})

const powerOf = (region: string): string => `power-${region.replaceAll('/', '-')}`

interface Case {
  readonly url: (id: string, region: string) => string
  readonly body?: (region: string, id: string) => object
}

/** How to address the object of a region on each route that reaches the own region only. */
const objects: Readonly<Record<string, Case>> = {
  'GET /api/jobs/:id': { url: (id) => `/api/jobs/${id}` },
  'DELETE /api/jobs/:id': { url: (id) => `/api/jobs/${id}` },
  'GET /api/logs/:id': { url: (id) => `/api/logs/${id}` },
  'GET /api/logs/:id/report.csv': { url: (id) => `/api/logs/${id}/report.csv` },
  'GET /api/logs/:id/cases/:caseId': { url: (id) => `/api/logs/${id}/cases/c` },
  'GET /api/logs/:id/conformance': { url: (id) => `/api/logs/${id}/conformance` },
  'POST /api/logs/:id/conformance': { url: (id) => `/api/logs/${id}/conformance`, body: () => ({ procedure: 'p' }) },
  'GET /api/power-drafts/:code': { url: (_id, region) => `/api/power-drafts/${powerOf(region)}` },
  'POST /api/powers': { url: () => '/api/powers', body: (region) => powerEntry(region) },
  'POST /api/powers/:code/publish': {
    url: (_id, region) => `/api/powers/${powerOf(region)}/publish`,
    body: () => ({}),
  },
  'POST /api/powers/:code/suspend': {
    url: (_id, region) => `/api/powers/${powerOf(region)}/suspend`,
    body: () => ({}),
  },
  'POST /api/powers/:code/repeal': { url: (_id, region) => `/api/powers/${powerOf(region)}/repeal`, body: () => ({}) },
  'PUT /api/log-mappings/:id': {
    url: (id) => `/api/log-mappings/${id}`,
    body: (region) => ({ name: 'm', region, mapping: { case: 'a', activity: 'b', time: 'c' }, revision: 1 }),
  },
}

/** Their answers need the files of a real import, which these rows do not have. */
const needFiles = new Set(['GET /api/logs/:id/cases/:caseId'])

/** Routes that answer rows of the own region, and where a row keeps its region. */
const lists: Readonly<Record<string, (id: string) => string>> = {
  'GET /api/officers': () => '/api/officers?limit=500',
  'GET /api/logs': () => '/api/logs?limit=500',
  'GET /api/logs/:id/cases': (id) => `/api/logs/${id}/cases`,
  'GET /api/power-drafts': () => '/api/power-drafts',
  'GET /api/lapsed-bases': () => '/api/lapsed-bases',
  'GET /api/log-mappings': () => '/api/log-mappings',
}

/** Routes whose region stands in what is sent, tested beside their handler. */
const elsewhereTested = new Set(['POST /api/logs'])

beforeAll(async () => {
  await testDirectory(db, officerRoles)
  for (const region of Object.values(testRegions)) await furnish(region)
  const regionOf = new Map([...ids].map(([region, id]) => [id, region]))
  const state = async (id: string) => ({
    id,
    kind: 'k',
    officer: null,
    region: regionOf.get(id) ?? null,
    state: 'done' as const,
    done: 1,
    total: 1,
    stage: null,
    result: null,
    refusal: null,
    askedAt: '',
    startedAt: null,
    endedAt: null,
  })
  const jobs = { state, start: async () => 'job', cancel: async () => true as const }
  server = await buildServer({ ...testServices(db), jobs })
  await server.app.ready()
})
afterAll(() => server.app.close())

const ownRoles = (key: string): OfficerRole[] => {
  const reach = accessTable.get(key)?.reach ?? {}
  return officerRoles.filter((role) => reach[role] === 'own')
}

async function ask(key: string, url: string, role: OfficerRole, region: string, body?: object) {
  const cookie = await cookieOf(db, role, region)
  const [method] = key.split(' ')
  const headers = { cookie, 'sec-fetch-site': 'same-origin' }
  return server.app.inject({ method: method as 'GET', url, headers, ...(body === undefined ? {} : { payload: body }) })
}

const codeOf = (body: string): string =>
  body.startsWith('{"refusal"') ? (JSON.parse(body).refusal.code as string) : ''

describe('a route that reaches the own region', () => {
  const keys = [...accessTable.values()].map(({ method, url }) => routeKey(method, url))
  const own = keys.filter((key) => ownRoles(key).length > 0)

  test('is tested here or beside its handler', () => {
    expect(own.length).toBeGreaterThan(8)
    const tested = [...Object.keys(objects), ...Object.keys(lists), ...elsewhereTested]
    expect(own.filter((key) => !tested.includes(key))).toEqual([])
    expect(tested.filter((key) => !own.includes(key))).toEqual([])
  })

  test.each(Object.entries(objects))(
    '%s reaches what is in the region or below, and nothing above or beside',
    async (key, { url, body }) => {
      for (const role of ownRoles(key)) {
        for (const [region, reached] of [
          [county, true],
          [township, true],
          [province, false],
          [elsewhere, false],
        ] as const) {
          const id = ids.get(region) ?? ''
          const answer = await ask(key, url(id, region), role, county, body?.(region, id))
          const what = `${role} ${key} of ${region}: ${answer.statusCode} ${answer.body.slice(0, 200)}`
          if (reached) {
            expect(codeOf(answer.body), what).not.toMatch(/^(access|http)\./)
            if (key.startsWith('GET') && !needFiles.has(key)) expect(answer.statusCode, what).toBe(200)
          } else {
            expect(codeOf(answer.body), what).toBe('access.other-region')
            expect(answer.statusCode, what).toBe(403)
            const audit = server.house.trust.store.selectFrom('audit_entry').selectAll().orderBy('id', 'desc').limit(1)
            expect(await audit.executeTakeFirst(), what).toMatchObject({
              officer: officerOf(role, county),
              route: key,
              reason: 'access.other-region',
              decision: 'denied',
            })
          }
        }
      }
    },
  )

  test.each(Object.entries(lists))(
    '%s shows rows of the region and below only, and counts no other',
    async (key, url) => {
      const regions = async (role: OfficerRole, region: string): Promise<string[]> => {
        const seen: string[] = []
        for (const id of ids.values()) {
          const answer = await ask(key, url(id), role, region)
          const body = answer.json() as { rows?: { region: string }[]; total?: number; refusal?: object }
          expect(answer.statusCode, `${role} ${key}: ${answer.body.slice(0, 300)}`).not.toBe(500)
          if (body.rows === undefined) continue
          if (body.total !== undefined) expect(body.total).toBe(body.rows.length)
          seen.push(...body.rows.map((row) => row.region))
          if (url(id) === url('')) break
        }
        return [...new Set(seen)].sort()
      }
      for (const role of ownRoles(key)) {
        expect(await regions(role, county)).toEqual([county, township, testRegions.sibling].sort())
        expect(await regions(role, township)).toEqual([township])
        expect(await regions(role, elsewhere)).toEqual([elsewhere])
      }
    },
  )
})
