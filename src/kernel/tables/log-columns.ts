import type { StringColumn } from '../../core/eventlog/event-log.ts'
import { ByteDictionary } from './byte-dictionary.ts'
import { growingInt32 } from './growing.ts'

/** A text column while it grows, one value an event. A column that appears late has missing values before. */
export class EventColumn {
  readonly key: string
  readonly dictionary = new ByteDictionary()
  readonly #codes = growingInt32()

  constructor(key: string) {
    this.key = key
  }

  /** Sets the value of event `at`, the present last one. */
  take(at: number, bytes: Uint8Array, start: number, end: number): void {
    this.#put(at, end > start ? this.dictionary.code(bytes, start, end) : -1)
  }

  takeText(at: number, text: string): void {
    this.#put(at, text === '' ? -1 : this.dictionary.codeOfText(text))
  }

  #put(at: number, code: number): void {
    while (this.#codes.length < at) this.#codes.push(-1)
    if (this.#codes.length === at) this.#codes.push(code)
    else this.#codes.set(at, code)
  }

  /** The codes of the events in the given order, of `events` in all. */
  gather(order: Int32Array, events: number): Int32Array {
    while (this.#codes.length < events) this.#codes.push(-1)
    return this.#codes.gather(order)
  }
}

/** A text column while it grows, one value a case: the first that is there; later ones that differ are counted. */
export class CaseColumn {
  readonly key: string
  readonly source: string
  readonly dictionary = new ByteDictionary()
  readonly #codes = growingInt32()
  conflicts = 0

  constructor(key: string, source: string) {
    this.key = key
    this.source = source
  }

  take(caseCode: number, bytes: Uint8Array, start: number, end: number): void {
    if (end > start) this.#put(caseCode, this.dictionary.code(bytes, start, end))
  }

  takeText(caseCode: number, text: string): void {
    if (text !== '') this.#put(caseCode, this.dictionary.codeOfText(text))
  }

  #put(caseCode: number, code: number): void {
    while (this.#codes.length <= caseCode) this.#codes.push(-1)
    const before = this.#codes.get(caseCode)
    if (before < 0) this.#codes.set(caseCode, code)
    else if (before !== code) this.conflicts++
  }

  /** The codes of the cases in the given order. */
  gather(order: Int32Array, cases: number): Int32Array {
    while (this.#codes.length < cases) this.#codes.push(-1)
    return this.#codes.gather(order)
  }
}

/**
 * A finished column. Values that became equal (a renamed activity, two spellings of one instant) share one code, and
 * values that only unused rows had are left out; codes follow the order of first appearance in the source.
 */
export function column(texts: readonly (string | null)[], codes: Int32Array): StringColumn {
  const used = new Uint8Array(texts.length)
  for (const code of codes) if (code >= 0) used[code] = 1
  const dictionary: string[] = []
  const known = new Map<string, number>()
  const remap = new Int32Array(texts.length).fill(-1)
  let same = true
  for (let code = 0; code < texts.length; code++) {
    const text = used[code] === 1 ? (texts[code] as string | null) : null
    if (text !== null) {
      let now = known.get(text)
      if (now === undefined) {
        now = dictionary.push(text) - 1
        known.set(text, now)
      }
      remap[code] = now
    }
    if (remap[code] !== code) same = false
  }
  if (!same) {
    for (let i = 0; i < codes.length; i++) {
      const code = codes[i] as number
      if (code >= 0) codes[i] = remap[code] as number
    }
  }
  return { dictionary, codes }
}
