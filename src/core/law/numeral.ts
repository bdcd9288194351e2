const DIGITS: ReadonlyMap<string, number> = new Map([
  ...[...'〇一二三四五六七八九'].map((digit, value) => [digit, value] as const),
  ['零', 0],
  ['○', 0],
  ['两', 2],
  ...[...'0123456789'].map((digit, value) => [digit, value] as const),
])
const UNITS: Readonly<Record<string, number>> = { 十: 10, 百: 100, 千: 1000 }

/** A character class body that matches every character of a number as statutes write it (no brackets). */
export const NUMERAL = '零〇○一二三四五六七八九十百千两0-9０-９'

/** Turns full-width digits into ASCII ones; everything else stays. */
export const asciiDigits = (text: string): string =>
  text.replace(/[０-９]/g, (digit) => String.fromCharCode(digit.charCodeAt(0) - 0xfee0))

/**
 * Reads a Chinese or Arabic whole number as statutes write it: `第一百二十八条` → 128, `二○○四` → 2004, `１２` → 12.
 * Null where the text is no such number.
 */
export function readNumeral(text: string): number | null {
  const plain = asciiDigits(text.trim())
  if (/^\d+$/.test(plain)) return Number(plain)
  if (plain === '') return null
  if (![...plain].some((mark) => mark in UNITS)) {
    let positional = 0
    for (const mark of plain) {
      const digit = DIGITS.get(mark)
      if (digit === undefined) return null
      positional = positional * 10 + digit
    }
    return positional
  }
  let total = 0
  let pending: number | null = null
  for (const mark of plain) {
    const digit = DIGITS.get(mark)
    if (digit !== undefined) {
      pending = digit
      continue
    }
    const unit = UNITS[mark]
    if (unit === undefined) return null
    total += (pending ?? 1) * unit
    pending = null
  }
  return total + (pending ?? 0)
}

/** Writes a whole number from 1 to 9999 in Chinese numerals, as in 第三十二条. */
export function writeNumeral(value: number): string {
  const digits = '零一二三四五六七八九'
  let text = ''
  let skipped = false
  for (const [unit, name] of [
    [1000, '千'],
    [100, '百'],
    [10, '十'],
    [1, ''],
  ] as const) {
    const digit = Math.floor(value / unit) % 10
    if (digit === 0) {
      skipped = text !== ''
      continue
    }
    if (skipped) text += '零'
    skipped = false
    text += (digit === 1 && unit === 10 && text === '' ? '' : digits[digit]) + name
  }
  return text
}

/** `YYYY-MM-DD` of `2004年7月1日`, `２０１３年１月１日` or `一九八六年七月一日`; null where there is no such calendar day. */
export function readChineseDate(text: string): string | null {
  const match = new RegExp(`^([${NUMERAL}]{4})\\s*年\\s*([${NUMERAL}]{1,3})\\s*月\\s*([${NUMERAL}]{1,3})\\s*日$`).exec(
    text.trim(),
  )
  if (match === null) return null
  const [year, month, day] = match.slice(1).map((part) => readNumeral(part))
  if (year == null || month == null || day == null || year < 1900) return null
  return calendarDay(`${year}-${String(month).padStart(2, '0')}-${String(day).padStart(2, '0')}`)
}

/** The text itself where it is a real calendar day in the form `YYYY-MM-DD`, else null. */
export function calendarDay(text: string): string | null {
  if (!/^\d{4}-\d{2}-\d{2}$/.test(text)) return null
  try {
    return Temporal.PlainDate.from(text, { overflow: 'reject' }).toString()
  } catch {
    return null
  }
}
