import { NUMERAL, readNumeral } from './numeral.ts'

/** One printed line of a body, or a part of one where a file runs several together. `tail` reaches to the next piece. */
export interface BodyLine {
  readonly content: string
  readonly tail: string
  /** 1-based within the body. */
  readonly line: number
  /** False for the second and later parts of a line that was run together. */
  readonly first: boolean
}

/** Characters that nobody sees: zero-width blanks and the byte-order mark. */
export const INVISIBLE = '\\u200b\\u200c\\u200d\\u2060\\ufeff'

/** Splits a body into its blank head and its lines, losing no character: head + every content + tail is the body. */
export function bodyLines(body: string): { readonly head: string; readonly lines: readonly BodyLine[] } {
  const head = /^\s*/.exec(body)?.[0] ?? ''
  const lines: BodyLine[] = []
  let line = 1 + newlines(head)
  const pattern = /([^\r\n]*[^\s])(\s*)/y
  pattern.lastIndex = head.length
  for (let match = pattern.exec(body); match !== null; match = pattern.exec(body)) {
    lines.push({ content: match[1] ?? '', tail: match[2] ?? '', line, first: true })
    line += newlines(match[0])
  }
  return { head, lines }
}

const newlines = (text: string): number => text.split('\n').length - 1

const ARTICLE_INSIDE = new RegExp(`[。；：）”][ \\u3000]+(?=第([${NUMERAL}]+)条[ \\u3000])`, 'g')
const ITEM_INSIDE = /[（(]([一二三四五六七八九十]+)[）)]/g

/**
 * Parts of a line that a file runs together: several articles on one line, each counting on from the one before, or a
 * list （一）…；（二）… after a colon. One part where nothing is run together.
 */
export function separate(line: BodyLine, articleBefore: number): readonly BodyLine[] {
  const cuts = holdsArticles(line.content, articleBefore) ? sentenceCuts(line.content) : itemCuts(line.content)
  if (cuts.length === 0) return [line]
  const parts: BodyLine[] = []
  let from = 0
  for (const cut of [...cuts, line.content.length]) {
    const piece = line.content.slice(from, cut)
    const content = piece.trimEnd()
    const last = cut === line.content.length
    parts.push({ content, tail: last ? line.tail : piece.slice(content.length), line: line.line, first: from === 0 })
    from = cut
  }
  return parts
}

/** True where the line holds, after its beginning, the articles that count on from its own or from the one before. */
function holdsArticles(content: string, articleBefore: number): boolean {
  const own = new RegExp(`^第([${NUMERAL}]+)条`).exec(content)?.[1]
  const start = own === undefined ? articleBefore : readNumeral(own)
  const inside = [...content.matchAll(ARTICLE_INSIDE)].map((match) => readNumeral(match[1] ?? ''))
  return start !== null && inside.length > 0 && inside.every((found, index) => found === start + 1 + index)
}

const sentenceCuts = (content: string): number[] =>
  [...content.matchAll(/[。；：][ \u3000]+/g)]
    .map((match) => match.index + match[0].length)
    .filter((cut) => cut < content.length)

/** Where the items of a run-together list begin: counting from 一 without a gap, the first after a colon. */
function itemCuts(content: string): number[] {
  const found = [...content.matchAll(ITEM_INSIDE)].filter((match) => match.index > 0)
  const first = found.findIndex((match) => /[：:]\s*$/.test(content.slice(0, match.index)))
  if (first < 0) return []
  const run = found.slice(first)
  const counts = run.every(
    (match, index) =>
      readNumeral(match[1] ?? '') === index + 1 &&
      (index === 0 || /[；;。，,]\s*$/.test(content.slice(0, match.index))),
  )
  return counts && run.length > 1 ? run.map((match) => match.index) : []
}
