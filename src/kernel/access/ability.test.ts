import fc from 'fast-check'
import { type Kysely, sql } from 'kysely'
import { describe, expect, test } from 'vitest'
import { testDatabase } from '../db/test-database.ts'
import { abilityOf } from './ability.ts'
import { type OfficerRole, officerRoles, type Principal } from './principal.ts'
import { type AccessRow, accessTable, type Scope } from './table.ts'

const principalIn = (region: string, roles: readonly OfficerRole[] = ['supervisor']): Principal => ({
  officer: 'o',
  post: 'p',
  organ: 'g',
  region,
  roles,
})
const route = 'GET /api/things'
const table = accessTable([{ method: 'GET', url: '/api/things', reach: { supervisor: 'own', auditor: 'any' } }])

describe('the single decision', () => {
  const supervisor = abilityOf(table, principalIn('99/9901'))
  test.each([
    ['the own region', '99/9901', true],
    ['a region below', '99/9901/990101', true],
    ['a region far below', '99/9901/990101/990101001', true],
    ['the region above', '99', false],
    ['a region whose code begins alike but lies beside', '99/99011', false],
    ['a region below that one', '99/99011/990111', false],
    ['a region in another province', '98/9901', false],
    ['no region', null, false],
  ])('for scope own: %s', (_name, region, permitted) => {
    expect(supervisor.permits(route, { region })).toBe(permitted)
  })

  test('for scope any reaches every region, and what has none', () => {
    const auditor = abilityOf(table, principalIn('99/9901', ['auditor']))
    expect(auditor.permits(route, { region: '98' })).toBe(true)
    expect(auditor.permits(route, { region: null })).toBe(true)
    expect(auditor.scope(route)).toBe('any')
  })

  test('is no for a role that the row does not name, for the public, and for a route without a row', () => {
    expect(abilityOf(table, principalIn('99', ['handler'])).permits(route, { region: '99' })).toBe(false)
    expect(abilityOf(table, null).permits(route, { region: '99' })).toBe(false)
    expect(abilityOf(table, null).scope(route)).toBe('none')
    expect(supervisor.permits('GET /api/other', { region: '99/9901' })).toBe(false)
  })

  test('follows the farthest of several roles', () => {
    const both = abilityOf(table, principalIn('99/9901', ['supervisor', 'auditor']))
    expect(both.scope(route)).toBe('any')
    expect(both.permits(route, { region: '98' })).toBe(true)
  })
})

test('a table with two rows for one route cannot be made', () => {
  const row: AccessRow = { method: 'GET', url: '/api/x', reach: {} }
  expect(() => accessTable([row, row])).toThrow('two rows for GET /api/x')
})

describe('a list', async () => {
  const db = (await testDatabase()) as unknown as Kysely<{ thing: { id: number; region: string | null } }>
  await sql`create table thing (id int, region text)`.execute(db)

  // Codes of few and unequal digits, so that many begin alike without lying in each other.
  const code = fc.constantFrom('9', '99', '991', '990', '9901', '99011', '1')
  const path = fc.array(code, { minLength: 1, maxLength: 5 }).map((codes) => codes.join('/'))
  const scope = fc.constantFrom<Scope>('none', 'own', 'any')
  const reach = fc.dictionary(fc.constantFrom<string>('public', ...officerRoles), scope)
  const roles = fc.uniqueArray(fc.constantFrom(...officerRoles), { minLength: 1, maxLength: 3 })

  test('shows exactly the rows whose single decision permits', async () => {
    let shownInAll = 0
    let hiddenInAll = 0
    await fc.assert(
      fc.asyncProperty(
        fc.array(fc.option(path, { freq: 6 }), { minLength: 1, maxLength: 25 }),
        reach,
        // One officer's posts, own or stood in for, in several regions: the rows follow the active one alone.
        fc.array(fc.option(fc.record({ region: path, roles }), { freq: 8 }), { minLength: 1, maxLength: 4 }),
        async (regions, reached, posts) => {
          const access = accessTable([{ method: 'GET', url: '/api/things', reach: reached }])
          await sql`truncate thing`.execute(db)
          await db
            .insertInto('thing')
            .values(regions.map((region, id) => ({ id, region })))
            .execute()
          for (const post of posts) {
            const ability = abilityOf(access, post === null ? null : principalIn(post.region, post.roles))
            for (const column of ['region', 'thing.region']) {
              const shown = await db
                .selectFrom('thing')
                .select('id')
                .where(ability.where(route, column))
                .orderBy('id')
                .execute()
              const permitted = regions.flatMap((region, id) => (ability.permits(route, { region }) ? [{ id }] : []))
              expect(shown).toEqual(permitted)
              shownInAll += shown.length
              hiddenInAll += regions.length - shown.length
            }
          }
        },
      ),
      { numRuns: 150 },
    )
    // The property would hold of nothing at all.
    expect(shownInAll).toBeGreaterThan(500)
    expect(hiddenInAll).toBeGreaterThan(500)
  }, 60_000)

  test('compares bytes whatever the database’s collation: punctuation is never skipped', async () => {
    await sql`create table worded (region text collate "en-x-icu")`.execute(db)
    await sql`insert into worded values ('99/9901/1'), ('99/99011'), ('99/9901'), ('99/9901-1')`.execute(db)
    const own = abilityOf(table, principalIn('99/9901')).where(route, 'region')
    const { rows } = await sql<{
      region: string
    }>`select region from worded where ${own} order by region collate "C"`.execute(db)
    expect(rows.map(({ region }) => region)).toEqual(['99/9901', '99/9901/1'])
  })
})
