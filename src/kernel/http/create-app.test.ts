import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { z } from 'zod'
import { refuse } from '../../core/refusal/refusal.ts'
import type { Denial } from '../access/guard.ts'
import type { Principal } from '../access/principal.ts'
import { accessTable, everyone } from '../access/table.ts'
import { logTo } from '../log/log.ts'
import { pageOf, pageQuery } from './bodies.ts'
import { type CreatedApp, createApp, type HttpSettings } from './create-app.ts'

const supervisor: Principal = { officer: 'o1', post: 'p1', organ: 'g1', region: '99/9901', roles: ['supervisor'] }
const thing = z.object({ region: z.string() }).meta({ id: 'Thing', description: 'A thing of a region' })
const table = accessTable([
  { method: 'GET', url: '/api/openapi.json', reach: everyone },
  { method: 'GET', url: '/api/docs', reach: everyone },
  { method: 'POST', url: '/api/echo', reach: everyone },
  { method: 'GET', url: '/api/bug', reach: everyone },
  { method: 'GET', url: '/api/misshapen', reach: everyone },
  { method: 'GET', url: '/api/things', reach: { supervisor: 'own', auditor: 'any' } },
  { method: 'GET', url: '/api/things/:region', reach: { supervisor: 'own' } },
  { method: 'GET', url: '/api/careless', reach: { supervisor: 'own', auditor: 'any' } },
  { method: 'POST', url: '/api/careless', reach: { supervisor: 'own' } },
])

const denials: Denial[] = []
const lines: string[] = []
let asking: Principal | null = supervisor
let made: CreatedApp

async function create(more: Partial<HttpSettings> = {}): Promise<CreatedApp> {
  const created = await createApp({
    guard: {
      table,
      identify: async () => asking,
      recordDenial: async (denial) => void denials.push(denial),
      recordUse: async () => {},
    },
    publicUrl: null,
    trustProxy: [],
    log: logTo({ write: (line: string) => void lines.push(line) }),
    ...more,
  })
  const { app } = created
  const body = z.strictObject({ name: z.string().min(2), count: z.coerce.number().int().max(10) })
  app.post('/api/echo', { schema: { body } }, async (request) => request.body)
  app.get('/api/bug', async () => {
    throw new TypeError('"张三" 330102199001011234 broke it')
  })
  app.get('/api/misshapen', { schema: { response: { 200: thing } } }, async () => ({ region: 5 }) as never)
  app.get('/api/things', { schema: { querystring: pageQuery, response: { 200: pageOf(thing) } } }, async (request) => {
    const rows = ['99/9901', '98'].map((region) => ({ region })).filter((row) => request.access.permits(row))
    return { rows, total: rows.length, next: null }
  })
  app.get(
    '/api/things/:region',
    { schema: { params: z.object({ region: z.string() }), response: { 200: thing } } },
    async (request, reply) => {
      const denied = request.access.denies(request.params)
      return denied === null ? request.params : reply.refuse(denied)
    },
  )
  app.get('/api/careless', async () => ({ rows: ['every region’s secret'] }))
  app.post('/api/careless', async (_request, reply) => reply.code(204).send())
  app.get('/*', async () => 'a page')
  await app.ready()
  return created
}

beforeAll(async () => {
  made = await create()
})
afterAll(() => made.app.close())

const post = (payload: unknown, headers: Record<string, string> = {}, url = '/api/echo') =>
  made.app.inject({
    method: 'POST',
    url,
    headers: { 'content-type': 'application/json', ...headers },
    payload: typeof payload === 'string' ? payload : JSON.stringify(payload),
  })

describe('input that its schema refuses', () => {
  test.each([
    [{ name: 'ab', count: 11 }, 'body.count', '10'],
    [{ name: 'a', count: 1 }, 'body.name', '2'],
    [{ count: 1 }, 'body.name', 'string'],
    [{ name: 'ab', count: 1, extra: true }, 'body.extra', 'extra'],
  ])('names the field, in both languages: %j', async (body, field, why) => {
    const answer = await post(body)
    expect(answer.statusCode).toBe(400)
    const { code, says } = answer.json().refusal
    expect(code).toBe('http.bad-request')
    expect(says.zh).toContain(field)
    expect(says.en).toContain(field)
    expect(says.en).toContain(why)
    expect(says.zh).toMatch(/\p{Script=Han}{4}/u)
    expect(says.en).not.toMatch(/\p{Script=Han}/u)
  })

  test('in the query is named as the query’s', async () => {
    const answer = await made.app.inject('/api/things?limit=0')
    expect(answer.json().refusal.says.en).toContain('query.limit')
  })

  test.each([
    ['half a JSON', '{"name":', 'http.unreadable-body', 400],
    ['two megabytes', `"${'x'.repeat(2 * 1024 * 1024)}"`, 'http.too-large', 413],
  ])('%s is refused', async (_name, payload, code, status) => {
    const answer = await post(payload)
    expect(answer.json().refusal.code).toBe(code)
    expect(answer.statusCode).toBe(status)
  })

  test('of an unknown kind is refused', async () => {
    const answer = await post('<a/>', { 'content-type': 'text/xml' })
    expect(answer.json().refusal.code).toBe('http.media-type')
    expect(answer.statusCode).toBe(415)
  })
})

