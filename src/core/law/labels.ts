import { INVISIBLE } from './lines.ts'
import { NUMERAL, readNumeral } from './numeral.ts'

/** How a list counts: each style is one level of a list, in the order in which a text opens them. */
export type ListStyle = '（一）' | '一、' | '1.' | '（1）' | '①'

/** What a line begins with. `label` is as printed, with the blank after it; `rest` is what follows. */
export type Label =
  | {
      readonly kind: 'division'
      readonly level: 'part' | 'chapter' | 'section'
      readonly number: number
      readonly label: string
      readonly rest: string
    }
  | { readonly kind: 'heading'; readonly label: string; readonly rest: string }
  | {
      readonly kind: 'article'
      readonly number: number
      /** 1 in 第三十二条之一, 0 in 第三十二条. */
      readonly inserted: number
      /** False where the blank after 条 is missing or 第 is misprinted: then only its place in the count tells. */
      readonly regular: boolean
      readonly label: string
      readonly rest: string
    }
  | {
      readonly kind: 'list'
      readonly style: ListStyle
      readonly number: number
      /** True for a list mark that is printed as a heading, `## 一、…`. */
      readonly heading: boolean
      readonly label: string
      readonly rest: string
    }
  | { readonly kind: 'annex'; readonly label: string; readonly rest: string }
  | { readonly kind: 'mark'; readonly label: string; readonly rest: string }
  | { readonly kind: 'text'; readonly label: string; readonly rest: string }

const DIVISIONS = { 编: 'part', 篇: 'part', 章: 'chapter', 节: 'section' } as const

const hidden = `[${INVISIBLE}\\s]*`
const MARK = new RegExp(`^(?:<!--.*-->|[${INVISIBLE}]+)$`)
const HASHES = new RegExp(`^${hidden}#+\\s*`)
const DIVISION = new RegExp(`^第([${NUMERAL}]+)([编篇章节])(?:[\\s　]+|$)`)
const ARTICLE = new RegExp(`^${hidden}([第笫])\\s*([${NUMERAL}]+)\\s*条(?:之([${NUMERAL}]+))?([\\s　：:]+|$)?`)
const ANNEX =
  /^附\s*(?:件|录|表)[\s　]*(?:[一二三四五六七八九十\d]+)?[\s　]*(?:[：:]|$|(?=[\s　]))|^附[：:\s　]*$|^附[：:]/
/** A heading that is nothing but its count: `## 三`. */
const BARE_COUNT = /^([一二三四五六七八九十]+)$/
const LISTS: readonly (readonly [ListStyle, RegExp])[] = [
  ['（一）', /^[（(]([一二三四五六七八九十百〇零]+)[）)][\s　]*/],
  ['（1）', /^[（(]([0-9０-９]+)[）)][\s　]*/],
  ['一、', /^([一二三四五六七八九十百]+)、(?![一二三四五六七八九十])[\s　]*/],
  ['1.', /^([0-9０-９]{1,3})[.．、](?![0-9０-９])[\s　]*/],
  ['①', /^([①-⑳])[\s　]*/],
]

/** Reads what a line begins with. */
export function readLabel(content: string): Label {
  if (MARK.test(content)) return { kind: 'mark', label: '', rest: content }
  const hashes = HASHES.exec(content)?.[0] ?? ''
  const printed = content.slice(hashes.length)
  const article = hashes === '' ? readArticle(content) : null
  if (article !== null) return article
  if (ANNEX.test(printed) && !/^附\s*则/.test(printed)) return { kind: 'annex', label: hashes, rest: printed }
  const division = hashes === '' ? null : DIVISION.exec(printed)
  if (division !== null) {
    const number = readNumeral(division[1] ?? '')
    const level = DIVISIONS[division[2] as keyof typeof DIVISIONS]
    const label = hashes + division[0]
    if (number !== null) return { kind: 'division', level, number, label, rest: content.slice(label.length) }
  }
  for (const [style, pattern] of LISTS) {
    const match = pattern.exec(printed) ?? (style === '一、' && hashes !== '' ? BARE_COUNT.exec(printed) : null)
    const number = style === '①' ? circled(match?.[1]) : readNumeral(match?.[1] ?? '')
    if (match === null || number === null) continue
    const label = hashes + match[0]
    return { kind: 'list', style, number, heading: hashes !== '', label, rest: content.slice(label.length) }
  }
  if (hashes !== '' || /^(?:附[\s　]*则|序[\s　]*言)$/.test(printed)) {
    return { kind: 'heading', label: hashes, rest: printed }
  }
  return { kind: 'text', label: '', rest: content }
}

function readArticle(content: string): Label | null {
  const match = ARTICLE.exec(content)
  const number = readNumeral(match?.[2] ?? '')
  if (match === null || number === null) return null
  const inserted = match[3] === undefined ? 0 : readNumeral(match[3])
  if (inserted === null) return null
  const label = match[0]
  const regular = match[4] !== undefined && /^第[^\s]+条/.test(content)
  return { kind: 'article', number, inserted, regular, label, rest: content.slice(label.length) }
}

const circled = (mark: string | undefined): number | null =>
  mark === undefined ? null : (mark.codePointAt(0) ?? 0) - 0x245f
