import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { type OfficerRole, officerRoles } from '../../kernel/access/principal.ts'
import { routeKey } from '../../kernel/access/table.ts'
import { testDatabase } from '../../kernel/db/test-database.ts'
import { type BuiltServer, buildServer } from '../server/build-server.ts'
import { cookieOf, officerOf, testDirectory, testRegions, testServices } from '../server/test-server.ts'
import { accessTable } from './table.ts'
import {
  findingOf,
  furnish,
  idOf,
  planOf,
  planTerms,
  powerEntry,
  powerOf,
  testBpmn,
  testCheck,
  testQuality,
} from './test-objects.ts'

const db = await testDatabase()
const { county, township, sibling, province, elsewhere } = testRegions
let server: BuiltServer

interface Case {
  readonly url: (region: string) => string
  readonly body?: (region: string) => object
}

const ofLog = (rest: string) => (region: string) => `/api/logs/${idOf(region)}${rest}`
const ofPower = (act: string): Case => ({ url: (region) => `/api/powers/${powerOf(region)}/${act}`, body: () => ({}) })
const ofProposal = (rest: string) => (region: string) => `/api/proposals/${idOf(region)}${rest}`
const ofUpload = (act: string, body: object): Case => ({
  url: (region) => `/api/log-uploads/${idOf(region)}/${act}`,
  body: () => body,
})
const ofFinding = (act: string) => (region: string) => `/api/findings/${findingOf(region)}${act}`
const reason = 'a reason of more than ten letters'

/** The analyses of a log: all of one kind, so that a new one cannot be forgotten. */
const analyses = Object.fromEntries(
  [...accessTable.keys()]
    .filter((key) => key.startsWith('GET /api/logs/:id/analysis/'))
    .map((key): [string, Case] => [key, { url: ofLog(key.slice('GET /api/logs/:id'.length)) }]),
)

/** How to address the object of a region on each route that reaches the own region only. */
const objects: Readonly<Record<string, Case>> = {
  ...analyses,
  'GET /api/logs/:id/analysis/deviations': { url: ofLog('/analysis/deviations?procedure=p') },
  'GET /api/jobs/:id': { url: (region) => `/api/jobs/${idOf(region)}` },
  'DELETE /api/jobs/:id': { url: (region) => `/api/jobs/${idOf(region)}` },
  'GET /api/power-drafts/:code': { url: (region) => `/api/power-drafts/${powerOf(region)}` },
  'POST /api/powers': { url: () => '/api/powers', body: powerEntry },
  'POST /api/powers/:code/publish': ofPower('publish'),
  'POST /api/powers/:code/suspend': ofPower('suspend'),
  'POST /api/powers/:code/repeal': ofPower('repeal'),
  'GET /api/logs/:id': { url: ofLog('') },
  'GET /api/logs/:id/report.csv': { url: ofLog('/report.csv') },
  'GET /api/logs/:id/cases/:caseId': { url: ofLog('/cases/c') },
  'GET /api/logs/:id/cases/:caseId/clock': { url: ofLog('/cases/c/clock') },
  'GET /api/logs/:id/conformance': { url: ofLog('/conformance') },
  'GET /api/logs/:id/conformance/variants': {
    url: ofLog(`/conformance/variants?procedure=p&variants=${'0'.repeat(32)}`),
  },
  'POST /api/logs/:id/conformance': { url: ofLog('/conformance'), body: () => ({ procedure: 'p' }) },
  'POST /api/logs/:id/judge': { url: ofLog('/judge'), body: (region) => ({ plan: planOf(region) }) },
  'GET /api/logs/:id/judgements': { url: ofLog('/judgements') },
  'GET /api/logs/:id/export.csv': { url: ofLog('/export.csv') },
  'GET /api/logs/:id/export.xes': { url: ofLog('/export.xes') },
  'GET /api/logs/:id/export.map.yml': { url: ofLog('/export.map.yml') },
  'POST /api/log-uploads/:id/survey': ofUpload('survey', {}),
  'POST /api/log-uploads/:id/preview': ofUpload('preview', { mapping: { case: 'a', activity: 'b', time: 'c' } }),
  'POST /api/log-uploads/:id/import': ofUpload('import', {
    name: 'n',
    mapping: { case: 'a', activity: 'b', time: 'c' },
  }),
  'PUT /api/log-mappings/:id': {
    url: (region) => `/api/log-mappings/${idOf(region)}`,
    body: (region) => ({ name: 'm', region, mapping: { case: 'a', activity: 'b', time: 'c' }, revision: 1 }),
  },
  'POST /api/logs/:id/discovery': { url: ofLog('/discovery'), body: () => ({ noise: 0 }) },
  'POST /api/logs/:id/proposals': {
    url: ofLog('/proposals'),
    body: () => ({ name: 'p', bpmn: testBpmn, sequence: 1, noise: 0, quality: testQuality }),
  },
  'GET /api/proposals/:proposal': { url: ofProposal('') },
  'PUT /api/proposals/:proposal': {
    url: ofProposal(''),
    body: () => ({ name: 'p', bpmn: testBpmn, revision: 1 }),
  },
  'GET /api/proposals/:proposal/net.pnml': { url: ofProposal('/net.pnml') },
  'POST /api/proposals/:proposal/comparison': { url: ofProposal('/comparison'), body: () => ({ procedure: 'p' }) },
  'GET /api/plans/:plan': { url: (region) => `/api/plans/${planOf(region)}` },
  'GET /api/findings/:id': { url: ofFinding('') },
  'POST /api/findings/:id/verification': {
    url: ofFinding('/verification'),
    body: () => ({ outcome: 'upheld', reason }),
  },
  'POST /api/findings/:id/lead': { url: ofFinding('/lead'), body: () => ({ reason }) },
  'POST /api/findings/:id/lead/approval': { url: ofFinding('/lead/approval'), body: () => ({ approve: true, reason }) },
}

