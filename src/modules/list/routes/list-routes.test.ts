import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import type { PowerEntry } from '../../../core/power/power.ts'
import type { OfficerRole, Principal } from '../../../kernel/access/principal.ts'
import { accessTable, everyone } from '../../../kernel/access/table.ts'
import { testDatabase } from '../../../kernel/db/test-database.ts'
import { createApp } from '../../../kernel/http/create-app.ts'
import { importLaws } from '../laws/import-laws.ts'
import { loadLawPacks } from '../laws/load-law-packs.ts'
import { statute, testPacks, testSet } from '../laws/test-set.ts'
import { lawRoutes } from './law-routes.ts'
import { powerRoutes, publicPowerRoutes } from './power-routes.ts'

const db = await testDatabase()
await loadLawPacks(db, testPacks)
const enacted = '第一条 甲。\n\n第二条 分为：\n\n（一）子；\n\n（二）丑。\n\n第三条 末。'
const folder = await testSet(
  {
    '行政法/望禾法(2018-03-01).md': statute('中华人民共和国望禾法', [], enacted),
    '行政法/望禾法(2024-03-01).md': statute('中华人民共和国望禾法', [], enacted.replace('丑', '寅')),
  },
  [
    { name: '望禾法', level: '法律', publish: '2018-03-01', valid_from: '2018-06-01' },
    { name: '望禾法', level: '法律', publish: '2024-03-01', valid_from: '2024-06-01' },
  ],
)
await importLaws(db, folder, testPacks)

const officer = (role: OfficerRole, region: string): Principal => ({
  officer: 'of1',
  post: 'po1',
  organ: 'or1',
  region,
  roles: [role],
})
const principals = new Map([
  ['county', officer('list-officer', '99/9901')],
  ['other', officer('list-officer', '99/9902')],
])
const keepers = { 'list-officer': 'own' } as const
const services = {
  db,
  clock: () => Temporal.Instant.from('2026-01-05T02:00:00Z'),
  zone: 'Asia/Shanghai',
  packs: testPacks,
}
const { app } = await createApp({
  guard: {
    table: accessTable([
      { method: 'GET', url: '/api/openapi.json', reach: everyone },
      { method: 'GET', url: '/api/docs', reach: everyone },
      { method: 'GET', url: '/api/laws', reach: everyone },
      { method: 'GET', url: '/api/laws/:law', reach: everyone },
      { method: 'GET', url: '/api/laws/:law/articles/:article', reach: everyone },
      { method: 'GET', url: '/api/law-search', reach: everyone },
      { method: 'GET', url: '/api/powers', reach: everyone },
      { method: 'GET', url: '/api/powers/:code', reach: everyone },
      { method: 'GET', url: '/api/power-drafts', reach: keepers },
      { method: 'GET', url: '/api/power-drafts/:code', reach: keepers },
      { method: 'GET', url: '/api/lapsed-bases', reach: keepers },
      { method: 'POST', url: '/api/powers', reach: keepers },
      { method: 'POST', url: '/api/powers/:code/publish', reach: keepers },
      { method: 'POST', url: '/api/powers/:code/suspend', reach: keepers },
      { method: 'POST', url: '/api/powers/:code/repeal', reach: keepers },
    ]),
    identify: async (request) => principals.get(String(request.headers['x-test-officer'])) ?? null,
    recordDenial: async () => {},
    recordUse: async () => {},
  },
  publicUrl: null,
  trustProxy: [],
  log: null,
})
beforeAll(async () => {
  lawRoutes(app, services)
  publicPowerRoutes(app, services)
  powerRoutes(app, services)
  await app.ready()
})
afterAll(() => app.close())

