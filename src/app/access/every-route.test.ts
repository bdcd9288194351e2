import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { officerRoles, type Role } from '../../kernel/access/principal.ts'
import { routeKey, scopeOf } from '../../kernel/access/table.ts'
import { testDatabase } from '../../kernel/db/test-database.ts'
import { type BuiltServer, buildServer } from '../server/build-server.ts'
import { cookieOf, testDirectory, testRegions, testServices } from '../server/test-server.ts'
import { menu } from './menu.ts'
import { accessTable } from './table.ts'

const db = await testDatabase()
let server: BuiltServer
const cookies = new Map<Role, string>()

beforeAll(async () => {
  await testDirectory(db, officerRoles)
  server = await buildServer(testServices(db))
  await server.app.ready()
  for (const role of officerRoles) cookies.set(role, await cookieOf(db, role, testRegions.county))
})
afterAll(() => server.app.close())

const denials = async (): Promise<number> => {
  const store = server.house.trust.store.selectFrom('audit_entry').where('decision', '=', 'denied')
  return (await store.select((eb) => eb.fn.countAll<number>().as('n')).executeTakeFirstOrThrow()).n
}

describe('every route of the server', () => {
  test('has a row in the access table, and every row has its route', () => {
    const registered = new Set(server.routes.map(({ method, url }) => routeKey(method, url)))
    expect(registered.size).toBeGreaterThan(12)
    expect([...accessTable.keys()].filter((key) => !registered.has(key))).toEqual([])
    expect([...registered].filter((key) => !accessTable.has(key))).toEqual([])
  })

  test('is described in the OpenAPI document with a summary', async () => {
    const { paths } = (await server.app.inject('/api/openapi.json')).json() as {
      paths: Record<string, Record<string, { summary?: string }>>
    }
    const described = Object.entries(paths).flatMap(([url, methods]) =>
      Object.entries(methods).map(([method, { summary }]) => ({ route: `${method.toUpperCase()} ${url}`, summary })),
    )
    expect(described.filter(({ summary }) => summary === undefined || summary === '')).toEqual([])
    const routes = [...accessTable.keys()]
      .filter((key) => key !== 'GET /api/docs')
      .map((key) => key.replace(/:(\w+)/g, '{$1}'))
    expect(described.map(({ route }) => route).sort()).toEqual(routes.sort())
  })

  test('lets in exactly the roles that the table names, and each denial leaves one audit row', async () => {
    let denied = 0
    for (const { method, url } of server.routes) {
      if (method === 'HEAD') continue
      const row = accessTable.get(routeKey(method, url))
      for (const role of ['public', ...officerRoles] as const) {
        // Signing out would end the session that the walk still needs.
        if (row === undefined || (url === '/api/session' && method !== 'GET')) continue
        const before = await denials()
        const cookie = cookies.get(role)
        const address = url.replace(/:\w+/g, '00000000-0000-4000-8000-000000000000')
        const headers = { 'sec-fetch-site': 'same-origin', ...(cookie === undefined ? {} : { cookie }) }
        const answer = await server.app.inject({ method: method as 'GET', url: address, headers })
        const what = `${role} ${method} ${url} → ${answer.statusCode} ${answer.body.slice(0, 200)}`
        const refused = answer.body.startsWith('{"refusal"') ? answer.json<{ refusal: { code: string } }>() : null
        const code = refused?.refusal.code ?? ''
        if (scopeOf(row, [role]) === 'none') {
          denied++
          expect(code, what).toBe(role === 'public' ? 'access.not-signed-in' : 'access.not-permitted')
          expect(answer.statusCode, what).toBe(role === 'public' ? 401 : 403)
          expect(await denials(), what).toBe(before + 1)
        } else {
          expect(['access.not-signed-in', 'access.not-permitted'], what).not.toContain(code)
          expect(answer.statusCode, what).not.toBe(500)
        }
      }
    }
    expect(denied).toBeGreaterThan(10)
  }, 60_000)

  test('a role’s menu shows only parts in which it may read something', () => {
    const part = {
      list: /^GET \/api\/(powers|laws)/,
      supervise: /^GET \/api\/logs/,
      remedy: /^GET \/api\/findings/,
      trust: /^GET \/api\/officers/,
    }
    for (const role of officerRoles) {
      for (const word of menu[role]) {
        const readable = [...accessTable].filter(
          ([key, row]) => part[word].test(key) && scopeOf(row, [role]) !== 'none',
        )
        expect(readable.length, `${role} ${word}`).toBeGreaterThan(0)
      }
    }
  })
})
