import type { StringColumn } from '../../core/eventlog/event-log.ts'
import { ByteDictionary } from './byte-dictionary.ts'
import { growingInt32 } from './growing.ts'

/** A text column while it grows, one value an event. A column that appears late has missing values before. */
export class EventColumn {
  readonly key: string
  readonly source: string
  readonly dictionary = new ByteDictionary()
  readonly #codes = growingInt32()

  constructor(key: string, source: string) {
    this.key = key
    this.source = source
  }

  /** Sets the value of event `at`, the present last one. */
  take(at: number, bytes: Uint8Array, start: number, end: number): void {
    this.#put(at, end > start ? this.dictionary.code(bytes, start, end) : -1)
  }

  takeText(at: number, text: string): void {
    this.#put(at, text === '' ? -1 : this.dictionary.codeOfText(text))
  }

  /** What event `at` has so far; null where it has nothing. */
  textAt(at: number): string | null {
    const code = at < this.#codes.length ? this.#codes.get(at) : -1
    return code < 0 ? null : this.dictionary.text(code)
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

  /** The codes of the events so far, of `events` in all; the column goes on empty. The dictionary is left as it is. */
  takePart(events: number): Int32Array {
    while (this.#codes.length < events) this.#codes.push(-1)
    return this.#codes.takeAll()
  }
}

/** Where a reader puts the values of a column that belongs to whole cases: it names the case and the event beside it. */
export interface CaseTarget {
  readonly key: string
  readonly source: string
  readonly conflicts: number
  take(caseCode: number, at: number, bytes: Uint8Array, start: number, end: number): void
  takeText(caseCode: number, at: number, text: string): void
}

/** A column of cases that is kept event by event while a log is read in parts: which value is first is told in the end. */
export class SpreadCaseColumn implements CaseTarget {
  readonly key: string
  readonly source: string
  readonly spread: EventColumn
  conflicts = 0

  constructor(key: string, source: string) {
    this.key = key
    this.source = source
    this.spread = new EventColumn(key, source)
  }

  take(_: number, at: number, bytes: Uint8Array, start: number, end: number): void {
    if (end > start) this.spread.take(at, bytes, start, end)
  }

  takeText(_: number, at: number, text: string): void {
    if (text === '') return
    const before = this.spread.textAt(at)
    if (before === null) this.spread.takeText(at, text)
    else if (before !== text) this.conflicts++
  }
}

/** A text column while it grows, one value a case: the first that is there; later ones that differ are counted. */
export class CaseColumn implements CaseTarget {
  readonly key: string
  readonly source: string
  readonly dictionary = new ByteDictionary()
  readonly #codes = growingInt32()
  conflicts = 0

  constructor(key: string, source: string) {
    this.key = key
    this.source = source
  }

  take(caseCode: number, _: number, bytes: Uint8Array, start: number, end: number): void {
    if (end > start) this.#put(caseCode, this.dictionary.code(bytes, start, end))
  }

  takeText(caseCode: number, _: number, text: string): void {
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
 * A finished column whose values are distinct: no look-up of a million strings is needed. Values that only unused rows
 * had are left out.
 */
export function column(texts: readonly string[], codes: Int32Array): StringColumn {
  const used = new Uint8Array(texts.length)
  for (const code of codes) if (code >= 0) used[code] = 1
  if (!used.includes(0)) return { dictionary: texts, codes }
  const dictionary: string[] = []
  const remap = new Int32Array(texts.length)
  for (let code = 0; code < texts.length; code++) {
    if (used[code] === 1) remap[code] = dictionary.push(texts[code] as string) - 1
  }
  for (let i = 0; i < codes.length; i++) if ((codes[i] as number) >= 0) codes[i] = remap[codes[i] as number] as number
  return { dictionary, codes }
}

/**
 * A finished column whose values were changed on the way, so that some may be equal now (a renamed activity, two
 * spellings of one instant) and some missing: equal ones share one code.
 */
export function mergedColumn(texts: readonly (string | null)[], codes: Int32Array): StringColumn {
  const dictionary: string[] = []
  const known = new Map<string, number>()
  const remap = texts.map((text) => {
    if (text === null) return -1
    const before = known.get(text)
    if (before !== undefined) return before
    known.set(text, dictionary.length)
    return dictionary.push(text) - 1
  })
  for (let i = 0; i < codes.length; i++) if ((codes[i] as number) >= 0) codes[i] = remap[codes[i] as number] as number
  return column(dictionary, codes)
}