const get = async (url: string, who?: string) => {
  const answer = await app.inject({ url: encodeURI(url), headers: who === undefined ? {} : { 'x-test-officer': who } })
  return { status: answer.statusCode, body: answer.json() }
}
const post = async (url: string, payload: object, who: string) => {
  const headers = { 'x-test-officer': who, 'sec-fetch-site': 'same-origin' }
  const answer = await app.inject({ method: 'POST', url, headers, payload })
  return { status: answer.statusCode, body: answer.json() }
}
const entry = (code: string, more: Partial<PowerEntry> = {}): PowerEntry => ({
  code,
  name: { zh: '望禾许可', en: 'Wanghe permit' },
  kind: 'permit',
  level: 'county',
  region: '99/9901',
  organs: ['wh-water'],
  bases: [{ kind: 'article', ref: '望禾法#2.1.2' }],
  limit: {
    statutory: { value: 20, unit: 'working-day', basis: 'CN-LAW-2003-administrative-license#42.1' },
    promised: { value: 10, unit: 'working-day' },
  },
  procedure: 'ordinary-permit',
  caseKinds: ['promised'],
  special: [],
  ...more,
})

describe('laws', () => {
  test('are listed by pages that together are all of them', async () => {
    const seen: string[] = []
    let cursor = ''
    let total = 0
    do {
      const { body } = await get(`/api/laws?limit=7${cursor}`)
      seen.push(...body.rows.map((row: { law: string }) => row.law))
      total = body.total
      cursor = body.next === null ? '' : `&cursor=${body.next}`
    } while (cursor !== '')
    expect(new Set(seen).size).toBe(total)
    expect(seen).toHaveLength(total)
    expect((await get('/api/laws?q=望禾')).body).toMatchObject({ total: 1, rows: [{ versions: 2, hasText: true }] })
    expect(
      (await get('/api/laws?rank=regulation&limit=500')).body.rows.every(
        (row: { rank: string }) => row.rank === 'regulation',
      ),
    ).toBe(true)
  })

  test('show the outline of the version in force on a day, and say why none can be named', async () => {
    const law = await get('/api/laws/望禾法?on=2020-01-01')
    expect(law.body).toMatchObject({ outlined: '2018-03-01', refusal: null })
    expect(law.body.versions.map((one: { inForce: boolean }) => one.inForce)).toEqual([true, false])
    expect(law.body.pieces.map((piece: { address: string }) => piece.address)).toEqual(['1', '2', '3'])
    expect((await get('/api/laws/望禾法?on=2010-01-01')).body.refusal.code).toBe('law.version-not-held')
    expect((await get('/api/laws/无此法')).status).toBe(404)
    expect((await get('/api/laws/望禾法?on=2010-02-30')).status).toBe(400)
  })

  test('show an article with all its versions side by side, its neighbours and who cites it', async () => {
    const { body } = await get('/api/laws/望禾法/articles/2?on=2020-01-01')
    expect(body).toMatchObject({ article: '2', citation: '第二条', neighbours: { before: '1', after: '3' } })
    const items = body.versions.map(
      (version: { pieces: { address: string; text: string }[] }) =>
        version.pieces.find((piece) => piece.address === '2.1.2')?.text,
    )
    expect(items).toEqual(['丑。', '寅。'])
    expect((await get('/api/laws/望禾法/articles/9')).body.refusal.code).toBe('law.no-such-node')
  })

  test('show a gist and no text until the text is imported', async () => {
    const { body } = await get('/api/laws/CN-LAW-2003-administrative-license/articles/32')
    const [version] = body.versions
    expect(version.hasText).toBe(false)
    const item = version.pieces.find((piece: { address: string }) => piece.address === '32.1.4')
    expect(item.text).toBeNull()
    expect(item.gist.en).toMatch(/five days/)
    expect(version.pieces.map((piece: { address: string }) => piece.address)).toEqual([
      '32',
      '32.1',
      '32.1.1',
      '32.1.2',
      '32.1.3',
      '32.1.4',
      '32.1.5',
      '32.2',
    ])
  })

  test('are searched, and a foreign cursor is refused', async () => {
    expect((await get('/api/law-search?q=寅')).body).toMatchObject({
      total: 1,
      rows: [{ address: '2', version: '2024-03-01' }],
    })
    expect((await get('/api/law-search?q=寅&cursor=xx')).status).toBe(400)
  })
})

