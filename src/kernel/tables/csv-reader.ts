import { refuse } from '../../core/refusal/refusal.ts'
import type { CsvDialect } from './csv-dialect.ts'
import type { ReadLimits } from './limits.ts'
import { Stopped } from './stopped.ts'

/** Why a row cannot be taken as cells. */
export type RowFault = 'nul' | 'quotes' | 'cell-too-large' | 'formula-error' | 'rounded-number'

/**
 * One row, valid only during the callback: cell i is the UTF-8 bytes [starts[i], ends[i]) of `bytes`. One object serves
 * every row, so that five million rows cost no objects.
 */
export interface CsvRow {
  bytes: Uint8Array
  cells: number
  readonly starts: Int32Array
  readonly ends: Int32Array
  /** 1-based, as a spreadsheet counts: a quoted line break does not start a new row; blank lines count. */
  number: number
  fault: RowFault | null
}

const QUOTE = 0x22
const CR = 0x0d

/**
 * A push parser of RFC 4180 over UTF-8 bytes. By hand, because rows must carry their numbers and faults, bad rows must
 * not end the reading, and cells go into dictionaries as bytes without ever becoming strings (the libraries in use make
 * one string a cell, which is most of the cost and pins their chunks). Lenient where harmless: a quote inside an
 * unquoted cell is text. Wholly blank lines are not rows.
 */
export class CsvReader {
  readonly #file: string
  readonly #dialect: CsvDialect
  readonly #limits: ReadLimits
  readonly #onRow: (row: CsvRow) => void
  readonly #row: CsvRow
  readonly #doubled: Uint8Array
  #held: Buffer = Buffer.alloc(0)
  #waiting: Buffer[] = []
  #waitingBytes = 0
  #number = 0
  #nul = false

  constructor(file: string, dialect: CsvDialect, limits: ReadLimits, onRow: (row: CsvRow) => void) {
    this.#file = file
    this.#dialect = dialect
    this.#limits = limits
    this.#onRow = onRow
    this.#doubled = new Uint8Array(limits.columns + 1)
    this.#row = {
      bytes: this.#held,
      cells: 0,
      starts: new Int32Array(limits.columns + 1),
      ends: new Int32Array(limits.columns + 1),
      number: 0,
      fault: null,
    }
  }

  /** Takes a piece of UTF-8 text that the reader may change in place. */
  write(piece: Buffer): void {
    this.#waiting.push(piece)
    this.#waitingBytes += piece.length
    // a row longer than a piece is looked at again only when twice as much is there: linear, not quadratic
    if (this.#waitingBytes < this.#held.length) return
    this.#advance(false)
  }

  end(): void {
    this.#advance(true)
  }

  #advance(final: boolean): void {
    const bytes =
      this.#held.length === 0 && this.#waiting.length === 1
        ? (this.#waiting[0] as Buffer)
        : Buffer.concat([this.#held, ...this.#waiting])
    this.#waiting = []
    this.#waitingBytes = 0
    this.#nul = bytes.includes(0)
    const rest = this.#parse(bytes, final)
    this.#held = bytes.subarray(rest)
    if (this.#held.length > this.#limits.rowBytes) throw this.#endless()
  }

  #endless(): Stopped {
    const row = this.#number + 1
    return new Stopped(refuse('table.row-too-long', { file: this.#file, row }, { place: { file: this.#file, row } }))
  }

  /** Parses whole rows and returns where the first unfinished one begins. */
  #parse(bytes: Uint8Array, final: boolean): number {
    const { delimiter, newline } = this.#dialect
    const { starts, ends } = this.#row
    const doubled = this.#doubled
    const n = bytes.length
    const columns = this.#limits.columns
    let rowStart = 0
    while (rowStart < n) {
      let at = rowStart
      let cells = 0
      let anyDoubled = false
      let badQuotes = false
      let rowEnd = -1
      for (;;) {
        let start = at
        let end: number
        let hasDoubled = 0
        if (at < n && bytes[at] === QUOTE) {
          start = ++at
          for (;;) {
            while (at < n && bytes[at] !== QUOTE) at++
            if (at >= n) break
            if (at + 1 >= n) break
            if (bytes[at + 1] !== QUOTE) break
            hasDoubled = 1
            at += 2
          }
          if (at >= n || (at + 1 >= n && !final)) {
            if (!final) return rowStart
            throw this.#openQuote()
          }
          end = at++
          // text between the closing quote and the separator cannot be placed
          if (at < n && bytes[at] === CR && newline !== CR) at++
          if (at < n && bytes[at] !== delimiter && bytes[at] !== newline) {
            badQuotes = true
            while (at < n && bytes[at] !== delimiter && bytes[at] !== newline) at++
          }
        } else {
          while (at < n) {
            const byte = bytes[at]
            if (byte === delimiter || byte === newline) break
            at++
          }
          end = at
          if (newline !== CR && at < n && bytes[at] === newline && end > start && bytes[end - 1] === CR) end--
          if (newline !== CR && at >= n && final && end > start && bytes[end - 1] === CR) end--
        }
        if (at >= n && !final) return rowStart
        if (cells < columns) {
          starts[cells] = start
          ends[cells] = end
          doubled[cells] = hasDoubled
          if (hasDoubled === 1) anyDoubled = true
        }
        cells++
        if (at >= n) {
          rowEnd = n
          break
        }
        if (bytes[at] === newline) {
          rowEnd = at + 1
          break
        }
        at++
      }
      this.#number++
      if (cells > columns) throw this.#tooManyColumns(cells)
      const blank = cells === 1 && starts[0] === ends[0] && bytes[rowStart] !== QUOTE
      if (!blank) this.#deliver(bytes, cells, anyDoubled, badQuotes)
      rowStart = rowEnd
    }
    return n
  }

  #deliver(bytes: Uint8Array, cells: number, anyDoubled: boolean, badQuotes: boolean): void {
    const row = this.#row
    row.bytes = bytes
    row.cells = cells
    row.number = this.#number
    row.fault = badQuotes ? 'quotes' : null
    if (anyDoubled) this.#undouble(bytes, cells)
    const { starts, ends } = row
    for (let i = 0; i < cells; i++) {
      if ((ends[i] as number) - (starts[i] as number) > this.#limits.cellBytes) row.fault = 'cell-too-large'
    }
    if (this.#nul && bytes.subarray(starts[0], ends[cells - 1]).includes(0)) row.fault = 'nul'
    this.#onRow(row)
  }

  /** Turns `""` into `"` inside the row's own bytes: the result is never longer. */
  #undouble(bytes: Uint8Array, cells: number): void {
    const { starts, ends } = this.#row
    for (let i = 0; i < cells; i++) {
      if (this.#doubled[i] === 0) continue
      const end = ends[i] as number
      let to = starts[i] as number
      for (let from = to; from < end; from++) {
        const byte = bytes[from] as number
        bytes[to++] = byte
        if (byte === QUOTE) from++
      }
      ends[i] = to
    }
  }

  #openQuote(): Stopped {
    const row = this.#number + 1
    return new Stopped(refuse('table.quote-open', { file: this.#file, row }, { place: { file: this.#file, row } }))
  }

  #tooManyColumns(cells: number): Stopped {
    const row = this.#number
    const facts = { file: this.#file, row, cells, limit: this.#limits.columns }
    return new Stopped(refuse('table.too-many-columns', facts, { place: { file: this.#file, row } }))
  }
}
