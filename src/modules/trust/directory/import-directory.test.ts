import { beforeAll, describe, expect, test } from 'vitest'
import { isRefusal } from '../../../core/refusal/refusal.ts'
import { testDatabase } from '../../../kernel/db/test-database.ts'
import { isPassword } from '../sessions/password.ts'
import { trustDb } from '../tables.ts'
import { importDirectory } from './import-directory.ts'
import type { DirectoryRows } from './rows.ts'

const db = await testDatabase()
const store = trustDb(db)
const clock = (): Temporal.Instant => Temporal.Instant.from('2026-03-02T02:00:00Z')
const name = { zh: '甲', en: 'A' }
const validFrom = '2020-01-01'

const rows: DirectoryRows = {
  regions: [
    // The successor comes later in the list: order does not matter.
    { code: '99/9902', name, level: 'county', validFrom, validTo: '2024-12-31', successor: '99/9901' },
    { code: '99', name, level: 'province', validFrom },
    { code: '99/9901', name, level: 'county', validFrom },
  ],
  organs: [
    {
      code: 'bureau',
      name,
      region: '99/9901',
      kind: 'government',
      parent: 'gov',
      validFrom,
      successorOf: 'old-bureau',
    },
    { code: 'gov', name, region: '99/9901', kind: 'government', validFrom },
    { code: 'old-bureau', name, region: '99/9902', kind: 'government', validFrom, validTo: '2024-12-31' },
  ],
  posts: [
    { code: 'clerk', organ: 'bureau', title: name, roles: ['handler'] },
    { code: 'head', organ: 'bureau', title: name, roles: ['unit-head', 'handler'] },
  ],
  officers: [
    { code: 'a', name: '甲乙', password: 'first password', posts: [{ post: 'clerk', from: '2024-01-01' }] },
    {
      code: 'b',
      name: '丙丁',
      posts: [
        { post: 'head', from: '2024-01-01' },
        { post: 'clerk', from: '2026-02-01', to: '2026-02-28', standInFor: 'a' },
      ],
    },
  ],
}

const events = () => db.selectFrom('domain_event').selectAll().orderBy('ordinal').execute()

describe('importing a directory', () => {
  beforeAll(async () => {
    expect(await importDirectory(db, rows, clock)).toEqual({ regions: 3, organs: 3, posts: 2, officers: 2 })
  })

  test('records an event for each row, with its region and no name', async () => {
    const recorded = await events()
    expect(recorded.map(({ kind }) => kind).sort()).toEqual([
      ...Array(2).fill('officer.recorded'),
      ...Array(3).fill('organ.recorded'),
      ...Array(2).fill('post.recorded'),
      ...Array(3).fill('region.recorded'),
    ])
    expect(recorded.find((event) => event.aggregate_id === 'b')).toMatchObject({ region: '99/9901', sequence: 1 })
    expect(JSON.stringify(recorded)).not.toMatch(/[甲乙丙丁]/)
  })

  test('again changes nothing and records nothing', async () => {
    const before = await events()
    expect(await importDirectory(db, rows, clock)).toEqual({ regions: 0, organs: 0, posts: 0, officers: 0 })
    expect(await events()).toEqual(before)
  })

  test('never changes a password that an officer has', async () => {
    const officers = rows.officers.slice(0, 1).map((officer) => ({ ...officer, password: 'another' }))
    await importDirectory(db, { ...rows, officers }, clock)
    const { password_hash } = await store
      .selectFrom('officer')
      .selectAll()
      .where('code', '=', 'a')
      .executeTakeFirstOrThrow()
    expect(await isPassword('first password', password_hash)).toBe(true)
  })

  test('lets an officer leave a post, and only that officer counts as changed', async () => {
    const left = rows.officers.map((officer) =>
      officer.code === 'b' ? { ...officer, posts: officer.posts.slice(0, 1) } : officer,
    )
    expect(await importDirectory(db, { ...rows, officers: left }, clock)).toMatchObject({ posts: 0, officers: 1 })
    const held = await store.selectFrom('officer_post').selectAll().where('officer', '=', 'b').execute()
    expect(held.map(({ post }) => post)).toEqual(['head'])
    expect((await events()).at(-1)).toMatchObject({ kind: 'officer.recorded', aggregate_id: 'b', sequence: 2 })
  })

  test.each<[string, string, Partial<DirectoryRows>]>([
    [
      'a region above which nothing lies',
      'directory.missing',
      { regions: [{ code: '97/9701', name, level: 'county', validFrom }] },
    ],
    ['a path that is no path', 'directory.wrong', { regions: [{ code: '99/', name, level: 'county', validFrom }] }],
    [
      'a province inside a county',
      'directory.wrong',
      {
        regions: [
          { code: '96', name, level: 'county', validFrom },
          { code: '96/9601', name, level: 'province', validFrom },
        ],
      },
    ],
    [
      'a day that is no day',
      'directory.wrong',
      { regions: [{ code: '96', name, level: 'province', validFrom: '2025-02-29' }] },
    ],
    [
      'an end before the beginning',
      'directory.wrong',
      { regions: [{ code: '96', name, level: 'province', validFrom, validTo: '2019-12-31' }] },
    ],
    [
      'one code twice',
      'directory.wrong',
      {
        regions: [
          { code: '96', name, level: 'province', validFrom },
          { code: '96', name, level: 'province', validFrom },
        ],
      },
    ],
    [
      'an organ in no region',
      'directory.missing',
      { organs: [{ code: 'x', name, region: '95', kind: 'government', validFrom }] },
    ],
    [
      'a post of no organ',
      'directory.missing',
      { posts: [{ code: 'x', organ: 'nowhere', title: name, roles: ['handler'] }] },
    ],
    ['a post without a role', 'directory.wrong', { posts: [{ code: 'x', organ: 'gov', title: name, roles: [] }] }],
    [
      'a role that does not exist',
      'directory.wrong',
      { posts: [{ code: 'x', organ: 'gov', title: name, roles: ['emperor' as never] }] },
    ],
    [
      'an officer in no post',
      'directory.missing',
      { officers: [{ code: 'x', name: '戊己', posts: [{ post: 'nowhere', from: validFrom }] }] },
    ],
    [
      'an officer who stands in for himself',
      'directory.wrong',
      { officers: [{ code: 'x', name: '戊己', posts: [{ post: 'clerk', from: validFrom, standInFor: 'x' }] }] },
    ],
  ])('refuses %s, and takes nothing of that import', async (_name, code, part) => {
    const outcome = await importDirectory(
      db,
      {
        regions: [],
        organs: [{ code: 'sound', name, region: '99', kind: 'government', validFrom }, ...(part.organs ?? [])],
        posts: part.posts ?? [],
        officers: part.officers ?? [],
        ...(part.regions ? { regions: part.regions } : {}),
      },
      clock,
    )
    expect(isRefusal(outcome) && outcome.code).toBe(code)
    expect(await store.selectFrom('organ').select('code').where('code', '=', 'sound').execute()).toEqual([])
  })

  test('takes two imports at once one after the other', async () => {
    const wide = {
      ...rows,
      regions: [
        ...rows.regions,
        ...Array.from({ length: 50 }, (_, i) => ({ code: `99/9901/${i}`, name, level: 'village' as const, validFrom })),
      ],
    }
    const outcomes = await Promise.all([importDirectory(db, wide, clock), importDirectory(db, wide, clock)])
    expect(outcomes.map((outcome) => (isRefusal(outcome) ? outcome.code : outcome.regions)).sort()).toEqual([0, 50])
  })
})