describe('an address', () => {
  test.each(['/api/nothing', '/api/things/a/b', '/api', '/api/%zz'])(
    '%s that the API does not have is refused, never answered by a page',
    async (url) => {
      const answer = await made.app.inject(url)
      expect(answer.statusCode).toBe(404)
      expect(answer.json().refusal.code).toBe('http.not-found')
    },
  )
})

describe('a bug', () => {
  test.each(['/api/bug', '/api/misshapen'])(
    'at %s is told by an id only, and logged without the values in its message',
    async (url) => {
      lines.length = 0
      const answer = await made.app.inject(url)
      expect(answer.statusCode).toBe(500)
      const { id } = answer.json().fault
      expect(answer.body).not.toContain('broke it')
      const logged = lines.map((line) => JSON.parse(line)).find((line) => line.msg === 'bug')
      expect(logged).toMatchObject({ request: id, route: url })
      expect(logged.error.stack.length).toBeGreaterThan(0)
      expect(lines.join('')).not.toMatch(/张三|330102199001011234/)
    },
  )
})

describe('a request that changes something', () => {
  const sound = { name: 'ab', count: 1 }
  const cookie = 'daylight_session=x'
  test.each<[string, Record<string, string>, boolean]>([
    ['from our own page', { 'sec-fetch-site': 'same-origin', cookie }, true],
    ['typed by the person', { 'sec-fetch-site': 'none', cookie }, true],
    ['from another site', { 'sec-fetch-site': 'cross-site', cookie }, false],
    ['from a sister site', { 'sec-fetch-site': 'same-site', cookie }, false],
    [
      'from another site, though its Origin claims ours',
      { 'sec-fetch-site': 'cross-site', origin: 'http://localhost', cookie },
      false,
    ],
    ['with our Origin on a plain-http intranet', { origin: 'http://localhost', cookie }, true],
    ['with another port’s Origin', { origin: 'http://localhost:81', cookie }, false],
    ['with another site’s Origin', { origin: 'https://evil.example', cookie }, false],
    ['with an Origin that is none', { origin: 'null', cookie }, false],
    ['without either, with a cookie', { cookie }, false],
    ['without either, without a cookie: a program', {}, true],
  ])('%s', async (_name, headers, passes) => {
    denials.length = 0
    const answer = await post(sound, { host: 'localhost', ...headers })
    expect(answer.statusCode).toBe(passes ? 200 : 403)
    expect(denials.map(({ reason, route }) => [reason, route])).toEqual(
      passes ? [] : [['http.foreign-origin', 'POST /api/echo']],
    )
  })

  test('passes with the public address behind a proxy that asks by another name', async () => {
    const { app } = await create({ publicUrl: new URL('https://daylight.example') })
    const headers = { host: 'inner:8080', origin: 'https://daylight.example', cookie }
    expect((await app.inject({ method: 'POST', url: '/api/echo', headers, payload: sound })).statusCode).toBe(200)
  })
})

describe('the guard', () => {
  test('does not let a route be registered that the table does not have', async () => {
    const { app } = await createApp({
      guard: { table, identify: async () => null, recordDenial: async () => {}, recordUse: async () => {} },
      publicUrl: null,
      trustProxy: [],
      log: null,
    })
    expect(() => app.get('/api/forgotten', async () => 1)).toThrow('GET /api/forgotten has no row in the access table')
    expect(() => app.delete('/api/things', async () => 1)).toThrow('DELETE /api/things has no row in the access table')
  })

  test('gives rows of the own region, and refuses one of another with an audit row', async () => {
    denials.length = 0
    expect((await made.app.inject('/api/things')).json()).toMatchObject({ rows: [{ region: '99/9901' }], total: 1 })
    expect((await made.app.inject('/api/things/99%2F9901')).statusCode).toBe(200)
    expect(denials).toEqual([])
    const answer = await made.app.inject('/api/things/99%2F99011')
    expect(answer.statusCode).toBe(403)
    expect(answer.json().refusal.code).toBe('access.other-region')
    expect(denials).toMatchObject([
      { route: 'GET /api/things/:region', reason: 'access.other-region', principal: supervisor },
    ])
  })

  test('judges HEAD as GET', async () => {
    asking = null
    const answer = await made.app.inject({ method: 'HEAD', url: '/api/things' })
    asking = supervisor
    expect(answer.statusCode).toBe(401)
  })

  test.each(['GET', 'POST'] as const)(
    'stops a %s answer by a handler that never asked for its region',
    async (method) => {
      const headers = { 'sec-fetch-site': 'same-origin' }
      const answer = await made.app.inject({ method, url: '/api/careless', headers })
      expect(answer.statusCode).toBe(500)
      expect(answer.body).not.toContain('secret')
      asking = { ...supervisor, roles: ['auditor'] }
      const any = await made.app.inject({ method, url: '/api/careless', headers })
      asking = supervisor
      expect(any.statusCode).toBe(method === 'GET' ? 200 : 403)
    },
  )

  test('does not answer when the audit cannot be written', async () => {
    const { app } = await createApp({
      guard: {
        table,
        identify: async () => null,
        recordDenial: () => Promise.reject(new Error('disk')),
        recordUse: async () => {},
      },
      publicUrl: null,
      trustProxy: [],
      log: null,
    })
    app.get('/api/things', async () => ({ rows: ['secret'] }))
    const answer = await app.inject('/api/things')
    expect(answer.statusCode).toBe(500)
    expect(answer.body).not.toContain('secret')
  })
})

