import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { assemble, parseBody } from './parse-body.ts'

const addresses = (body: string, kind?: string): string[] =>
  parseBody(body)
    .nodes.filter((node) => kind === undefined || node.kind === kind)
    .map((node) => node.address)
const at = (body: string, address: string): string | undefined =>
  parseBody(body).nodes.find((node) => node.address === address)?.text

describe('a statute is taken apart', () => {
  const body = `
## 第一章 总 则

第一条 为了检验，制定本规定。

第二条 下列情形适用本规定：

（一）第一种；

（二）第二种，分为：

1.甲；

2.乙。

前款以外的不适用。

### 第一节 分节

第二条之一 插入的一条。
`
  test('into chapters, articles, paragraphs, items and points of items', () => {
    expect(addresses(body, 'article')).toEqual(['1', '2', '2-1'])
    expect(addresses(body, 'chapter')).toEqual(['chapter-1'])
    expect(addresses(body, 'section')).toEqual(['chapter-1.section-1'])
    expect(addresses(body, 'item')).toEqual(['2.1.1', '2.1.2', '2.1.2.1', '2.1.2.2'])
    expect(at(body, '2.1.2.2')).toBe('乙。')
    expect(at(body, '2.2')).toBe('前款以外的不适用。')
    expect(at(body, '2-1.1')).toBe('插入的一条。')
  })
  test('and put together again, character by character', () => {
    expect(assemble(parseBody(body).nodes)).toBe(body)
    expect(parseBody(body).notes).toEqual([])
  })
})

test('any text at all is put together again, and every piece has an address of its own', () => {
  const piece = fc.constantFrom(
    '第一条 甲',
    '第三条 ',
    '第二条乙',
    '第一条之一 丙',
    '## 第一章 总则',
    '（一）子；',
    '(二)丑',
    '1.寅',
    '①卯',
    '一、辰',
    '## 二',
    '附件：',
    '附则',
    '<!-- x -->',
    '\u200b',
    '文字。',
    '第五条 某。 第六条 某某。 （一）',
    '\n',
    '\r\n',
    '\n\n',
    '\t ',
    '　',
  )
  fc.assert(
    fc.property(fc.array(fc.oneof(piece, fc.string()), { maxLength: 30 }), (pieces) => {
      const body = pieces.join('')
      const { nodes } = parseBody(body)
      expect(assemble(nodes)).toBe(body)
      expect(new Set(nodes.map((node) => node.address)).size).toBe(nodes.length)
      for (const [index, node] of nodes.entries()) expect(node.parent ?? -1).toBeLessThan(index)
    }),
    { numRuns: 500 },
  )
})

test('an unnumbered line inside a list that counts on belongs to the item before it', () => {
  const body = '第一条 分为：\n\n（一）甲：\n\n甲的说明。\n\n（二）乙。\n\n乙以外的，另行规定。'
  expect(addresses(body, 'item')).toEqual(['1.1.1', '1.1.2'])
  expect(at(body, '1.1.1.text')).toBe('甲的说明。')
  expect(at(body, '1.2')).toBe('乙以外的，另行规定。')
})

test('articles that a file runs together on one line are told apart and noted', () => {
  const body =
    '第一条 甲。 第二条 乙： （一）丙； （二）丁。 另款。\n\n## 第二章 后\n\n第三条 依照第二条 的规定。 第九条 不算。'
  const parsed = parseBody(body)
  expect(addresses(body, 'article')).toEqual(['1', '2', '3'])
  expect(at(body, '2.1.2')).toBe('丁。')
  expect(at(body, '2.2')).toBe('另款。')
  expect(parsed.notes.filter((note) => note.kind === 'run-together')).toHaveLength(1)
  expect(assemble(parsed.nodes)).toBe(body)
})

test('a label without its blank, or with a misprinted 第, is an article only where it counts on, and is noted', () => {
  const parsed = parseBody('第一条 甲。\n\n第二条乙。\n\n笫三条 丙。\n\n第一条规定的除外。', 10)
  expect(parsed.nodes.filter((node) => node.kind === 'article').map((node) => node.address)).toEqual(['1', '2', '3'])
  expect(parsed.notes).toMatchObject([
    { kind: 'irregular-label', line: 12 },
    { kind: 'irregular-label', line: 14 },
  ])
})

test('numbering that skips, restarts or starts late is noted with its line', () => {
  const skip = parseBody('第一条 甲。\n\n第三条 乙。')
  expect(skip.notes).toMatchObject([{ kind: 'numbering-skips', line: 3, expected: '2', found: '3' }])
  const restart = parseBody('第一条 甲。\n第二条 乙。\n第一条 丙。')
  expect(restart.notes).toMatchObject([{ kind: 'numbering-restarts', line: 3, expected: '3', found: '1' }])
  expect(restart.nodes.map((node) => node.address)).toContain('1~2')
  expect(parseBody('第三条 甲。').notes).toMatchObject([{ kind: 'numbering-starts-late', expected: '1', found: '3' }])
  expect(parseBody('第一条 甲：\n（一）子；\n（三）丑。').notes).toMatchObject([{ kind: 'numbering-skips', line: 3 }])
})

test('chapters may count from one again in the next part', () => {
  const body =
    '## 第一编 甲\n### 第一章 子\n第一条 x。\n### 第二章 丑\n第二条 x。\n## 第二编 乙\n### 第一章 寅\n第三条 x。'
  expect(parseBody(body).notes).toEqual([])
  expect(addresses(body, 'chapter')).toEqual(['part-1.chapter-1', 'part-1.chapter-2', 'part-2.chapter-1'])
})

test('a text without articles counts its points, and their first line is a paragraph', () => {
  const body = '为了某事，特作规定。\n\n一、甲。\n\n（一）子。\n\n二、乙。\n\n## 三、丙\n\n丙的内容。'
  expect(addresses(body, 'point')).toEqual(['1', '2', '3'])
  expect(at(body, 'preamble.1')).toBe('为了某事，特作规定。')
  expect(at(body, '1.1.1')).toBe('子。')
  expect(at(body, '3.1')).toBe('丙的内容。')
})

test('二、三类 at the head of an article is text, not the second point of a list', () => {
  const parsed = parseBody('第一条 二、三类动物疫病的，照此处理。')
  expect(parsed.notes).toEqual([])
  expect(at('第一条 二、三类动物疫病的，照此处理。', '1.1')).toBe('二、三类动物疫病的，照此处理。')
})

test('an annex after the articles keeps its own count', () => {
  const body = '第一条 甲。\n\n附带的规定另行公布。\n\n附件一：费率表\n\n一、甲类\n\n第一条 附件里的条。\n\n附：表样'
  expect(addresses(body, 'annex')).toEqual(['annex-1', 'annex-2'])
  expect(addresses(body, 'article')).toEqual(['1', 'annex-1.article-1'])
  expect(at(body, '1.2')).toBe('附带的规定另行公布。')
  expect(parseBody(body).notes).toEqual([])
})

test('a heading broken over two lines is one heading, and a line that belongs to nothing is noted', () => {
  const heading = '## 第一章 甲\n\n和乙的规定\n\n第一条 甲。\n\n## 第二章 丙\n\n这一行不属于任何一条。'
  const parsed = parseBody(heading)
  expect(parsed.nodes.find((node) => node.address === 'chapter-1.title')?.text).toBe('和乙的规定')
  expect(parsed.notes).toMatchObject([{ kind: 'not-understood', line: 9 }])
})