describe('powers', () => {
  test('are seen by the public only once published, and then with basis, chart and hash', async () => {
    expect(await post('/api/powers', entry('W1'), 'county')).toMatchObject({
      status: 200,
      body: { version: 1, lacks: [] },
    })
    expect((await get('/api/powers?q=望禾')).body.total).toBe(0)
    expect((await get('/api/powers/W1')).body.refusal.code).toBe('power.not-listed')
    expect((await get('/api/power-drafts/W1', 'county')).body).toMatchObject({
      state: 'draft',
      problems: [],
      chart: null,
    })
    const published = await post('/api/powers/W1/publish', {}, 'county')
    expect(published).toMatchObject({ status: 200, body: { state: 'published' } })
    expect((await get('/api/powers?q=望禾&kind=permit&under=99')).body).toMatchObject({
      total: 1,
      rows: [{ code: 'W1' }],
    })
    const { body } = await get('/api/powers/W1')
    expect(body.bases[0]).toMatchObject({
      text: '（二）寅。',
      article: '2',
      citation: '第二条第一款第二项',
      refusal: null,
    })
    expect(body.limitBasis.gist.zh).toBeTruthy()
    expect(body.chart.netHash).toBe(published.body.netHash)
    expect(body.chart.diagram.nodes.length).toBeGreaterThan(10)
    expect((await get('/api/laws/望禾法/articles/2')).body.citedBy).toEqual([
      { code: 'W1', name: { zh: '望禾许可', en: 'Wanghe permit' }, ref: '望禾法#2.1.2' },
    ])
  })

  test('a version that was never published stays inside', async () => {
    await post('/api/powers', entry('W1', { organs: ['wh-water', 'wh-housing'] }), 'county')
    expect((await get('/api/powers/W1')).body).toMatchObject({ version: 1, versions: [{ version: 1 }] })
    expect((await get('/api/powers/W1?version=2')).body.refusal.code).toBe('power.not-listed')
    expect((await get('/api/power-drafts/W1', 'county')).body.version).toBe(2)
  })

  test('say what forbids their publication', async () => {
    await post('/api/powers', entry('W2', { level: null, bases: [{ kind: 'article', ref: '望禾法#9' }] }), 'county')
    const draft = await get('/api/power-drafts/W2', 'county')
    expect(draft.body.problems.map((problem: { code: string }) => problem.code)).toEqual([
      'power.lacks',
      'law.no-such-node',
    ])
    expect((await post('/api/powers/W2/publish', {}, 'county')).body.refusal.code).toBe('power.lacks')
  })

  test('are kept by the officers of their own region only', async () => {
    expect((await get('/api/power-drafts', 'county')).body.total).toBe(2)
    expect((await get('/api/power-drafts', 'other')).body.total).toBe(0)
    expect((await get('/api/power-drafts')).status).toBe(401)
    for (const refused of [
      await get('/api/power-drafts/W1', 'other'),
      await post('/api/powers', entry('W3'), 'other'),
      await post('/api/powers/W1/publish', {}, 'other'),
      await post('/api/powers/W1/repeal', { reason: '无' }, 'other'),
    ])
      expect(refused).toMatchObject({ status: 403, body: { refusal: { code: 'access.other-region' } } })
    expect((await get('/api/lapsed-bases', 'county')).body).toEqual({ rows: [], total: 0, next: null })
  })

  test('are withdrawn with a reason, and the public no longer sees them as published', async () => {
    expect((await post('/api/powers/W1/suspend', {}, 'county')).body.refusal.code).toBe('power.reason-missing')
    expect((await post('/api/powers/W1/suspend', { reason: '修订' }, 'county')).body.state).toBe('suspended')
    expect((await get('/api/powers')).body.total).toBe(0)
    expect((await get('/api/powers/W1')).body.state).toBe('suspended')
  })
})
