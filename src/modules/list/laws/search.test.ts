import { describe, expect, test } from 'vitest'
import { testDatabase } from '../../../kernel/db/test-database.ts'
import { importLaws } from './import-laws.ts'
import { type HitKeyset, type LawHit, marksOf, searchLaws } from './search.ts'
import { statute, testPacks, testSet } from './test-set.ts'

const db = await testDatabase()
const folder = await testSet(
  {
    '行政法/望禾法(2001-03-01).md': statute(
      '望禾法',
      ['2001年3月1日 某会议通过'],
      '第一条 行政机关应当一次告知申请人需要补正的全部内容。\n\n第二条 申请人死亡的，程序终止：\n\n（一）告知继承人；\n\n（二）一次结清100%的费用。',
    ),
    '行政法/望禾法(2010-05-05).md': statute(
      '望禾法',
      ['2010年5月5日 某会议修订'],
      '第一条 行政机关应当当场告知申请人。\n\n第二条 归乌热曲村民小组办理。',
    ),
  },
  null,
)
await importLaws(db, folder, testPacks)
const search = (query: string, more: { everyVersion?: boolean; after?: HitKeyset | null; limit?: number } = {}) =>
  searchLaws(db, query, { everyVersion: false, after: null, limit: 20, ...more })
const marked = (hit: LawHit | undefined): string[] =>
  (hit?.marks ?? []).map(({ start, end }) => hit?.snippet.slice(start, end) ?? '')

describe('a search', () => {
  test('finds an article by its words and marks them', async () => {
    const found = await search('当场告知')
    expect(found.total).toBe(1)
    expect(found.rows[0]).toMatchObject({ law: '望禾法', version: '2010-05-05', address: '1', citation: '第一条' })
    expect(marked(found.rows[0])).toEqual(['当场告知'])
  })
  test('looks into older versions only when asked', async () => {
    expect((await search('一次告知')).total).toBe(0)
    const every = await search('一次告知', { everyVersion: true })
    expect(every.total).toBe(2)
    expect(every.rows.map((hit) => hit.address)).toEqual(['1', '2'])
    expect(marked(every.rows[0])).toEqual(['一次告知'])
    expect(marked(every.rows[1])).toEqual(['告知', '一次'])
  })
  test('finds what the dictionary cuts elsewhere, as it is written', async () => {
    expect((await search('乌热')).rows.map((hit) => hit.address)).toEqual(['2'])
  })
  test('takes the marks of LIKE as themselves, and marks alone as nothing', async () => {
    expect((await search('100%', { everyVersion: true })).total).toBe(1)
    expect((await search('%')).total).toBe(0)
    expect((await search('  ')).total).toBe(0)
  })
  test('comes in pages that together are all hits, each once', async () => {
    const all = await search('告知', { everyVersion: true })
    const seen: string[] = []
    let after: HitKeyset | null = null
    do {
      const page = await search('告知', { everyVersion: true, after, limit: 1 })
      expect(page.total).toBe(all.total)
      seen.push(...page.rows.map((hit) => `${hit.version} ${hit.address}`))
      after = page.next
    } while (after !== null)
    expect(seen).toEqual(all.rows.map((hit) => `${hit.version} ${hit.address}`))
    expect(seen).toHaveLength(3)
  })
})

test('marks are the query where it stands as written, else its words, the longest first', () => {
  expect(marksOf('甲乙丙甲', ['乙丙', '乙', '丙'])).toEqual([{ start: 1, end: 3 }])
  expect(marksOf('申请人申请', ['无', '申请', '申请人'])).toEqual([
    { start: 0, end: 3 },
    { start: 3, end: 5 },
  ])
})
