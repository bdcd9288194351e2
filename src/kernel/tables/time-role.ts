import type { ByteDictionary } from './byte-dictionary.ts'
import { NO_TIME, TimeColumn } from './time-column.ts'
import { type TimeFormat, TimeText } from './time-text.ts'
import type { ZoneClock } from './zone-offset.ts'

const DAY = 86_400_000

/** The ISO text of an instant in ms with fractions: `2011-12-06T12:41:31.788Z`, microseconds where there are any. */
export function isoInstant(ms: number): string {
  const whole = Math.floor(ms)
  const micros = Math.round((ms - whole) * 1000)
  const text = new Date(whole).toISOString()
  return micros === 0 ? text : `${text.slice(0, -1)}${String(micros).padStart(3, '0')}Z`
}

/**
 * The values of a time role as texts that need no further reading: `YYYY-MM-DD` where the source names a day only (a
 * deadline on a day ends with that day, not at its midnight), else an ISO instant in UTC; null where unreadable.
 */
export function timeTexts(
  file: string,
  name: string,
  format: TimeFormat | null,
  clock: ZoneClock,
  dictionary: ByteDictionary,
): { readonly texts: (string | null)[]; readonly unreadable: number } {
  const values = new TimeColumn(file, name, format, clock)
  dictionary.forEach((bytes, start, end) => {
    values.push(bytes, start, end)
  })
  const { times, reading } = values.finish()
  const texts = readTexts(dictionary, (code) => times.get(code), reading.format, clock)
  let unreadable = 0
  for (let code = 0; code < texts.length; code++) if (Number.isNaN(times.get(code))) unreadable++
  return { texts, unreadable }
}

function readTexts(
  dictionary: ByteDictionary,
  timeOf: (code: number) => number,
  format: TimeFormat,
  clock: ZoneClock,
): (string | null)[] {
  const reader = new TimeText(clock)
  const texts: (string | null)[] = []
  dictionary.forEach((bytes, start, end, code) => {
    const time = timeOf(code)
    if (time === NO_TIME || Number.isNaN(time)) {
      texts.push(null)
      return
    }
    reader.read(format, bytes, start, end)
    texts.push(reader.precision === 'date' ? isoDay(time, clock) : isoInstant(time))
  })
  return texts
}

/** The values of a time role that is read in parts: as `timeTexts`, with one interpretation over all parts. */
export class RoleTimes {
  readonly #values: TimeColumn
  readonly #clock: ZoneClock

  constructor(file: string, name: string, format: TimeFormat | null, clock: ZoneClock) {
    this.#values = new TimeColumn(file, name, format, clock)
    this.#clock = clock
  }

  /**
   * The values of one part's dictionary, each null where it is unreadable; month-first as well while that is open.
   */
  readPart(dictionary: ByteDictionary): {
    readonly main: (string | null)[]
    readonly monthFirst: (string | null)[] | null
  } {
    dictionary.forEach((bytes, start, end) => {
      this.#values.push(bytes, start, end)
    })
    const { main, other } = this.#values.takePart()
    const format = this.#values.format ?? 'ymd'
    const read = (times: Float64Array, as: TimeFormat): (string | null)[] =>
      readTexts(dictionary, (code) => times[code] as number, as, this.#clock)
    return { main: read(main, format), monthFirst: other === null ? null : read(other, 'mdy') }
  }

  /** Whether the values were month-first after all. Throws Stopped where that cannot be told. */
  finish(): boolean {
    return this.#values.finish().reading.format === 'mdy' && this.#values.format === 'dmy'
  }
}

/** The wall-clock day of a midnight that was read in the clock's zone. */
function isoDay(midnight: number, clock: ZoneClock): string {
  const guess = Math.round(midnight / DAY)
  for (const day of [guess, guess + 1, guess - 1]) {
    if (clock.instant(day * DAY) === midnight) return new Date(day * DAY).toISOString().slice(0, 10)
  }
  return isoInstant(midnight).slice(0, 10)
}
