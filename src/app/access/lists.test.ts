import fc from 'fast-check'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { abilityOf } from '../../kernel/access/ability.ts'
import { officerRoles } from '../../kernel/access/principal.ts'
import { testDatabase } from '../../kernel/db/test-database.ts'
import { type DirectoryRows, importDirectory } from '../../modules/trust/module.ts'
import { openSession, postsHeld } from '../../modules/trust/sessions/session-store.ts'
import { trustDb } from '../../modules/trust/tables.ts'
import { type BuiltServer, buildServer } from '../server/build-server.ts'
import { testMorning, testServices } from '../server/test-server.ts'
import { accessTable } from './table.ts'

const db = await testDatabase()
const store = trustDb(db)
let server: BuiltServer
beforeAll(async () => {
  server = await buildServer(testServices(db))
  await server.app.ready()
})
afterAll(() => server.app.close())

const name = { zh: '甲', en: 'A' }
const validFrom = '2020-01-01'
const levels = ['province', 'city', 'county', 'township', 'village'] as const

/** A tree of regions under few codes that begin alike: each node is a parent's index and its own last code. */
const tree = fc
  .array(fc.tuple(fc.nat(), fc.constantFrom('1', '11', '110', '9901', '99011')), { minLength: 2, maxLength: 12 })
  .map((nodes) => {
    const codes = ['99']
    for (const [at, own] of nodes) {
      const parent = codes[at % codes.length] ?? '99'
      const code = `${parent}/${own}`
      if (!codes.includes(code) && parent.split('/').length < levels.length) codes.push(code)
    }
    return codes
  })

const directory = fc
  .record({
    codes: tree,
    posts: fc.array(
      fc.tuple(fc.nat(), fc.uniqueArray(fc.constantFrom(...officerRoles), { minLength: 1, maxLength: 2 })),
      {
        minLength: 2,
        maxLength: 10,
      },
    ),
    // Who holds which post, and whether in another's place.
    holdings: fc.array(fc.tuple(fc.nat(4), fc.nat(), fc.boolean()), { minLength: 2, maxLength: 12 }),
  })
  .map(({ codes, posts, holdings }): DirectoryRows => {
    const officers = ['a', 'b', 'c', 'd', 'e']
    return {
      regions: codes.map((code) => ({ code, name, level: levels[code.split('/').length - 1] ?? 'village', validFrom })),
      organs: codes.map((code) => ({ code: `organ ${code}`, name, region: code, kind: 'government', validFrom })),
      posts: posts.map(([at, roles], index) => ({
        code: `post ${index}`,
        organ: `organ ${codes[at % codes.length]}`,
        title: name,
        roles,
      })),
      officers: officers.map((code, index) => ({
        code,
        name: '甲乙',
        posts: [
          ...new Map(holdings.filter(([who]) => who === index).map((held) => [held[1] % posts.length, held])).entries(),
        ].map(([post, [, , standsIn]]) => ({
          post: `post ${post}`,
          from: validFrom,
          ...(standsIn ? { standInFor: officers[(index + 1) % officers.length] ?? 'a' } : {}),
        })),
      })),
    }
  })

test('the officers that a list shows are exactly those on whom the single decision says yes, in every post of everyone', async () => {
  let shownInAll = 0
  let hiddenInAll = 0
  await fc.assert(
    fc.asyncProperty(directory, async (rows) => {
      for (const table of ['session', 'officer_post', 'officer', 'post', 'organ', 'region'] as const) {
        await store.deleteFrom(table).execute()
      }
      expect(await importDirectory(db, rows, () => testMorning)).toMatchObject({ regions: rows.regions.length })
      const organs = new Map(rows.organs.map((organ) => [organ.code, organ.region]))
      const regionOf = new Map(rows.posts.map((post) => [post.code, organs.get(post.organ) ?? null]))
      const all = rows.officers.flatMap(({ code, posts }) => posts.map(({ post }) => ({ officer: code, post })))
      for (const { code } of rows.officers) {
        for (const post of await postsHeld(store, code, '2026-03-02')) {
          const token = await openSession(store, code, post.post, testMorning)
          const answer = await server.app.inject({
            url: '/api/officers?limit=500',
            headers: { cookie: `daylight_session=${token}` },
          })
          const ability = abilityOf(accessTable, post)
          const permitted = all.filter((holding) =>
            ability.permits('GET /api/officers', { region: regionOf.get(holding.post) ?? null }),
          )
          const { rows: shown, total } = answer.json() as { rows: { officer: string; post: string }[]; total: number }
          const key = (holding: { officer: string; post: string }): string => `${holding.officer} ${holding.post}`
          expect(shown.map(key).sort()).toEqual(permitted.map(key).sort())
          expect(total).toBe(permitted.length)
          shownInAll += shown.length
          hiddenInAll += all.length - shown.length
        }
      }
    }),
    { numRuns: 25 },
  )
  expect(shownInAll).toBeGreaterThan(100)
  expect(hiddenInAll).toBeGreaterThan(100)
}, 60_000)
