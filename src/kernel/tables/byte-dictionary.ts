import { randomInt } from 'node:crypto'
import { refuse } from '../../core/refusal/refusal.ts'
import { Stopped } from './stopped.ts'

/** The distinct values of one column, in bytes. */
const HEAP_LIMIT = 1024 * 1024 * 1024

/** Seeded per process, so that a file cannot be written whose values all collide; codes do not depend on it. */
const seed = randomInt(1, 2 ** 31)

/**
 * Gives each distinct value of a column a code, 0, 1, 2 … in order of first appearance. Values are kept as UTF-8 bytes in
 * one heap, each with a NUL behind it: a look-up makes no string, nothing pins the chunk that a value came from, and the
 * whole dictionary is one text where it is handed over.
 */
export class ByteDictionary {
  #heap = Buffer.allocUnsafe(1024)
  #used = 0
  #ends = new Int32Array(64)
  #hashes = new Int32Array(64)
  #count = 0
  #slots = new Int32Array(256).fill(-1)
  #mask = 255
  #scratch = Buffer.allocUnsafe(256)
  #lastCode = -1
  #lastText = ''
  #lastTextCode = -1

  get size(): number {
    return this.#count
  }

  /** The code of the bytes [start, end). */
  code(bytes: Uint8Array, start: number, end: number): number {
    const last = this.#lastCode
    if (last >= 0 && this.#equals(last, bytes, start, end)) return last
    let hash = seed
    for (let i = start; i < end; i++) hash = Math.imul(hash ^ (bytes[i] as number), 0x01000193)
    hash ^= hash >>> 15
    hash = Math.imul(hash, 0x2c1b3c6d)
    hash ^= hash >>> 13
    let slot = hash & this.#mask
    for (;;) {
      const code = this.#slots[slot] as number
      if (code < 0) break
      if (this.#hashes[code] === hash && this.#equals(code, bytes, start, end)) {
        this.#lastCode = code
        return code
      }
      slot = (slot + 1) & this.#mask
    }
    const code = this.#append(bytes, start, end, hash)
    this.#slots[slot] = code
    if (this.#count * 2 > this.#mask) this.#rehash()
    this.#lastCode = code
    return code
  }

  codeOfText(text: string): number {
    if (this.#lastTextCode >= 0 && text === this.#lastText) return this.#lastTextCode
    if (text.length * 3 > this.#scratch.length) this.#scratch = Buffer.allocUnsafe(text.length * 6)
    const length = this.#scratch.write(text, 0, 'utf8')
    this.#lastText = text
    this.#lastTextCode = this.code(this.#scratch, 0, length)
    return this.#lastTextCode
  }

  text(code: number): string {
    return this.#heap.toString('utf8', this.#start(code), this.#ends[code])
  }

  /** Calls back with each value's bytes, in order of code. */
  forEach(each: (bytes: Uint8Array, start: number, end: number, code: number) => void): void {
    for (let code = 0; code < this.#count; code++) {
      each(this.#heap, this.#start(code), this.#ends[code] as number, code)
    }
  }

  /** Every value as text, indexed by code. */
  texts(): string[] {
    const texts = new Array<string>(this.#count)
    for (let code = 0; code < this.#count; code++) texts[code] = this.text(code)
    return texts
  }

  /** Every value as text; the dictionary lets its memory go and is empty afterwards. */
  takeTexts(): string[] {
    this.#slots = new Int32Array(256).fill(-1)
    this.#mask = 255
    this.#hashes = new Int32Array(64)
    this.#lastCode = -1
    this.#lastTextCode = -1
    const texts = this.texts()
    this.#count = 0
    this.#used = 0
    this.#ends = new Int32Array(64)
    this.#heap = Buffer.allocUnsafe(1024)
    return texts
  }

  /** All values as one text, in order of code, NUL between them; empty where there are none. */
  joined(): string {
    return this.#heap.toString('utf8', 0, Math.max(0, this.#used - 1))
  }

  /** Forgets every value and keeps the memory for what comes next: codes begin at 0 again. */
  clear(): void {
    this.#slots.fill(-1)
    this.#count = 0
    this.#used = 0
    this.#lastCode = -1
    this.#lastTextCode = -1
  }

  #start(code: number): number {
    return code === 0 ? 0 : (this.#ends[code - 1] as number) + 1
  }

  #equals(code: number, bytes: Uint8Array, start: number, end: number): boolean {
    let at = this.#start(code)
    if ((this.#ends[code] as number) - at !== end - start) return false
    const heap = this.#heap
    for (let i = start; i < end; i++, at++) if (heap[at] !== bytes[i]) return false
    return true
  }

  #append(bytes: Uint8Array, start: number, end: number, hash: number): number {
    const length = end - start + 1
    if (this.#used + length > HEAP_LIMIT) {
      throw new Stopped(refuse('table.column-too-large', { limit: HEAP_LIMIT / 1048576 }))
    }
    if (this.#used + length > this.#heap.length) {
      const grown = Buffer.allocUnsafe(Math.max(this.#heap.length * 2, this.#used + length))
      this.#heap.copy(grown, 0, 0, this.#used)
      this.#heap = grown
    }
    let to = this.#used
    for (let i = start; i < end; i++, to++) this.#heap[to] = bytes[i] as number
    this.#heap[to] = 0
    this.#used += length
    if (this.#count === this.#ends.length) {
      const ends = new Int32Array(this.#count * 2)
      ends.set(this.#ends)
      this.#ends = ends
      const hashes = new Int32Array(this.#count * 2)
      hashes.set(this.#hashes)
      this.#hashes = hashes
    }
    this.#ends[this.#count] = to
    this.#hashes[this.#count] = hash
    return this.#count++
  }

  #rehash(): void {
    const slots = new Int32Array((this.#mask + 1) * 2).fill(-1)
    const mask = slots.length - 1
    for (let code = 0; code < this.#count; code++) {
      let slot = (this.#hashes[code] as number) & mask
      while ((slots[slot] as number) >= 0) slot = (slot + 1) & mask
      slots[slot] = code
    }
    this.#slots = slots
    this.#mask = mask
  }
}
