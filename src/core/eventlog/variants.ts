import type { EventLog } from './event-log.ts'

/** One sequence of activities that cases of a log went through. */
export interface Variant {
  /** Codes into the log's activity dictionary. */
  readonly activities: Int32Array
  readonly cases: number
  /** The first case, in the log's order, that went this way. */
  readonly firstCase: number
}

/** The variants of a log, the most frequent first (equal ones by first case), and each case's place among them. */
export interface Variants {
  readonly variants: readonly Variant[]
  readonly ofCase: Int32Array
}

function hashOf(codes: Int32Array): number {
  let hash = 0x811c9dc5
  for (const code of codes) hash = Math.imul(hash ^ code, 0x01000193) ^ (hash >>> 15)
  return hash
}

const equal = (a: Int32Array, b: Int32Array): boolean => a.length === b.length && a.every((code, i) => code === b[i])

/** Groups the cases of a log by their sequence of activities. */
export function variantsOf(log: EventLog): Variants {
  const found: { activities: Int32Array; cases: number; firstCase: number }[] = []
  const byHash = new Map<number, number[]>()
  const ofCase = new Int32Array(log.caseIds.length)
  for (let c = 0; c < log.caseIds.length; c++) {
    const activities = log.activity.codes.subarray(log.caseStart[c], log.caseStart[c + 1])
    const hash = hashOf(activities)
    const same = byHash.get(hash) ?? []
    let index = same.find((candidate) => equal((found[candidate] as Variant).activities, activities))
    if (index === undefined) {
      index = found.push({ activities, cases: 0, firstCase: c }) - 1
      byHash.set(hash, [...same, index])
    }
    ;(found[index] as { cases: number }).cases++
    ofCase[c] = index
  }
  const ranked = found.map((_, index) => index)
  ranked.sort((a, b) => {
    const x = found[a] as Variant
    const y = found[b] as Variant
    return y.cases - x.cases || x.firstCase - y.firstCase
  })
  const place = new Int32Array(found.length)
  ranked.forEach((index, rank) => {
    place[index] = rank
  })
  for (let c = 0; c < ofCase.length; c++) ofCase[c] = place[ofCase[c] as number] as number
  return { variants: ranked.map((index) => found[index] as Variant), ofCase }
}
