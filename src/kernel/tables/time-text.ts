import type { ZoneClock } from './zone-offset.ts'

/** How the text of a time column is read; one column has one of these. */
export const timeFormats = ['ymd', 'dmy', 'mdy', 'epoch-s', 'epoch-ms', 'epoch-us', 'excel'] as const
export type TimeFormat = (typeof timeFormats)[number]

/** What a reading found besides the instant: a date alone, a wall-clock time, or a time with its own zone. */
export type TimePrecision = 'date' | 'wall' | 'zoned'

const T = 0x54
const Z = 0x5a
const isDigit = (byte: number): boolean => byte >= 0x30 && byte <= 0x39

const monthDays = [31, 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31]
const daysBefore = [0, 31, 59, 90, 120, 151, 181, 212, 243, 273, 304, 334]

/** Days from 1970-01-01 of a proleptic Gregorian date, or NaN where there is no such date. */
function dayNumber(year: number, month: number, day: number): number {
  if (month < 1 || month > 12 || day < 1 || year < 1000 || year > 9999) return Number.NaN
  const leap = year % 4 === 0 && (year % 100 !== 0 || year % 400 === 0)
  if (day > (monthDays[month - 1] as number) + (leap && month === 2 ? 1 : 0)) return Number.NaN
  const before = year - 1
  const years = before * 365 + Math.floor(before / 4) - Math.floor(before / 100) + Math.floor(before / 400)
  const ofYear = (daysBefore[month - 1] as number) + (leap && month > 2 ? 1 : 0) + day
  return years + ofYear - 719_163
}

const lastDay = Date.UTC(2200, 0, 1)
const firstDay = Date.UTC(1000, 0, 1)

/**
 * Reads one time from UTF-8 bytes without making a string. Year-first text may use `-`, `/`, `.` or 年月日, a `T` or
 * blanks, fractions to any length, 时分秒, 上午/下午 or AM/PM, and a zone (`Z`, `+02`, `+0200`, `+02:00`); also the
 * compact `yyyyMMdd[HHmm[ss[SSS]]]`. Day-first and month-first text differ in the order only. A time without a zone is
 * read in the clock's zone. After a call `precision` tells what was there.
 */
export class TimeText {
  precision: TimePrecision = 'wall'
  readonly #clock: ZoneClock
  #bytes: Uint8Array = new Uint8Array(0)
  #at = 0
  #end = 0

  constructor(clock: ZoneClock) {
    this.#clock = clock
  }

  /** Milliseconds since 1970 with fractions, or NaN where the bytes are no time in this format. */
  read(format: TimeFormat, bytes: Uint8Array, start: number, end: number): number {
    this.#bytes = bytes
    this.#at = start
    this.#end = end
    this.#trim()
    if (this.#at >= this.#end) return Number.NaN
    switch (format) {
      case 'ymd':
        return this.#compact() ?? this.#calendar('ymd')
      case 'dmy':
      case 'mdy':
        return this.#calendar(format)
      default:
        return this.#number(format)
    }
  }

  #trim(): void {
    while (this.#at < this.#end && (this.#bytes[this.#at] as number) <= 0x20) this.#at++
    while (this.#end > this.#at && (this.#bytes[this.#end - 1] as number) <= 0x20) this.#end--
  }

  #peek(): number {
    return this.#at < this.#end ? (this.#bytes[this.#at] as number) : -1
  }

  /** Takes up to `most` digits; −1 where there are fewer than `least`. */
  #digits(least: number, most: number): number {
    let value = 0
    let count = 0
    while (count < most && this.#at < this.#end) {
      const byte = this.#bytes[this.#at] as number
      if (!isDigit(byte)) break
      value = value * 10 + byte - 0x30
      this.#at++
      count++
    }
    return count < least ? -1 : value
  }

