import { isAscii, isUtf8 } from 'node:buffer'
import { refuse } from '../../core/refusal/refusal.ts'
import { Stopped } from './stopped.ts'

/** Encodings that a file may be in. `gb18030` covers GBK and GB2312, which it contains. */
export const textEncodings = ['utf-8', 'gb18030', 'utf-16le', 'utf-16be', 'big5', 'windows-1252'] as const
export type TextEncoding = (typeof textEncodings)[number]

/** So many bytes are looked at before the first piece is given out, where there are so many. */
const HEAD = 8192

/** The encoding that a byte order mark announces, with the mark's length. */
export function byteOrderMark(head: Uint8Array): { readonly encoding: TextEncoding; readonly length: number } | null {
  if (head[0] === 0xef && head[1] === 0xbb && head[2] === 0xbf) return { encoding: 'utf-8', length: 3 }
  if (head[0] === 0xff && head[1] === 0xfe) return { encoding: 'utf-16le', length: 2 }
  if (head[0] === 0xfe && head[1] === 0xff) return { encoding: 'utf-16be', length: 2 }
  return null
}

/** UTF-16 without a mark: separators and digits leave a zero in every second byte, which no other text does. */
function zeroPattern(head: Uint8Array): TextEncoding | null {
  const sample = Math.min(head.length, HEAD) & ~1
  let even = 0
  let odd = 0
  for (let i = 0; i < sample; i += 2) {
    if (head[i] === 0) even++
    if (head[i + 1] === 0) odd++
  }
  const enough = sample / 2 / 20
  if (odd > enough && even * 10 < odd) return 'utf-16le'
  if (even > enough && odd * 10 < even) return 'utf-16be'
  return null
}

