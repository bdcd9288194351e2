import { type Refusal, refuse } from '../../../core/refusal/refusal.ts'
import type { ReadLimits } from '../limits.ts'
import { Stopped } from '../stopped.ts'

const QUOTE = 0x22
const BACKSLASH = 0x5c
const LF = 0x0a
const [OBJECT, OBJECT_END, ARRAY, ARRAY_END, COMMA, COLON] = [0x7b, 0x7d, 0x5b, 0x5d, 0x2c, 0x3a]

/** Takes one element of one of the document's lists: the list's key, the element, and its line. */
export type TakeElement = (key: string, element: unknown, line: number) => void

/**
 * Reads a JSON document whose root is an object of lists, piece by piece, and gives out the elements of the lists that
 * are wanted, one at a time: memory is that of the largest element. By hand, because the parsers in use want the whole
 * document as one string. Broken or deeply nested JSON throws Stopped with its line.
 */
export class JsonElements {
  readonly #file: string
  readonly #limits: ReadLimits
  readonly #wanted: ReadonlySet<string>
  readonly #take: TakeElement
  readonly keys = new Set<string>()
  #depth = 0
  #line = 1
  #inText = false
  #escaped = false
  /** The bytes of the present key or element, kept over pieces. */
  #held: Buffer[] = []
  #heldBytes = 0
  #from = -1
  #keeping: 'key' | 'element' | null = null
  #elementLine = 1
  #key: string | null = null
  #isValue = false
  #ended = false

  constructor(file: string, limits: ReadLimits, wanted: readonly string[], take: TakeElement) {
    this.#file = file
    this.#limits = limits
    this.#wanted = new Set(wanted)
    this.#take = take
  }

  write(bytes: Buffer): void {
    for (let at = 0; at < bytes.length; at++) {
      const byte = bytes[at] as number
      if (byte === LF) this.#line++
      if (this.#inText) {
        if (this.#escaped) this.#escaped = false
        else if (byte === BACKSLASH) this.#escaped = true
        else if (byte === QUOTE) {
          this.#inText = false
          if (this.#keeping === 'key') this.#endKey(bytes, at + 1)
        }
        continue
      }
      if (byte <= 0x20) continue
      if (this.#ended) throw this.#broken('text after the end')
      this.#sign(byte, bytes, at)
    }
    if (this.#keeping !== null) {
      this.#hold(bytes, bytes.length)
      this.#from = 0
    }
  }

  /** Checks that the document is whole. */
  end(): void {
    if (!this.#ended) throw this.#broken('the document has no end')
  }

  #sign(byte: number, bytes: Buffer, at: number): void {
    if (byte === OBJECT_END || byte === ARRAY_END) {
      if (this.#keeping === 'element' && this.#depth === 2) this.#endElement(bytes, at)
      this.#depth--
      if (this.#depth < 0) throw this.#broken('a bracket too many')
      if (this.#depth === 0) this.#ended = true
      return
    }
    if (byte === COMMA) {
      if (this.#depth === 2 && this.#keeping === 'element') this.#endElement(bytes, at)
      if (this.#depth === 1) {
        this.#key = null
        this.#isValue = false
      }
      return
    }
    if (byte === COLON && this.#depth === 1) this.#isValue = true
    const begins = this.#depth === 2 && this.#keeping === null && this.#key !== null && this.#wanted.has(this.#key)
    if (begins) this.#begin('element', at)
    if (byte === QUOTE) {
      this.#inText = true
      if (this.#depth === 1 && !this.#isValue) this.#begin('key', at)
    } else if (byte === OBJECT || byte === ARRAY) {
      if (this.#depth === 0 && byte !== OBJECT) throw this.#broken('the root is no object')
      if (++this.#depth > this.#limits.depth) {
        throw new Stopped(refuse('log.json-deep', { ...this.#here(), limit: this.#limits.depth }, this.#place()))
      }
    } else if (this.#depth === 0) throw this.#broken('the root is no object')
  }

  #begin(keeping: 'key' | 'element', at: number): void {
    this.#keeping = keeping
    this.#from = at
    this.#elementLine = this.#line
    this.#held = []
    this.#heldBytes = 0
  }

  #hold(bytes: Buffer, to: number): void {
    const piece = bytes.subarray(this.#from, to)
    this.#heldBytes += piece.length
    if (this.#heldBytes > this.#limits.rowBytes) {
      throw new Stopped(refuse('log.json-too-long', this.#here(), this.#place()))
    }
    if (piece.length > 0) this.#held.push(piece)
  }

  #taken(bytes: Buffer, to: number): unknown {
    this.#hold(bytes, to)
    const text = Buffer.concat(this.#held).toString('utf8')
    this.#keeping = null
    try {
      return JSON.parse(text)
    } catch (error) {
      throw this.#broken((error as SyntaxError).message.slice(0, 120), this.#elementLine)
    }
  }

  #endKey(bytes: Buffer, to: number): void {
    const key = String(this.#taken(bytes, to))
    if (this.keys.has(key)) throw this.#broken(`"${key.slice(0, 40)}" twice`)
    this.keys.add(key)
    this.#key = key
  }

  #endElement(bytes: Buffer, to: number): void {
    const element = this.#taken(bytes, to)
    this.#take(this.#key as string, element, this.#elementLine)
  }

  #here(line = this.#line): { readonly file: string; readonly row: number } {
    return { file: this.#file, row: line }
  }

  #place(line = this.#line) {
    return { place: this.#here(line) }
  }

  #broken(why: string, line = this.#line): Stopped {
    const refusal: Refusal = refuse('log.json-broken', { ...this.#here(line), why }, this.#place(line))
    return new Stopped(refusal)
  }
}
