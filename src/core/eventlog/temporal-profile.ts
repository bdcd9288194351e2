import { activitiesOf } from './activities.ts'
import type { LogView } from './log-view.ts'
import { PairIndex } from './pair-index.ts'

/** How long it takes from one activity to a later one of the same case. */
export interface TemporalPair {
  readonly from: string
  readonly to: string
  readonly n: number
  /** Seconds. */
  readonly mean: number
  /** Seconds; sample standard deviation (÷ n − 1), 0 where n is 1. */
  readonly sd: number
}

/**
 * Mean and standard deviation of the time between each ordered pair of activities, by name. A pair is every two events
 * of a case of which the one stands before the other and is not later: not only neighbours (Stertz, Rinderle-Ma,
 * Mangler, Temporal Conformance Checking at Runtime, 2020; the same pairs as PM4Py's).
 */
export interface TemporalProfile {
  readonly pairs: readonly TemporalPair[]
  /** Cases of more than `longest` events, whose pairs would be too many: they are left out. */
  readonly leftOut: number
}

/** A time between two events of a case that is farther from its pair's mean than ζ standard deviations. */
interface TemporalDeviation {
  /** Case index in the log. */
  readonly caseIndex: number
  /** Place in the profile's pairs. */
  readonly pair: number
  /** Event indices in the log. */
  readonly fromEvent: number
  readonly toEvent: number
  readonly seconds: number
  /** How many standard deviations it is from the mean; null where the standard deviation is 0. */
  readonly deviates: number | null
}

/** PM4Py's default: a time deviates beyond six standard deviations. */
export const defaultZeta = 6

/** A case of so many events has 12.5 million pairs; a longer one is left out and counted. */
const LONGEST = 5000

/** Learns the temporal profile of a view's cases: Welford's running mean and squares, so that no time is kept. */
export function temporalProfile({ log, cases }: LogView, longest = LONGEST): TemporalProfile {
  const { names, codes } = activitiesOf(log)
  const { caseStart, time } = log
  const width = names.length
  const pairs = new PairIndex(width)
  const { table } = pairs
  const n: number[] = []
  const mean: number[] = []
  const squares: number[] = []
  let leftOut = 0
  for (let k = 0; k < cases.length; k++) {
    const start = caseStart[cases[k] as number] as number
    const end = caseStart[(cases[k] as number) + 1] as number
    if (end - start > longest) {
      leftOut++
      continue
    }
    for (let i = start; i < end - 1; i++) {
      const from = codes[i] as number
      const began = time[i] as number
      for (let j = i + 1; j < end; j++) {
        const seconds = ((time[j] as number) - began) / 1000
        if (!(seconds >= 0)) continue
        const to = codes[j] as number
        let pair = table === null ? -1 : (table[from * width + to] as number) - 1
        if (pair < 0) pair = pairs.of(from, to)
        if (pair === n.length) {
          n.push(1)
          mean.push(seconds)
          squares.push(0)
          continue
        }
        const count = (n[pair] as number) + 1
        const distance = seconds - (mean[pair] as number)
        const moved = (mean[pair] as number) + distance / count
        n[pair] = count
        mean[pair] = moved
        squares[pair] = (squares[pair] as number) + distance * (seconds - moved)
      }
    }
  }
  const order = n.map((_, pair) => pair)
  order.sort(
    (a, b) =>
      (pairs.from[a] as number) - (pairs.from[b] as number) || (pairs.to[a] as number) - (pairs.to[b] as number),
  )
  return {
    leftOut,
    pairs: order.map((pair) => ({
      from: names[pairs.from[pair] as number] as string,
      to: names[pairs.to[pair] as number] as string,
      n: n[pair] as number,
      mean: mean[pair] as number,
      sd: n[pair] === 1 ? 0 : Math.sqrt((squares[pair] as number) / ((n[pair] as number) - 1)),
    })),
  }
}

/**
 * The times of a view's cases that lie outside mean ± ζ · standard deviation of the profile, in the order of cases and
 * events. A pair that the profile does not know is no deviation.
 */
export function temporalDeviations(
  { log, cases }: LogView,
  profile: TemporalProfile,
  zeta = defaultZeta,
  longest = LONGEST,
): readonly TemporalDeviation[] {
  const { names, codes } = activitiesOf(log)
  const { caseStart, time } = log
  const width = names.length
  const codeOf = new Map(names.map((name, code) => [name, code]))
  const known = new PairIndex(width)
  const { table } = known
  const places: number[] = []
  profile.pairs.forEach(({ from, to }, place) => {
    const [a, b] = [codeOf.get(from), codeOf.get(to)]
    if (a !== undefined && b !== undefined) places[known.of(a, b)] = place
  })
  const low = new Float64Array(places.map((place) => bound(profile, place, -zeta)))
  const high = new Float64Array(places.map((place) => bound(profile, place, zeta)))
  const found: TemporalDeviation[] = []
  for (let k = 0; k < cases.length; k++) {
    const caseIndex = cases[k] as number
    const start = caseStart[caseIndex] as number
    const end = caseStart[caseIndex + 1] as number
    if (end - start > longest) continue
    for (let i = start; i < end - 1; i++) {
      const from = codes[i] as number
      const began = time[i] as number
      for (let j = i + 1; j < end; j++) {
        const seconds = ((time[j] as number) - began) / 1000
        if (!(seconds >= 0)) continue
        const to = codes[j] as number
        const pair = table === null ? known.find(from, to) : (table[from * width + to] as number) - 1
        if (pair < 0 || (seconds >= (low[pair] as number) && seconds <= (high[pair] as number))) continue
        const place = places[pair] as number
        const { mean, sd } = profile.pairs[place] as TemporalPair
        const deviates = sd === 0 ? null : Math.abs(seconds - mean) / sd
        found.push({ caseIndex, pair: place, fromEvent: i, toEvent: j, seconds, deviates })
      }
    }
  }
  return found
}

function bound({ pairs }: TemporalProfile, place: number, zeta: number): number {
  const { mean, sd } = pairs[place] as TemporalPair
  return mean + zeta * sd
}
