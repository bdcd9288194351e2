import type { Deviation } from '../procedure/deviation.ts'
import type { Zone } from '../worktime/zone.ts'
import { activitiesOf, byCodePoint } from './activities.ts'
import { type CaseFacts, caseFacts, casesWithBoth } from './case-facts.ts'
import type { LogView } from './log-view.ts'
import { zOfTails } from './normal.ts'
import { PairIndex } from './pair-index.ts'
import type { Grouped } from './spread.ts'
import { type Effect, falseDiscoveryRates, medianOf, twoShares, twoValues } from './two-samples.ts'

/** What of two groups of cases is compared. */
export type Compared =
  /** Seconds and events of a case; the share of cases that have not ended. */
  | { readonly kind: 'duration' | 'events' | 'open' }
  /** The share of cases that contain, begin with, end with an activity; that repeat it, of those that contain it. */
  | { readonly kind: 'step' | 'start' | 'end' | 'rework'; readonly activity: string }
  /** Seconds that a case waited before an activity, or spent in it; of the cases that contain it. */
  | { readonly kind: 'waiting' | 'handling'; readonly activity: string }
  /** The share of cases in which `to` came directly after `activity`, of those that contain both: their order, not whether they happen. */
  | { readonly kind: 'edge'; readonly activity: string; readonly to: string }
  /** The share of judged cases that have a deviation from a procedure. */
  | { readonly kind: 'deviation'; readonly how: Deviation['kind']; readonly step: string }

/** One side of a difference: a share or a median, over `n` cases; for a share `cases` of them. */
export interface ComparedSide {
  readonly n: number
  readonly value: number
  readonly cases: number
}

/** A difference between two groups of cases. */
export interface Difference extends Effect {
  readonly compared: Compared
  readonly unit: 'share' | 'seconds' | 'count'
  readonly a: ComparedSide
  readonly b: ComparedSide
  /** How large the effect surely is, with its sign: the bound nearer to 0, or 0 where the bounds enclose it. */
  readonly atLeast: number
  /** p corrected for the number of comparisons. */
  readonly q: number
  /** `sure`: q < 1 % and the bounds exclude 0; `likely`: q < 5 %. */
  readonly sure: 'sure' | 'likely' | 'unsure'
  /** What the list is ordered by: |atLeast| × the share of all cases that the comparison speaks of. */
  readonly weight: number
}

/** The differences of b from a, what matters first. */
interface Comparison {
  readonly differences: readonly Difference[]
  /** Comparisons made: those of which both sides together have enough cases. */
  readonly compared: number
}

/** How many judged cases there are on a side, and how many of them have each deviation, under its key `kind:step`. */
export interface DeviatingCases {
  readonly judged: number
  readonly byKey: ReadonlyMap<string, number>
}

interface CompareOptions {
  readonly endBy?: readonly string[]
  /** What conformance found on either side. */
  readonly deviations?: { readonly a: DeviatingCases; readonly b: DeviatingCases }
  /** A comparison needs so many cases on each side; 5 unless said otherwise. */
  readonly least?: number
}

interface Candidate {
  readonly compared: Compared
  readonly unit: Difference['unit']
  readonly a: ComparedSide
  readonly b: ComparedSide
  readonly reach: number
  readonly test: (z: number) => Effect
}

/**
 * Compares two groups of cases of one log. Shares are compared by the two-proportion test and Newcombe's score interval,
 * times and counts by Mann–Whitney's test and Newcombe's interval for it; all effects are on Cliff's scale. The bounds
 * hold for all comparisons together with 95 % (Bonferroni), so that of hundreds of comparisons none leads by chance; a
 * time whose medians differ by less than 1 % of a case's median duration weighs nothing. Ties are ordered by the effect,
 * then by kind and name.
 */
export function compareViews(a: LogView, b: LogView, zone: Zone, options: CompareOptions = {}): Comparison {
  const { names } = activitiesOf(a.log)
  const pairs = new PairIndex(names.length)
  const sides: Sides = {
    a: caseFacts(a, pairs, zone, options.endBy),
    b: caseFacts(b, pairs, zone, options.endBy),
    least: options.least ?? 5,
  }
  const candidates = [
    ...ofCases(sides),
    ...names.flatMap((activity, code) => ofActivity(sides, activity, code)),
    ...ofEdges(sides, names, pairs, casesWithBoth(a, pairs), casesWithBoth(b, pairs)),
    ...ofDeviations(sides, options),
  ]
  const z = zOfTails(0.05 / Math.max(1, candidates.length))
  const effects = candidates.map(({ test }) => test(z))
  const q = falseDiscoveryRates(effects.map(({ p }) => p))
  const noticeable =
    0.01 * Math.min(...[sides.a, sides.b].map(({ duration }) => (duration.length === 0 ? 0 : medianOf(duration))))
  const differences = candidates.map(({ test: _, reach, ...candidate }, k): Difference => {
    const effect = effects[k] as Effect
    const atLeast = effect.low > 0 ? effect.low : Math.min(effect.high, 0)
    const rate = q[k] as number
    const seen = candidate.unit !== 'seconds' || Math.abs(candidate.b.value - candidate.a.value) >= noticeable
    return {
      ...candidate,
      ...effect,
      atLeast,
      q: rate,
      sure: rate < 0.01 && atLeast !== 0 ? 'sure' : rate < 0.05 ? 'likely' : 'unsure',
      weight: seen ? Math.abs(atLeast) * reach : 0,
    }
  })
  differences.sort(
    (x, y) =>
      coarse(y.weight) - coarse(x.weight) ||
      coarse(Math.abs(y.effect)) - coarse(Math.abs(x.effect)) ||
      kinds.indexOf(x.compared.kind) - kinds.indexOf(y.compared.kind) ||
      byCodePoint(JSON.stringify(x.compared), JSON.stringify(y.compared)),
  )
  return { differences, compared: candidates.length }
}

