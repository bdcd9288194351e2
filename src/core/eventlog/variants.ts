import { activitiesOf } from './activities.ts'
import type { EventLog } from './event-log.ts'
import { type LogView, wholeLog } from './log-view.ts'

/** One sequence of activities that cases of a log went through. */
export interface Variant {
  /** Codes into the log's activity dictionary. */
  readonly activities: Int32Array
  readonly cases: number
  /** The first case, in the log's order, that went this way. */
  readonly firstCase: number
}

/**
 * The variants of a log, the most frequent first, and the place of each case among them. Equally frequent ones stand in
 * the order of their activities' names, compared one by one by code point, a beginning before what goes on from it: the
 * order does not depend on that of the cases.
 */
export interface Variants {
  readonly variants: readonly Variant[]
  /** Place in the view's `cases` (for a whole log: the case index) → place in variants. */
  readonly ofCase: Int32Array
}

/** Groups the cases of a log by their sequence of activities. */
export function variantsOf(log: EventLog): Variants {
  return variantsIn(wholeLog(log))
}

/**
 * Groups the cases of a view by their sequence of activities: one pass hashes each sequence to 52 bits, and where a hash
 * is known the sequences themselves are compared, so that a collision can never join two variants.
 */
export function variantsIn({ log, cases }: LogView): Variants {
  const { codes } = activitiesOf(log)
  const { caseStart } = log
  const firstCase: number[] = []
  const counts: number[] = []
  // the next variant with the same hash, −1 for none
  const sameHash: number[] = []
  const byHash = new Map<number, number>()
  const ofCase = new Int32Array(cases.length)
  for (let k = 0; k < cases.length; k++) {
    const c = cases[k] as number
    const start = caseStart[c] as number
    const end = caseStart[c + 1] as number
    let low = 0x811c9dc5
    let high = end - start
    for (let i = start; i < end; i++) {
      const code = codes[i] as number
      low = Math.imul(low ^ code, 0x01000193) ^ (low >>> 15)
      high = Math.imul(high + code, 0x9e3779b1) ^ (high >>> 13)
    }
    const hash = (high >>> 12) * 0x1_0000_0000 + (low >>> 0)
    const head = byHash.get(hash) ?? -1
    let found = head
    while (found >= 0 && !sameSequence(codes, caseStart, firstCase[found] as number, start, end)) {
      found = sameHash[found] as number
    }
    if (found < 0) {
      found = firstCase.push(c) - 1
      counts.push(0)
      sameHash.push(head)
      byHash.set(hash, found)
    }
    counts[found] = (counts[found] as number) + 1
    ofCase[k] = found
  }
  const order = counts.map((_, index) => index)
  order.sort(
    (a, b) =>
      (counts[b] as number) - (counts[a] as number) ||
      compareSequences(codes, caseStart, firstCase[a] as number, firstCase[b] as number),
  )
  const place = new Int32Array(order.length)
  order.forEach((index, rank) => {
    place[index] = rank
  })
  for (let k = 0; k < ofCase.length; k++) ofCase[k] = place[ofCase[k] as number] as number
  const variants = order.map((index): Variant => {
    const c = firstCase[index] as number
    const activities = log.activity.codes.subarray(caseStart[c], caseStart[c + 1])
    return { activities, cases: counts[index] as number, firstCase: c }
  })
  return { variants, ofCase }
}

function sameSequence(codes: Int32Array, caseStart: Int32Array, other: number, start: number, end: number): boolean {
  const from = caseStart[other] as number
  if ((caseStart[other + 1] as number) - from !== end - start) return false
  for (let i = start; i < end; i++) if (codes[i] !== codes[from + i - start]) return false
  return true
}

function compareSequences(codes: Int32Array, caseStart: Int32Array, a: number, b: number): number {
  const fromA = caseStart[a] as number
  const fromB = caseStart[b] as number
  const lengthA = (caseStart[a + 1] as number) - fromA
  const lengthB = (caseStart[b + 1] as number) - fromB
  for (let i = 0; i < Math.min(lengthA, lengthB); i++) {
    const difference = (codes[fromA + i] as number) - (codes[fromB + i] as number)
    if (difference !== 0) return difference
  }
  return lengthA - lengthB
}
