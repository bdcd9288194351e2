/** How a cell's number format shows a number. */
export type NumberShape =
  | { readonly kind: 'plain' }
  /** Shown with leading zeros, so many digits: `000123`. */
  | { readonly kind: 'padded'; readonly digits: number }
  | { readonly kind: 'date' | 'datetime' | 'clock' }

/** Which of a date's numbers comes first in the text that is written for it. */
export type DateOrder = 'ymd' | 'dmy' | 'mdy'

const plain: NumberShape = { kind: 'plain' }
const DAY = 86_400_000
/** Serial of 1970-01-01 in the system that begins in 1900, and in that of 1904. */
const UNIX_1900 = 25_569
const UNIX_1904 = 24_107
const LAST_SERIAL = 2_958_466

/** The numbers of formats that every program knows (ECMA-376 §18.8.30), those of Chinese and Japanese systems among them. */
function builtIn(id: number): NumberShape {
  if (id === 18 || id === 19 || id === 20 || id === 21 || (id >= 45 && id <= 47) || (id >= 32 && id <= 35))
    return id === 46 ? plain : { kind: 'clock' }
  if (id === 22) return { kind: 'datetime' }
  if ((id >= 14 && id <= 17) || (id >= 27 && id <= 31) || id === 36 || (id >= 50 && id <= 58)) return { kind: 'date' }
  return plain
}

/** Reads the shape off a number format's code; an elapsed time (`[h]:mm`) is a duration, which is no date. */
export function shapeOf(id: number, code: string | undefined): NumberShape {
  if (code === undefined) return builtIn(id)
  const first = (code.split(';')[0] ?? '').replaceAll(/"[^"]*"|\\.|_.|\*./g, '')
  if (/\[(h+|m+|s+)\]/i.test(first)) return plain
  const bare = first.replaceAll(/\[[^\]]*\]/g, '')
  if (/^0{2,}$/.test(bare)) return { kind: 'padded', digits: bare.length }
  if (/general|标准|常规/i.test(bare)) return plain
  const day = /[yde]/i.test(bare.replaceAll(/E[+-]/g, '')) || /[年月日]/.test(bare)
  const clock = /[hs]/i.test(bare) || /上午|下午|[时分秒]/.test(bare) || /AM\/PM/i.test(bare)
  if (day) return { kind: clock ? 'datetime' : 'date' }
  if (clock) return { kind: 'clock' }
  return /m/i.test(bare) ? { kind: 'date' } : plain
}

const two = (value: number): string => String(value).padStart(2, '0')

/**
 * The text of a date serial: `2024-01-02`, with ` 09:30:00` where it has a time or its format shows one, or `09:30:00`
 * where there is no day; null where the serial is no date (negative, beyond the year 9999, or 29 February 1900, which
 * never was).
 */
export function serialText(
  value: number,
  shape: 'date' | 'datetime' | 'clock',
  from1904: boolean,
  order: DateOrder = 'ymd',
): string | null {
  if (!(value >= 0) || value >= LAST_SERIAL) return null
  let day = Math.floor(value)
  let ms = Math.round((value - day) * DAY)
  if (ms === DAY) {
    day++
    ms = 0
  }
  const seconds = Math.floor(ms / 1000)
  const fraction = ms % 1000 === 0 ? '' : `.${String(ms % 1000).padStart(3, '0')}`
  const clock = `${two(Math.floor(seconds / 3600))}:${two(Math.floor(seconds / 60) % 60)}:${two(seconds % 60)}${fraction}`
  if (day === 0 && !from1904) return shape === 'clock' ? clock : null
  if (day === 0 && shape === 'clock') return clock
  if (day === 60 && !from1904) return null
  const unix = from1904 ? day - UNIX_1904 : day - UNIX_1900 + (day < 60 ? 1 : 0)
  const [year, month, date] = new Date(unix * DAY).toISOString().slice(0, 10).split('-') as [string, string, string]
  const text =
    order === 'ymd'
      ? `${year}-${month}-${date}`
      : order === 'dmy'
        ? `${date}/${month}/${year}`
        : `${month}/${date}/${year}`
  return shape === 'date' && ms === 0 ? text : `${text} ${clock}`
}
