import { describe, expect, it } from 'vitest'
import { caseView } from '../../../../core/eventlog/case-view.ts'
import { handLog } from '../../../../core/eventlog/fixtures/hand-log.ts'
import { pseudonym } from '../pseudonym.ts'
import { categories } from './categories.ts'
import { markOfficers } from './mark-officers.ts'

const key = new Uint8Array(32).fill(7)
const cases = Array.from({ length: 12 }, (_, c) => ({
  events: [['A', 0, { officer: c % 2 === 0 ? '张三' : '李四', organ: '甲局', 复核人: '张三' }]] as const,
  attributes: {
    负责人: '李四',
    渠道: c % 3 === 0 ? '网上' : '窗口',
    申请人: `申请人${c}`,
    年度: '2024',
    region: `99/${c % 2}`,
  },
}))

describe('the officers of a log', () => {
  it('are marks in every column that holds the name of one, and other texts stay as they are', () => {
    const marked = markOfficers(handLog(cases), key)
    expect(caseView(marked, 0)).toMatchObject({
      attributes: { 负责人: pseudonym(key, '李四'), 渠道: '网上' },
      events: [{ attributes: { officer: pseudonym(key, '张三'), 复核人: pseudonym(key, '张三'), organ: '甲局' } }],
    })
    expect(JSON.stringify(cases.map((_, c) => caseView(marked, c)))).not.toMatch(/张三|李四/)
  })
  it('of a log in XES that no mapping took are marks as well', () => {
    const log = handLog([{ events: [['A', 0, { 'org:resource': '张三' }]] }])
    expect(caseView(markOfficers(log, key), 0).events[0]?.attributes).toEqual({
      'org:resource': pseudonym(key, '张三'),
    })
  })
})

describe('the categories of a log', () => {
  it('are attributes of few values, not officers, applicants, roles, or what never differs', () => {
    expect(categories(markOfficers(handLog(cases), key))).toEqual(['渠道'])
  })
})
