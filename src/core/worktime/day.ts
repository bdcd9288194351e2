// Civil days as whole numbers, so that clocks over millions of cases are arithmetic.

/** Days since 1970-01-01 in the proleptic Gregorian calendar; which zone it was read in is the caller's statement. */
export type Day = number

const pad = (value: number, width: number) => String(value).padStart(width, '0')

// The year is shifted to begin in March, so that the leap day is its last (H. Hinnant, chrono-compatible date algorithms).
const eraDays = 146_097
const epochShift = 719_468

/** The day of an ISO date, `2025-10-01`. Throws on anything else: dates are checked where they come in. */
export function dayOf(date: string): Day {
  const { year, month, day } = Temporal.PlainDate.from(date)
  const shifted = month <= 2 ? year - 1 : year
  const era = Math.floor(shifted / 400)
  const yearOfEra = shifted - era * 400
  const dayOfYear = Math.floor((153 * (month + (month > 2 ? -3 : 9)) + 2) / 5) + day - 1
  return (
    era * eraDays + yearOfEra * 365 + Math.floor(yearOfEra / 4) - Math.floor(yearOfEra / 100) + dayOfYear - epochShift
  )
}

function civil(day: Day): { readonly year: number; readonly month: number; readonly day: number } {
  const shifted = day + epochShift
  const era = Math.floor(shifted / eraDays)
  const dayOfEra = shifted - era * eraDays
  const yearOfEra = Math.floor(
    (dayOfEra - Math.floor(dayOfEra / 1460) + Math.floor(dayOfEra / 36_524) - Math.floor(dayOfEra / 146_096)) / 365,
  )
  const dayOfYear = dayOfEra - (365 * yearOfEra + Math.floor(yearOfEra / 4) - Math.floor(yearOfEra / 100))
  const shiftedMonth = Math.floor((5 * dayOfYear + 2) / 153)
  const month = shiftedMonth < 10 ? shiftedMonth + 3 : shiftedMonth - 9
  return {
    year: yearOfEra + era * 400 + (month <= 2 ? 1 : 0),
    month,
    day: dayOfYear - Math.floor((153 * shiftedMonth + 2) / 5) + 1,
  }
}

/** The ISO date of a day. */
export function dateOf(day: Day): string {
  const date = civil(day)
  return `${pad(date.year, 4)}-${pad(date.month, 2)}-${pad(date.day, 2)}`
}

/** 1 Monday … 7 Sunday; 1970-01-01 was a Thursday. */
export function weekdayOf(day: Day): number {
  return ((((day + 3) % 7) + 7) % 7) + 1
}

/** The year that a day lies in. */
export function yearOf(day: Day): number {
  return civil(day).year
}