/** What an XML declaration says of the encoding; an XML file is believed, since its standard makes that binding. */
function declared(head: Uint8Array): TextEncoding | null {
  const start = Buffer.from(head.buffer, head.byteOffset, Math.min(head.length, 256)).toString('latin1')
  const label = /^\s*<\?xml[^>]*\bencoding\s*=\s*["']([\w.:-]+)["']/i.exec(start)?.[1]?.toLowerCase()
  if (label === undefined || label === 'utf-8' || label === 'utf8') return null
  if (/^(gb18030|gbk|gb2312|gb_2312-80|x-gbk)$/.test(label)) return 'gb18030'
  if (label === 'big5') return 'big5'
  if (/^(iso-8859-1|latin1|windows-1252|us-ascii|ascii)$/.test(label)) return 'windows-1252'
  return null
}

const decoder = (encoding: TextEncoding): TextDecoder => new TextDecoder(encoding, { fatal: true, ignoreBOM: true })

function decodes(encoding: TextEncoding, bytes: Uint8Array): boolean {
  if (encoding === 'utf-8') return isUtf8(bytes)
  try {
    decoder(encoding).decode(bytes)
    return true
  } catch {
    return false
  }
}

/** True where the bytes fit, their last character perhaps cut off. */
function startsSound(encoding: TextEncoding, bytes: Uint8Array): boolean {
  try {
    decoder(encoding).decode(bytes, { stream: true })
    return true
  } catch {
    return false
  }
}

/**
 * UTF-8 wins where both fit, also where only its last character is cut off; where neither does, the one that gets
 * further is meant, and its bad byte is reported.
 */
function decide(bytes: Uint8Array): TextEncoding {
  if (startsSound('utf-8', bytes)) return 'utf-8'
  if (decodes('gb18030', bytes)) return 'gb18030'
  return firstBad('gb18030', bytes) > firstBad('utf-8', bytes) ? 'gb18030' : 'utf-8'
}

/** The offset of the first byte that does not belong to the encoding: the shortest prefix that fails even with more to come. */
function firstBad(encoding: TextEncoding, bytes: Uint8Array): number {
  let good = 0
  let bad = bytes.length + 1
  while (bad - good > 1) {
    const middle = (good + bad) >> 1
    if (startsSound(encoding, bytes.subarray(0, middle))) good = middle
    else bad = middle
  }
  return Math.min(good, Math.max(0, bytes.length - 1))
}

/**
 * Where a piece may be cut without cutting a character. In UTF-8, GB18030 and Big5 no byte of these (controls, blank,
 * comma, quote, `:;<=>?`) is ever part of a longer character, so each piece decodes by itself and a bad byte has an offset.
 */
function safeEnd(encoding: TextEncoding | null, bytes: Uint8Array): number {
  if (encoding === 'utf-16le' || encoding === 'utf-16be') {
    let end = bytes.length & ~1
    const high = end >= 2 ? (bytes[encoding === 'utf-16le' ? end - 1 : end - 2] as number) : 0
    if (high >= 0xd8 && high <= 0xdb) end -= 2
    return end
  }
  for (let i = bytes.length; i > 0; i--) {
    const byte = bytes[i - 1] as number
    if (byte < 0x30 || (byte >= 0x3a && byte <= 0x3f)) return i
  }
  return 0
}

/** UTF-8 text of a file in any of the encodings, in pieces that never cut a character. */
export interface Utf8Text {
  /** What the file is in; `utf-8` as long as only ASCII was seen. */
  encoding(): TextEncoding
  pieces(): AsyncIterable<Buffer>
}

/**
 * Turns bytes into UTF-8. The encoding is the given one, else that of a byte order mark, an XML declaration or a zero
 * pattern; else it stays open while only ASCII is seen, and the first piece beyond ASCII decides between UTF-8 and
 * GB18030 (real GB18030 text is practically never valid UTF-8). A byte that does not fit throws Stopped with its offset.
 */
export function utf8Text(
  file: string,
  bytes: AsyncIterable<Buffer>,
  given: TextEncoding | null,
  pieceLimit: number,
): Utf8Text {
  let encoding: TextEncoding | null = given
  let offset = 0
  let line = 1

  const notIn = (name: TextEncoding, piece: Buffer): Stopped => {
    const at = firstBad(name, piece)
    let row = line
    for (let i = 0; i < at; i++) if (piece[i] === 0x0a) row++
    return new Stopped(
      refuse('table.encoding', { file, encoding: name, offset: offset + at, row }, { place: { file, row } }),
    )
  }

  const toUtf8 = (piece: Buffer): Buffer => {
    if (encoding === null) {
      if (isAscii(piece)) return piece
      encoding = decide(piece)
    }
    if (encoding === 'utf-8') {
      if (!isUtf8(piece)) throw notIn('utf-8', piece)
      return piece
    }
    try {
      return Buffer.from(decoder(encoding).decode(piece), 'utf8')
    } catch {
      throw notIn(encoding, piece)
    }
  }

  const pass = (piece: Buffer): Buffer => {
    const text = toUtf8(piece)
    offset += piece.length
    for (let i = text.indexOf(0x0a); i >= 0; i = text.indexOf(0x0a, i + 1)) line++
    return text
  }

  const begin = (head: Buffer): Buffer => {
    const mark = byteOrderMark(head)
    encoding = given ?? mark?.encoding ?? zeroPattern(head) ?? declared(head)
    if (mark === null || (encoding ?? 'utf-8') !== mark.encoding) return head
    offset = mark.length
    return head.subarray(mark.length)
  }

  async function* pieces(): AsyncIterable<Buffer> {
    let rest: Buffer = Buffer.alloc(0)
    let begun = false
    for await (const chunk of bytes) {
      let held = rest.length === 0 ? chunk : Buffer.concat([rest, chunk])
      if (!begun) {
        if (held.length < HEAD) {
          rest = held
          continue
        }
        held = begin(held)
        begun = true
      }
      const end = safeEnd(encoding, held)
      if (end > 0) yield pass(held.subarray(0, end))
      rest = held.subarray(end)
      if (rest.length > pieceLimit) {
        throw new Stopped(refuse('table.row-too-long', { file, row: line }, { place: { file, row: line } }))
      }
    }
    if (!begun) rest = begin(rest)
    if (rest.length > 0) yield pass(rest)
  }
  return { encoding: () => encoding ?? 'utf-8', pieces }
}