describe('every answer', () => {
  test.each(['/api/things', '/api/nothing', '/api/bug', '/api/%zz', '/a-page'])(
    'of %s carries the strict headers',
    async (url) => {
      const { headers } = await made.app.inject(url)
      expect(headers).toMatchObject({
        'x-content-type-options': 'nosniff',
        'referrer-policy': 'same-origin',
        'cross-origin-opener-policy': 'same-origin',
        'cross-origin-resource-policy': 'same-origin',
        'x-frame-options': 'DENY',
      })
      expect(headers['content-security-policy']).toContain("frame-ancestors 'none'")
      expect(headers['content-security-policy']).not.toContain('unsafe')
      expect(headers['permissions-policy']).toContain('camera=()')
      expect(headers['strict-transport-security']).toBeUndefined()
      expect(headers['cache-control']).toBe(/^\/api\/[a-z]/.test(url) ? 'no-store' : undefined)
    },
  )
})

describe('the API’s description', () => {
  test('tells of each operation who may call it, what it takes, and how it refuses', async () => {
    const document = (await made.app.inject('/api/openapi.json')).json()
    expect(document.paths['/api/things'].get).toMatchObject({
      'x-access': { supervisor: 'own', auditor: 'any' },
      security: [{ session: [] }],
      responses: { '4XX': { content: { 'application/json': { schema: { $ref: '#/components/schemas/Refused' } } } } },
    })
    expect(document.paths['/api/docs']).toBeUndefined()
    expect(document.paths['/*']).toBeUndefined()
    expect(Object.keys(document.components.schemas)).toEqual(expect.arrayContaining(['Thing', 'Refused', 'Fault']))
    const references = [...JSON.stringify(document).matchAll(/#\/components\/schemas\/([^"]+)/g)].map(
      ([, name = '']) => name,
    )
    expect(references.filter((name) => !(name in document.components.schemas))).toEqual([])
  })

  test('is a page without script, whose style its policy admits by hash', async () => {
    const answer = await made.app.inject('/api/docs')
    expect(answer.headers['content-type']).toContain('text/html')
    expect(answer.body).not.toMatch(/<script| style="| on\w+="/)
    expect(answer.body).toContain('/api/things/{region}')
    expect(answer.body).toContain('supervisor 本地区 own region')
    const style = /<style>([\s\S]*?)<\/style>/.exec(answer.body)?.[1] ?? ''
    const digest = Buffer.from(await crypto.subtle.digest('SHA-256', Buffer.from(style))).toString('base64')
    expect(answer.headers['content-security-policy']).toContain(`style-src 'sha256-${digest}'`)
  })
})

test('a refusal is answered with the status of its code, and what it says', async () => {
  const { app } = await createApp({
    guard: { table, identify: async () => supervisor, recordDenial: async () => {}, recordUse: async () => {} },
    publicUrl: null,
    trustProxy: [],
    log: null,
  })
  const refusal = refuse(
    'input.unreadable',
    { file: 'a.csv', why: 'x' },
    { basis: '行政许可法#32.1.4', place: { file: 'a.csv', row: 3 } },
  )
  app.get('/api/bug', { schema: { response: { 200: thing } } }, async (_request, reply) =>
    reply.refuse(refusal, { 'retry-after': '9' }),
  )
  const answer = await app.inject('/api/bug')
  const { kind: _, ...body } = refusal
  expect(answer.statusCode).toBe(422)
  expect(answer.headers['retry-after']).toBe('9')
  expect(answer.json()).toEqual({ refusal: body })
})
