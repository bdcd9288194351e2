import fc from 'fast-check'
import { sql } from 'kysely'
import { expect, test } from 'vitest'
import { testDatabase } from '../db/test-database.ts'
import { queryText, vectorText, wordsForIndex, wordsOfQuery } from './segment.ts'

const db = await testDatabase()
const finds = async (text: string, query: string): Promise<boolean> => {
  const asked = queryText(wordsOfQuery(query))
  const { rows } = await sql<{ found: boolean }>`
    select ${vectorText(wordsForIndex(text))}::tsvector @@ ${asked}::tsquery as found`.execute(db)
  return rows[0]?.found === true
}

test('a text is found by its words, whole or by the shorter words inside them', async () => {
  const text = '行政机关应当一次告知申请人需要补正的全部内容'
  expect(await finds(text, '一次告知')).toBe(true)
  expect(await finds(text, '申请')).toBe(true)
  expect(await finds(text, '补正 全部内容')).toBe(true)
  expect(await finds(text, '处罚')).toBe(false)
})

test('marks and blanks are no words', () => {
  expect(wordsForIndex('，。 《》 \u3000')).toEqual([])
  expect(queryText(wordsOfQuery('……'))).toBeNull()
})

test('whatever is written, PostgreSQL reads the vector and the query', async () => {
  await fc.assert(
    fc.asyncProperty(fc.string({ unit: 'grapheme' }), async (text) => {
      fc.pre(!text.includes('\0'))
      const words = wordsOfQuery(text)
      const { rows } = await sql<{ found: boolean | null }>`
        select ${vectorText(wordsForIndex(text))}::tsvector @@ ${queryText(words)}::tsquery as found`.execute(db)
      expect(rows[0]?.found ?? null).toBe(words.length === 0 ? null : true)
    }),
    { numRuns: 200 },
  )
})
