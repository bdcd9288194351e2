import { refuse } from '../../core/refusal/refusal.ts'
import { type GrowingFloat64, growingFloat64 } from './growing.ts'
import { Stopped } from './stopped.ts'
import { likelyFormats, type TimeFormat, type TimePrecision, TimeText } from './time-text.ts'
import type { ZoneClock } from './zone-offset.ts'

/** How a time column was read, for the import's report. */
export interface TimeReading {
  readonly column: string
  readonly format: TimeFormat
  /** Whether the mapping said the format or the values did. */
  readonly from: 'mapping' | 'values'
  /** Values with a zone of their own, wall-clock values (read in `zone`), and bare dates (midnight in `zone`). */
  readonly zoned: number
  readonly wall: number
  readonly dates: number
  readonly zone: string
}

/** Marks in the array of instants: the cell was empty, or its text is no time of the column's format. */
export const NO_TIME = Number.NEGATIVE_INFINITY
export const UNREADABLE = Number.NaN

/** So many values are looked at before a column's format is settled. */
const SAMPLE = 1000

/**
 * Reads a column of times with one interpretation for the whole column. Where the mapping names no format, the first
 * thousand values settle the family. `03/04/2024` is never guessed: the column is read both ways until a value fits one
 * way only; if none does, or values of both kinds are there, the import is refused and asks for `timeFormat`.
 */
export class TimeColumn {
  readonly #file: string
  readonly #column: string
  readonly #given: TimeFormat | null
  readonly #clock: ZoneClock
  readonly #text: TimeText
  readonly #main: GrowingFloat64 = growingFloat64()
  /** The month-first reading, kept beside the day-first one while it is open which of them is meant. */
  #other: GrowingFloat64 | null = null
  #format: TimeFormat | null
  #sample: { at: number; bytes: Uint8Array }[] = []
  #counts: Record<TimePrecision, number> = { date: 0, wall: 0, zoned: 0 }
  /** Values that only the one reading fits, with the first place of each. */
  #dmyOnly = 0
  #mdyOnly = 0
  #differing = 0
  /** Texts of the first values that could not be read, by place. */
  #unreadable = new Map<number, string>()
  #textsKept = 0

  constructor(file: string, column: string, format: TimeFormat | null, clock: ZoneClock) {
    this.#file = file
    this.#column = column
    this.#given = format
    this.#format = format
    this.#clock = clock
    this.#text = new TimeText(clock)
  }

  get unreadable(): ReadonlyMap<number, string> {
    return this.#unreadable
  }

  /** The format that the column is read in, day-first standing for both orders while they are open; null before it is settled. */
  get format(): TimeFormat | null {
    return this.#format
  }

  /**
   * Hands over what was read so far and goes on with an empty column; the format is settled by then, if there was any
   * value. `other` is the month-first reading, where it is open which of them is meant: `finish` tells in the end.
   */
  takePart(): {
    readonly main: Float64Array
    readonly other: Float64Array | null
    readonly texts: ReadonlyMap<number, string>
  } {
    if (this.#format === null && this.#sample.length > 0) this.#settle()
    const texts = this.#unreadable
    this.#unreadable = new Map()
    return { main: this.#main.takeAll(), other: this.#other?.takeAll() ?? null, texts }
  }

  /** Takes the next cell: an instant in ms, NO_TIME or UNREADABLE is kept for it. */
  push(bytes: Uint8Array, start: number, end: number): void {
    let from = start
    while (from < end && (bytes[from] as number) <= 0x20) from++
    if (from >= end) {
      this.#add(NO_TIME, NO_TIME)
      return
    }
    if (this.#format === null) {
      this.#sample.push({ at: this.#main.length, bytes: Uint8Array.prototype.slice.call(bytes, start, end) })
      this.#add(UNREADABLE, UNREADABLE)
      if (this.#sample.length >= SAMPLE) this.#settle()
      return
    }
    this.#readInto(this.#main.length, bytes, start, end)
  }

  pushMissing(): void {
    this.#add(NO_TIME, NO_TIME)
  }

  #add(main: number, other: number): void {
    this.#main.push(main)
    this.#other?.push(other)
  }

  #put(at: number, main: number, other: number): void {
    if (at === this.#main.length) {
      this.#add(main, other)
      return
    }
    this.#main.set(at, main)
    this.#other?.set(at, other)
  }

  #readInto(at: number, bytes: Uint8Array, start: number, end: number): void {
    const format = this.#format as TimeFormat
    const main = this.#text.read(format, bytes, start, end)
    if (this.#other === null) {
      if (Number.isNaN(main)) this.#keepUnreadable(at, bytes, start, end)
      else this.#counts[this.#text.precision]++
      this.#put(at, main, UNREADABLE)
      return
    }
    const other = this.#text.read('mdy', bytes, start, end)
    const readable = !Number.isNaN(main) || !Number.isNaN(other)
    if (readable) this.#counts[this.#text.precision]++
    else this.#keepUnreadable(at, bytes, start, end)
    if (readable && Number.isNaN(other)) this.#dmyOnly++
    else if (readable && Number.isNaN(main)) this.#mdyOnly++
    else if (readable && main !== other) this.#differing++
    this.#put(at, main, other)
  }

  #keepUnreadable(at: number, bytes: Uint8Array, start: number, end: number): void {
    if (this.#textsKept++ >= SAMPLE) return
    this.#unreadable.set(at, Buffer.from(bytes.subarray(start, Math.min(end, start + 60))).toString('utf8'))
  }

  /** Chooses the family that most of the sample has the shape of, and reads the sample. */
  #settle(): void {
    const votes = new Map<TimeFormat, number>()
    for (const { bytes } of this.#sample) {
      const shapes = likelyFormats(this.#text, bytes, 0, bytes.length)
      const families = new Set(shapes.map((format) => (format === 'mdy' ? 'dmy' : format)))
      for (const family of families) votes.set(family, (votes.get(family) ?? 0) + 1)
    }
    const ranked = [...votes].sort((a, b) => b[1] - a[1])
    this.#format = ranked[0]?.[0] ?? 'ymd'
    if (this.#format === 'dmy') {
      this.#other = growingFloat64()
      for (let i = 0; i < this.#main.length; i++) this.#other.push(this.#main.get(i))
    }
    const sample = this.#sample
    this.#sample = []
    for (const { at, bytes } of sample) this.#readInto(at, bytes, 0, bytes.length)
  }

  /** Settles what is open. Throws Stopped where day and month cannot be told apart. */
  finish(): { readonly times: GrowingFloat64; readonly reading: TimeReading } {
    if (this.#format === null) this.#settle()
    let times = this.#main
    let format = this.#format as TimeFormat
    if (this.#other !== null) {
      const facts = { file: this.#file, column: this.#column }
      const place = { place: { file: this.#file, column: this.#column } }
      if (this.#dmyOnly > 0 && this.#mdyOnly > 0) {
        const both = { ...facts, dmy: this.#dmyOnly, mdy: this.#mdyOnly }
        throw new Stopped(refuse('log.time-mixed', both, place))
      }
      if (this.#dmyOnly === 0 && this.#mdyOnly === 0 && this.#differing > 0) {
        throw new Stopped(refuse('log.time-ambiguous', facts, place))
      }
      if (this.#mdyOnly > 0) {
        times = this.#other
        format = 'mdy'
      }
    }
    const { zoned, wall, date } = this.#counts
    const from = this.#given === null ? 'values' : 'mapping'
    return {
      times,
      reading: { column: this.#column, format, from, zoned, wall, dates: date, zone: this.#clock.zone },
    }
  }
}
