import { NUMERAL, readChineseDate } from './numeral.ts'
import { type ParsedBody, parseBody } from './parse-body.ts'

/** A dated line of a statute's head: when it was passed, amended, published. */
export interface HeadEvent {
  /** `YYYY-MM-DD`. */
  readonly on: string
  readonly what: string
}

/** A statute's file taken apart. */
export interface Statute extends ParsedBody {
  /** The full title of the first `#` heading, null where the file has none. */
  readonly title: string | null
  readonly head: string
  readonly events: readonly HeadEvent[]
  readonly body: string
}

const HEAD_END = /<!--\s*INFO\s+END\s*-->/
const EVENT = new RegExp(`^[（(]?([${NUMERAL}]{4}年[${NUMERAL}]{1,3}月[${NUMERAL}]{1,3}日)[\\s　]*(.*)$`)

/**
 * Takes the Markdown of one version of a statute apart. The head ends at `<!-- INFO END -->`; in a file without that mark
 * it is the lines from the title to the first heading or article.
 */
export function parseStatute(text: string): Statute {
  const [head, body] = splitHead(text)
  const title =
    /^#[ \t　]+(.+)$/m
      .exec(head)?.[1]
      ?.replace(/<!--.*?-->/g, '')
      .trim() ?? null
  const parsed = parseBody(body, head.split('\n').length)
  return { title: title === '' ? null : title, head, events: headEvents(head), body, ...parsed }
}

function splitHead(text: string): readonly [string, string] {
  const mark = HEAD_END.exec(text)
  if (mark !== null) return cut(text, mark.index + mark[0].length)
  const title = /^\ufeff?#[ \t　]+.*$/m.exec(text)
  if (title === null || text.slice(0, title.index).trim() !== '') return ['', text]
  const begins = new RegExp(`^(?:##|第[${NUMERAL}]+[编章节条]|[一二三四五六七八九十]+、)`, 'm')
  const rest = title.index + title[0].length
  const body = begins.exec(text.slice(rest))
  return body === null ? cut(text, rest) : cut(text, rest + body.index)
}

const cut = (text: string, index: number): readonly [string, string] => [text.slice(0, index), text.slice(index)]

function headEvents(head: string): readonly HeadEvent[] {
  const events: { on: string; what: string }[] = []
  for (const raw of head.split('\n')) {
    const line = raw.trim()
    if (line === '' || line.startsWith('#') || line.startsWith('<!--')) continue
    const match = EVENT.exec(line)
    const on = match === null ? null : readChineseDate(match[1] ?? '')
    const before = events.at(-1)
    if (match !== null && on !== null) events.push({ on, what: (match[2] ?? '').trim() })
    else if (before !== undefined) before.what += line
  }
  return events
}