  /** Takes a three-byte character such as 年, where it is next. */
  #han(first: number, second: number, third: number): boolean {
    if (this.#at + 3 > this.#end) return false
    if (this.#bytes[this.#at] !== first || this.#bytes[this.#at + 1] !== second) return false
    if (this.#bytes[this.#at + 2] !== third) return false
    this.#at += 3
    return true
  }

  #blanks(): number {
    const from = this.#at
    while (this.#peek() === 0x20 || this.#peek() === 0x09) this.#at++
    return this.#at - from
  }

  /** A date's separator; -1 where there is none. All separators of one date are the same, or 年 and 月. */
  #separator(before: number): number {
    const byte = this.#peek()
    if (byte === 0x2d || byte === 0x2f || byte === 0x2e) {
      this.#at++
      return before === 0 || before === byte ? byte : -1
    }
    return -1
  }

  #compact(): number | null {
    const length = this.#end - this.#at
    if (length !== 8 && length !== 12 && length !== 14 && length !== 17) return null
    for (let i = this.#at; i < this.#end; i++) if (!isDigit(this.#bytes[i] as number)) return null
    const day = dayNumber(this.#digits(4, 4), this.#digits(2, 2), this.#digits(2, 2))
    if (length === 8) {
      this.precision = 'date'
      return this.#clock.instant(day * 86_400_000)
    }
    this.precision = 'wall'
    const hour = this.#digits(2, 2)
    const minute = this.#digits(2, 2)
    const second = length >= 14 ? this.#digits(2, 2) : 0
    const ms = length === 17 ? this.#digits(3, 3) : 0
    if (hour > 23 || minute > 59 || second > 59 || Number.isNaN(day)) return Number.NaN
    return this.#clock.instant(day * 86_400_000 + hour * 3_600_000 + minute * 60_000 + second * 1000 + ms)
  }

  #calendar(order: 'ymd' | 'dmy' | 'mdy'): number {
    let year: number
    let month: number
    let day: number
    let han = false
    if (order === 'ymd') {
      year = this.#digits(4, 4)
      if (this.#han(0xe5, 0xb9, 0xb4)) {
        han = true
        this.#blanks()
        month = this.#digits(1, 2)
        if (!this.#han(0xe6, 0x9c, 0x88)) return Number.NaN
        this.#blanks()
        day = this.#digits(1, 2)
        if (!this.#han(0xe6, 0x97, 0xa5)) return Number.NaN
      } else {
        const separator = this.#separator(0)
        month = this.#digits(1, 2)
        if (separator < 0 || this.#separator(separator) < 0) return Number.NaN
        day = this.#digits(1, 2)
      }
    } else {
      const first = this.#digits(1, 2)
      const separator = this.#separator(0)
      const second = this.#digits(1, 2)
      if (separator < 0 || this.#separator(separator) < 0) return Number.NaN
      year = this.#digits(4, 4)
      day = order === 'dmy' ? first : second
      month = order === 'dmy' ? second : first
    }
    const wall = dayNumber(year, month, day) * 86_400_000
    if (Number.isNaN(wall)) return Number.NaN
    if (this.#at >= this.#end) {
      this.precision = 'date'
      return this.#clock.instant(wall)
    }
    if (this.#peek() === T || this.#peek() === 0x74) this.#at++
    else if (this.#blanks() === 0 && !han) return Number.NaN
    return this.#clockTime(wall)
  }

  /** 1 for 下午 or PM, 0 for 上午 or AM, −1 for neither. */
  #half(): number {
    if (this.#han(0xe4, 0xb8, 0x8a) || this.#han(0xe4, 0xb8, 0x8b)) {
      const second = this.#bytes[this.#at - 1]
      if (!this.#han(0xe5, 0x8d, 0x88)) return -1
      this.#blanks()
      return second === 0x8b ? 1 : 0
    }
    const letter = this.#peek() | 0x20
    if ((letter === 0x61 || letter === 0x70) && ((this.#bytes[this.#at + 1] as number) | 0x20) === 0x6d) {
      this.#at += 2
      return letter === 0x70 ? 1 : 0
    }
    return -1
  }

  #clockTime(date: number): number {
    let half = this.#half()
    let hour = this.#digits(1, 2)
    let minute = 0
    let second = 0
    let fraction = 0
    if (hour < 0) return Number.NaN
    if (this.#han(0xe6, 0x97, 0xb6)) {
      if (this.#at < this.#end) {
        minute = this.#digits(1, 2)
        if (!this.#han(0xe5, 0x88, 0x86)) return Number.NaN
        if (isDigit(this.#peek())) {
          second = this.#digits(1, 2)
          if (!this.#han(0xe7, 0xa7, 0x92)) return Number.NaN
        }
      }
    } else {
      if (this.#peek() !== 0x3a) return Number.NaN
      this.#at++
      minute = this.#digits(2, 2)
      if (this.#peek() === 0x3a) {
        this.#at++
        second = this.#digits(2, 2)
        if (this.#peek() === 0x2e || this.#peek() === 0x2c) {
          this.#at++
          fraction = this.#fraction()
        }
      }
    }
    this.#blanks()
    if (half < 0) half = this.#half()
    this.#blanks()
    if (half >= 0) {
      if (hour < 1 || hour > 12) return Number.NaN
      hour = (hour % 12) + half * 12
    }
    if (minute < 0 || second < 0 || minute > 59 || second > 59 || Number.isNaN(fraction)) return Number.NaN
    // 24:00 is the end of the day in law and in many systems
    if (hour > 24 || (hour === 24 && (minute > 0 || second > 0 || fraction > 0))) return Number.NaN
    const wall = date + hour * 3_600_000 + minute * 60_000 + second * 1000
    const instant = this.#zoned(wall)
    return instant + fraction
  }

  /** The digits after the decimal point of a second, in ms. */
  #fraction(): number {
    let value = 0
    let scale = 100
    let count = 0
    while (isDigit(this.#peek())) {
      value += (this.#peek() - 0x30) * scale
      scale /= 10
      this.#at++
      count++
    }
    return count === 0 ? Number.NaN : Math.round(value * 1e6) / 1e6
  }

  #zoned(wall: number): number {
    if (this.#at >= this.#end) {
      this.precision = 'wall'
      return this.#clock.instant(wall)
    }
    this.precision = 'zoned'
    const sign = this.#peek()
    this.#at++
    if (sign === Z || sign === 0x7a) return this.#at === this.#end ? wall : Number.NaN
    if (sign !== 0x2b && sign !== 0x2d) return Number.NaN
    const hours = this.#digits(2, 2)
    if (this.#peek() === 0x3a) this.#at++
    const minutes = this.#at < this.#end ? this.#digits(2, 2) : 0
    if (hours < 0 || hours > 18 || minutes < 0 || minutes > 59 || this.#at !== this.#end) return Number.NaN
    const offset = hours * 3_600_000 + minutes * 60_000
    return sign === 0x2b ? wall - offset : wall + offset
  }

  #number(format: 'epoch-s' | 'epoch-ms' | 'epoch-us' | 'excel'): number {
    let whole = 0
    let count = 0
    while (isDigit(this.#peek())) {
      whole = whole * 10 + this.#peek() - 0x30
      this.#at++
      if (++count > 17) return Number.NaN
    }
    let part = 0
    if (this.#peek() === 0x2e) {
      this.#at++
      for (let scale = 0.1; isDigit(this.#peek()); scale /= 10, this.#at++) part += (this.#peek() - 0x30) * scale
    }
    if (count === 0 || this.#at !== this.#end) return Number.NaN
    const value = whole + part
    if (format === 'excel') {
      // day 60 is Excel's 29 February 1900, which never was; serials before it are a day off and not met in logs
      if (value < 61) return Number.NaN
      const ms = Math.round((value - 25_569) * 86_400_000)
      this.precision = part === 0 ? 'date' : 'wall'
      return ms > lastDay ? Number.NaN : this.#clock.instant(ms)
    }
    this.precision = 'zoned'
    const ms = format === 'epoch-s' ? value * 1000 : format === 'epoch-ms' ? value : value / 1000
    return ms > lastDay || ms < firstDay ? Number.NaN : ms
  }
}

/** Which formats a value has the shape of: how a column without a stated format is told. */
export function likelyFormats(reader: TimeText, bytes: Uint8Array, start: number, end: number): TimeFormat[] {
  const text = Buffer.from(bytes.buffer, bytes.byteOffset + start, end - start)
    .toString('latin1')
    .trim()
  if (/^\d{10}(\.\d+)?$/.test(text)) return ['epoch-s']
  if (/^\d{13}(\.\d+)?$/.test(text)) return ['epoch-ms']
  if (/^\d{16}$/.test(text)) return ['epoch-us']
  if (/^\d{5}(\.\d+)?$/.test(text)) return ['excel']
  return (['ymd', 'dmy', 'mdy'] as const).filter((format) => !Number.isNaN(reader.read(format, bytes, start, end)))
}
