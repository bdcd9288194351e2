// Which days are working days: the yearly notice of holidays with its make-up days, as a value that is passed in.
import { type Refusal, refuse } from '../refusal/refusal.ts'
import { type Day, dayOf, weekdayOf, yearOf } from './day.ts'

/** What one published notice arranges for one year. Dates are ISO; both ends of a range are included. */
export interface CalendarYear {
  readonly year: number
  /** The document that published it. */
  readonly notice: string
  readonly off: readonly { readonly from: string; readonly to: string }[]
  /** Days of rest that are worked instead. */
  readonly work: readonly string[]
}

/** A calendar: the weekly days of rest (1 Monday … 7 Sunday) and the years whose notice is published. */
export interface Calendar {
  readonly id: string
  readonly weekend: readonly number[]
  readonly years: readonly CalendarYear[]
}

/** A calendar made ready for counting. */
export interface WorkCalendar {
  readonly id: string
  /** The years that can be judged, ascending. */
  readonly years: readonly number[]
  /** Whether a day is worked; refusal `worktime.no-calendar` where its year has no published notice. */
  isWorking(day: Day): boolean | Refusal
  /** Working days in (after, through]; 0 where through ≤ after. Refuses a stretch that touches a year without a notice. */
  workingDaysBetween(after: Day, through: Day): number | Refusal
  /** The n-th working day after a day, n ≥ 1. Refuses where the count runs into a year without a notice. */
  workingDayAfter(after: Day, n: number): Day | Refusal
}

/** A year without a published notice cannot be judged, whatever the weekdays suggest. */
function unpublished(calendar: string, year: number): Refusal {
  return refuse('worktime.no-calendar', { calendar, year })
}

/** Compiles a calendar. A notice of one year may arrange days of its neighbours (a New Year bridge in December). */
export function compileCalendar(calendar: Calendar): WorkCalendar {
  const years = [...new Set(calendar.years.map((entry) => entry.year))].sort((a, b) => a - b)
  const published = new Set(years)
  const firstYear = years[0] ?? 1970
  const base = dayOf(`${firstYear}-01-01`)
  const end = dayOf(`${(years.at(-1) ?? firstYear - 1) + 1}-01-01`)
  const length = Math.max(0, end - base)
  const weekend = new Set(calendar.weekend)
  const working = new Uint8Array(length)
  for (let i = 0; i < length; i++) working[i] = weekend.has(weekdayOf(base + i)) ? 0 : 1
  const mark = (day: Day, value: 0 | 1) => {
    if (day >= base && day < end) working[day - base] = value
  }
  for (const entry of calendar.years) {
    for (const range of entry.off) for (let day = dayOf(range.from); day <= dayOf(range.to); day++) mark(day, 0)
    for (const date of entry.work) mark(dayOf(date), 1)
  }
  const before = new Int32Array(length + 1)
  for (let i = 0; i < length; i++) before[i + 1] = (before[i] ?? 0) + (working[i] ?? 0)
  const gap = firstGap(years)

  const missingIn = (from: Day, to: Day): Refusal | null => {
    if (from >= base && to < (gap ?? end)) return null
    for (let year = yearOf(from); year <= yearOf(to); year++)
      if (!published.has(year)) return unpublished(calendar.id, year)
    return null
  }

  return {
    id: calendar.id,
    years,
    isWorking: (day) => missingIn(day, day) ?? working[day - base] === 1,
    workingDaysBetween(after, through) {
      if (through <= after) return 0
      return missingIn(after + 1, through) ?? (before[through + 1 - base] ?? 0) - (before[after + 1 - base] ?? 0)
    },
    workingDayAfter(after, n) {
      const missing = missingIn(after + 1, after + 1)
      if (missing !== null) return missing
      const target = (before[after + 1 - base] ?? 0) + n
      let low = after + 1 - base
      let high = length
      while (low < high) {
        const middle = (low + high) >> 1
        if ((before[middle + 1] ?? 0) >= target) high = middle
        else low = middle + 1
      }
      if (low >= length) return unpublished(calendar.id, (years.at(-1) ?? firstYear) + 1)
      return missingIn(after + 1, base + low) ?? base + low
    },
  }
}

/** The first day of the first missing year between the published ones. */
function firstGap(years: readonly number[]): Day | null {
  const gap = years.find((year, i) => i > 0 && year !== (years[i - 1] ?? 0) + 1)
  return gap === undefined ? null : dayOf(`${(years[years.indexOf(gap) - 1] ?? 0) + 1}-01-01`)
}