/** Of equally weighty differences the plainer kind stands first. */
const kinds: readonly Compared['kind'][] = [
  'duration',
  'open',
  'step',
  'waiting',
  'handling',
  'rework',
  'deviation',
  'events',
  'start',
  'end',
  'edge',
]

/** A share and its complement have one size, whatever the last bit says. */
const coarse = (value: number): number => Math.round(value * 1e9)

interface Sides {
  readonly a: CaseFacts
  readonly b: CaseFacts
  readonly least: number
}

const reachOf = ({ a, b }: Sides, n: number): number => n / (a.cases + b.cases)

/** A comparison of shares, unless a side has too few cases or nothing happened on either. */
function share(sides: Sides, compared: Compared, xa: number, na: number, xb: number, nb: number): Candidate[] {
  if (na < sides.least || nb < sides.least || xa + xb === 0) return []
  return [
    {
      compared,
      unit: 'share',
      a: { n: na, value: xa / na, cases: xa },
      b: { n: nb, value: xb / nb, cases: xb },
      reach: reachOf(sides, na + nb),
      test: (z) => twoShares(xa, na, xb, nb, z),
    },
  ]
}

function values(
  sides: Sides,
  compared: Compared,
  unit: 'seconds' | 'count',
  a: Float64Array,
  b: Float64Array,
): Candidate[] {
  if (a.length < sides.least || b.length < sides.least) return []
  return [
    {
      compared,
      unit,
      a: { n: a.length, value: medianOf(a), cases: a.length },
      b: { n: b.length, value: medianOf(b), cases: b.length },
      reach: reachOf(sides, a.length + b.length),
      test: (z) => twoValues(a, b, z),
    },
  ]
}

function ofCases(sides: Sides): Candidate[] {
  const { a, b } = sides
  return [
    ...values(sides, { kind: 'duration' }, 'seconds', a.duration, b.duration),
    ...values(sides, { kind: 'events' }, 'count', a.events, b.events),
    ...share(sides, { kind: 'open' }, a.open, a.cases, b.open, b.cases),
  ]
}

const groupAt = ({ start, values: all }: Grouped, code: number): Float64Array =>
  all.subarray(start[code], start[code + 1])

function ofActivity(sides: Sides, activity: string, code: number): Candidate[] {
  const { a, b } = sides
  const of = (column: 'contain' | 'start' | 'end' | 'repeat'): [number, number] => [
    a[column][code] as number,
    b[column][code] as number,
  ]
  const [inA, inB] = of('contain')
  const whole = (kind: 'step' | 'start' | 'end', [xa, xb]: [number, number]): Candidate[] =>
    share(sides, { kind, activity }, xa, a.cases, xb, b.cases)
  const [againA, againB] = of('repeat')
  return [
    ...whole('step', [inA, inB]),
    ...whole('start', of('start')),
    ...whole('end', of('end')),
    ...share(sides, { kind: 'rework', activity }, againA, inA, againB, inB),
    ...values(sides, { kind: 'waiting', activity }, 'seconds', groupAt(a.waiting, code), groupAt(b.waiting, code)),
    ...(a.handling === null || b.handling === null
      ? []
      : values(sides, { kind: 'handling', activity }, 'seconds', groupAt(a.handling, code), groupAt(b.handling, code))),
  ]
}

function ofEdges(
  sides: Sides,
  names: readonly string[],
  pairs: PairIndex,
  inA: Int32Array,
  inB: Int32Array,
): Candidate[] {
  const { a, b, least } = sides
  return pairs.from.flatMap((from, pair) => {
    const to = pairs.to[pair] as number
    const [xa, xb] = [a.follow[pair] ?? 0, b.follow[pair] ?? 0]
    // an activity directly after itself is told by rework
    if (from === to || xa + xb < least) return []
    const compared: Compared = { kind: 'edge', activity: names[from] as string, to: names[to] as string }
    return share(sides, compared, xa, inA[pair] as number, xb, inB[pair] as number)
  })
}

function ofDeviations(sides: Sides, { deviations }: CompareOptions): Candidate[] {
  if (deviations === undefined) return []
  const { a, b } = deviations
  const keys = [...new Set([...a.byKey.keys(), ...b.byKey.keys()])].sort(byCodePoint)
  return keys.flatMap((key) => {
    const colon = key.indexOf(':')
    const compared: Compared = {
      kind: 'deviation',
      how: key.slice(0, colon) as Deviation['kind'],
      step: key.slice(colon + 1),
    }
    return share(sides, compared, a.byKey.get(key) ?? 0, a.judged, b.byKey.get(key) ?? 0, b.judged)
  })
}