/** Their answers need the files of a real import or of a pack, which these objects do not have. */
const needFiles = new Set([
  'GET /api/logs/:id/cases/:caseId',
  'GET /api/logs/:id/cases/:caseId/clock',
  'GET /api/logs/:id/export.csv',
  'GET /api/logs/:id/export.xes',
  'GET /api/logs/:id/export.map.yml',
  ...Object.keys(analyses),
])

type Body = Readonly<Record<string, unknown>> & { readonly rows: readonly Readonly<Record<string, unknown>>[] }
const regionsIn = ({ rows, total }: Body): unknown[] => {
  if (total !== undefined) expect(total).toBe(rows.length)
  return rows.map(({ region }) => region)
}
const plansIn = ({ rows }: Body): unknown[] => {
  const regions = new Map(Object.values(testRegions).map((region) => [planOf(region), region]))
  return rows.flatMap(({ plan }) => regions.get(plan as string) ?? [])
}

/** Routes that answer rows of the own region: where, and whose rows an answer holds. */
const lists: Readonly<Record<string, readonly [(region: string) => string, (body: Body) => unknown[]]>> = {
  'GET /api/officers': [() => '/api/officers?limit=500', regionsIn],
  'GET /api/power-drafts': [() => '/api/power-drafts', regionsIn],
  'GET /api/lapsed-bases': [() => '/api/lapsed-bases', regionsIn],
  'GET /api/logs': [() => '/api/logs', regionsIn],
  'GET /api/logs/:id/cases': [ofLog('/cases'), regionsIn],
  'GET /api/log-mappings': [() => '/api/log-mappings', regionsIn],
  'GET /api/discovery/logs': [() => '/api/discovery/logs', regionsIn],
  'GET /api/proposals': [() => '/api/proposals?limit=500', regionsIn],
  'GET /api/plans': [() => '/api/plans', plansIn],
  'GET /api/findings': [() => '/api/findings', regionsIn],
}

