// How two groups of cases differ, and how surely: one scale for shares and for values.
import { twoTails } from './normal.ts'
import { quantile } from './spread.ts'

/**
 * How b differs from a on Cliff's scale, −1 … 1: how much oftener a case of b lies above one of a than below. For shares
 * it equals share b − share a, so that shares and values can stand in one list.
 */
export interface Effect {
  readonly effect: number
  /** Bounds of the effect. */
  readonly low: number
  readonly high: number
  /** Two-sided, of the test that there is no difference. */
  readonly p: number
}

function wilson(x: number, n: number, z: number): { readonly low: number; readonly high: number } {
  const share = x / n
  const middle = share + (z * z) / (2 * n)
  const half = z * Math.sqrt((share * (1 - share)) / n + (z * z) / (4 * n * n))
  const size = 1 + (z * z) / n
  return { low: (middle - half) / size, high: (middle + half) / size }
}

/**
 * Two shares, `xa` of `na` and `xb` of `nb` cases: the pooled two-proportion test, and Newcombe's hybrid score interval
 * (Newcombe 1998, method 10), which stays sound for few cases and for shares of 0 and 1. `z` sets the bounds' certainty.
 */
export function twoShares(xa: number, na: number, xb: number, nb: number, z: number): Effect {
  const [a, b] = [xa / na, xb / nb]
  const [wa, wb] = [wilson(xa, na, z), wilson(xb, nb, z)]
  const pooled = (xa + xb) / (na + nb)
  const deviation = Math.sqrt(pooled * (1 - pooled) * (1 / na + 1 / nb))
  return {
    effect: b - a,
    low: b - a - Math.hypot(b - wb.low, wa.high - a),
    high: b - a + Math.hypot(wb.high - b, a - wa.low),
    p: deviation === 0 ? 1 : twoTails((b - a) / deviation),
  }
}

/**
 * Two samples, both ascending and not empty: the Mann–Whitney test with ties and continuity corrected, and Newcombe's
 * interval for the Mann–Whitney measure (Newcombe 2006, method 5), which stays sound where the samples do not overlap.
 */
export function twoValues(a: Float64Array, b: Float64Array, z: number): Effect {
  const [na, nb] = [a.length, b.length]
  let [i, j, wins, ties] = [0, 0, 0, 0]
  // for each distinct value: the a's below it lose to its b's, those at it are even
  while (i < na || j < nb) {
    const value = Math.min(i < na ? (a[i] as number) : Infinity, j < nb ? (b[j] as number) : Infinity)
    const [fromA, fromB] = [i, j]
    while (i < na && a[i] === value) i++
    while (j < nb && b[j] === value) j++
    const [inA, inB] = [i - fromA, j - fromB]
    wins += inB * (fromA + inA / 2)
    const together = inA + inB
    ties += together * together * together - together
  }
  const all = na + nb
  const theta = wins / (na * nb)
  const variance = ((na * nb) / 12) * (all + 1 - ties / (all * (all - 1)))
  const distance = Math.max(0, Math.abs(wins - (na * nb) / 2) - 0.5)
  return {
    effect: 2 * theta - 1,
    low: 2 * thetaBound(theta, na, nb, z, 0) - 1,
    high: 2 * thetaBound(theta, na, nb, z, 1) - 1,
    p: variance <= 0 ? 1 : twoTails(distance / Math.sqrt(variance)),
  }
}

/** The θ towards `end` that is z of its own standard errors away from the θ that was found. */
function thetaBound(theta: number, na: number, nb: number, z: number, end: 0 | 1): number {
  const half = (na + nb) / 2 - 1
  const error = (t: number): number =>
    Math.sqrt((t * (1 - t) * (1 + half * ((1 - t) / (2 - t) + t / (1 + t)))) / (na * nb))
  let [near, far] = [theta, end as number]
  for (let round = 0; round < 60; round++) {
    const middle = (near + far) / 2
    if (Math.abs(theta - middle) > z * error(middle)) far = middle
    else near = middle
  }
  return (near + far) / 2
}

/** The middle value of an ascending sample. */
export const medianOf = (ascending: Float64Array): number => quantile(ascending, 0.5)

/** p corrected for many comparisons: the rate of false ones among all that are at least as sure (Benjamini, Hochberg 1995). */
export function falseDiscoveryRates(p: readonly number[]): number[] {
  const order = p.map((_, k) => k).sort((x, y) => (p[y] as number) - (p[x] as number))
  const q = new Array<number>(p.length).fill(1)
  let least = 1
  order.forEach((k, place) => {
    least = Math.min(least, ((p[k] as number) * p.length) / (p.length - place))
    q[k] = least
  })
  return q
}
