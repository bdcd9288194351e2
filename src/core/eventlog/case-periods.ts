import { dateOf } from '../worktime/day.ts'
import type { Zone } from '../worktime/zone.ts'
import { caseEnds } from './case-end.ts'
import { caseSeconds, caseTimes } from './case-times.ts'
import type { LogView } from './log-view.ts'
import { knownValues, quantile, type Spread, spreadOf } from './spread.ts'

/** What began and ended in one calendar month of the zone. */
interface CaseMonth {
  /** YYYY-MM. */
  readonly month: string
  readonly started: number
  readonly ended: number
  /** Seconds; of the cases that began in this month. */
  readonly duration: Spread | null
}

/** The months from the first case's beginning to the last end, those without a case among them. */
export function caseMonths(view: LogView, zone: Zone, endBy: readonly string[] = []): readonly CaseMonth[] {
  const { first } = caseTimes(view.log)
  const { at } = caseEnds(view.log, zone, endBy)
  const seconds = caseSeconds(view)
  const monthOf = (instant: number): string => dateOf(zone.dayAt(instant)).slice(0, 7)
  const started = new Map<string, number[]>()
  const ended = new Map<string, number>()
  view.cases.forEach((c, k) => {
    if (Number.isNaN(first[c])) return
    const month = monthOf(first[c] as number)
    const durations = started.get(month)
    if (durations === undefined) started.set(month, [seconds[k] as number])
    else durations.push(seconds[k] as number)
    const end = at[c] as number
    if (!Number.isNaN(end)) ended.set(monthOf(end), (ended.get(monthOf(end)) ?? 0) + 1)
  })
  const known = [...started.keys(), ...ended.keys()].sort()
  const months: CaseMonth[] = []
  for (let month = known[0]; month !== undefined && month <= (known.at(-1) as string); month = nextMonth(month)) {
    const durations = started.get(month) ?? []
    months.push({
      month,
      started: durations.length,
      ended: ended.get(month) ?? 0,
      duration: spreadOf(Float64Array.from(durations)),
    })
  }
  return months
}

const nextMonth = (month: string): string => Temporal.PlainYearMonth.from(month).add({ months: 1 }).toString()

/** Cases by duration: [from, to) in seconds. */
interface DurationBin {
  readonly from: number
  readonly to: number
  readonly cases: number
}

/** Widths that a person can read off: minutes, hours, days, weeks. */
const widths = [60, 300, 900, 3600, 4 * 3600, 86_400, 2 * 86_400, 7 * 86_400, 14 * 86_400, 28 * 86_400, 91 * 86_400]

/**
 * The durations of a view's cases in at most `most` bins of one readable width; the last bin takes what lies beyond the
 * 99th percentile's bin, so that a few very long cases do not press all others into one.
 */
export function durationBins(view: LogView, most = 30): readonly DurationBin[] {
  const seconds = knownValues(caseSeconds(view)).sort()
  if (seconds.length === 0) return []
  const far = quantile(seconds, 0.99)
  const width = widths.find((each) => far < each * (most - 1)) ?? Math.ceil(far / (most - 1) / 86_400 + 1) * 86_400
  const last = Math.floor(far / width)
  const counts = new Int32Array(last + 2)
  for (const each of seconds) {
    const bin = Math.min(Math.floor(each / width), last + 1)
    counts[bin] = (counts[bin] as number) + 1
  }
  const longest = seconds[seconds.length - 1] as number
  return Array.from(counts, (cases, bin) => ({
    from: bin * width,
    to: bin === last + 1 ? Math.max(longest + 1, (last + 2) * width) : (bin + 1) * width,
    cases,
  })).filter((bin, index) => index <= last || bin.cases > 0)
}
