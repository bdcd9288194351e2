import { sql } from 'kysely'
import { describe, expect, it } from 'vitest'
import { jsonb } from './jsonb.ts'
import { testDatabase } from './test-database.ts'
import { wholeNumber } from './value-types.ts'

const db = await testDatabase()

const one = async (expression: string): Promise<unknown> =>
  (await sql<{ value: unknown }>`select ${sql.raw(expression)} as value`.execute(db)).rows[0]?.value

describe('each PostgreSQL value arrives as one decided type', () => {
  it.each([
    ["date '2026-02-28'", '2026-02-28'],
    ["timestamptz '2026-01-05 09:30:00+08'", '2026-01-05T01:30:00Z'],
    ["timestamptz '2026-01-05 09:30:00.250+08'", '2026-01-05T01:30:00.25Z'],
    ['9007199254740991::bigint', 9007199254740991],
    ["array[date '2026-02-28', null]", ['2026-02-28', null]],
    ["array[timestamptz '2026-01-05 09:30:00+08']", ['2026-01-05T01:30:00Z']],
    ['array[1, -2]::bigint[]', [1, -2]],
    ["'{}'::bigint[]", []],
    ['1.10::numeric', '1.10'],
    ["jsonb '[1,{}]'", [1, {}]],
  ])('%s', async (expression, expected) => {
    expect(await one(expression)).toEqual(expected)
  })

  it('a count is a number', async () => {
    expect(await one('count(*)')).toBe(1)
  })

  it('a whole number beyond 2^53 is an error, never a rounded number', () => {
    expect(() => wholeNumber('9007199254740993')).toThrow(/beyond 2\^53/)
  })

  it('a JSON array goes in as JSON, not as a PostgreSQL array', async () => {
    const { rows } = await sql<{ value: unknown }>`select ${jsonb(['a', { b: 1 }])} as value`.execute(db)
    expect(rows[0]?.value).toEqual(['a', { b: 1 }])
  })
})

describe('the store sorts and lowers text the same on every machine', () => {
  it('by the builtin C.UTF-8 locale', async () => {
    const { rows } = await sql<{ provider: string; locale: string; encoding: string }>`
      select datlocprovider as provider, datlocale as locale, pg_encoding_to_char(encoding) as encoding
      from pg_database where datname = current_database()`.execute(db)
    expect(rows[0]).toEqual({ provider: 'b', locale: 'C.UTF-8', encoding: 'UTF8' })
    expect(await one("lower('ÄÉ')")).toBe('äé')
  })
})