/** Routes that answer numbers of the own region: where, and the number of findings or results that they count. */
const counts: Readonly<Record<string, readonly [string, (body: Body) => unknown]>> = {
  'GET /api/checks': ['/api/checks', ({ rows }) => rows.find(({ check }) => check === testCheck)?.current],
  'GET /api/checks/:check': [`/api/checks/${testCheck}`, ({ current }) => current],
  'GET /api/findings/summary': ['/api/findings/summary', ({ total }) => total],
}

/** Each tested by itself: `POST /api/logs` beside its handler, since its region stands in an upload. */
const byThemselves = new Set(['POST /api/logs', 'POST /api/log-uploads', 'PUT /api/plans/:plan', 'GET /api/home'])

beforeAll(async () => {
  await testDirectory(db, officerRoles)
  for (const region of Object.values(testRegions)) await furnish(db, region)
  const regionOf = new Map(Object.values(testRegions).map((region) => [idOf(region), region]))
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

  test('is tested', () => {
    expect(own.length).toBeGreaterThan(8)
    const tested = [...Object.keys(objects), ...Object.keys(lists), ...Object.keys(counts), ...byThemselves]
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
          const answer = await ask(key, url(region), role, county, body?.(region))
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
    async (key, [url, regionsOf]) => {
      const seen = async (role: OfficerRole, region: string): Promise<unknown[]> => {
        const regions = new Set<unknown>()
        for (const address of new Set(Object.values(testRegions).map(url))) {
          const answer = await ask(key, address, role, region)
          expect(answer.statusCode, `${role} ${key}: ${answer.body.slice(0, 300)}`).not.toBe(500)
          if (answer.statusCode === 200) for (const one of regionsOf(answer.json())) regions.add(one)
        }
        return [...regions].sort()
      }
      for (const role of ownRoles(key)) {
        expect(await seen(role, county)).toEqual([county, township, sibling].sort())
        expect(await seen(role, township)).toEqual([township])
        expect(await seen(role, elsewhere)).toEqual([elsewhere])
      }
    },
  )

  test.each(Object.entries(counts))('%s counts what is of the region and below only', async (key, [url, countIn]) => {
    for (const role of ownRoles(key)) {
      for (const [region, number] of [
        [province, 5],
        [county, 3],
        [township, 1],
        [elsewhere, 1],
      ] as const) {
        const answer = await ask(key, url, role, region)
        expect(countIn(answer.json()), `${role} ${key} in ${region}: ${answer.body.slice(0, 300)}`).toBe(number)
      }
    }
  })

  test('PUT /api/plans/:plan saves in the own region, and leaves a plan of another region as it was', async () => {
    const save = (region: string) =>
      ask('PUT /api/plans/:plan', `/api/plans/${planOf(region)}`, 'supervisor', county, planTerms)
    expect((await save(county)).json()).toMatchObject({ plan: planOf(county), revision: 2 })
    expect(codeOf((await save(elsewhere)).body)).toBe('plan.of-other-region')
    const theirs = await ask('GET /api/plans/:plan', `/api/plans/${planOf(elsewhere)}`, 'supervisor', elsewhere)
    expect(theirs.json()).toMatchObject({ revision: 1 })
  })

  test('GET /api/home counts what its lists then show to the same officer', async () => {
    let counted = 0
    for (const role of ownRoles('GET /api/home')) {
      for (const region of [county, township, elsewhere]) {
        const { counts } = (await ask('GET /api/home', '/api/home', role, region)).json() as {
          counts: { n: number; opens: string }[]
        }
        for (const { n, opens } of counts) {
          const list = await ask('GET /api/findings', opens, role, region)
          expect(list.json(), `${role} in ${region}: ${opens}`).toMatchObject({ total: n })
          counted += n
        }
      }
    }
    expect(counted).toBeGreaterThan(0)
  })
})
