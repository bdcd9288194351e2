import type { SubLog } from './sub-log.ts'

/** What directly follows what in a sub-log, over its own activities as nodes 0 … n − 1. */
export class Follows {
  /** Node → code of the activity, in order of first appearance. */
  readonly codes: readonly number[]
  readonly nodeOf: ReadonlyMap<number, number>
  /** How often node b directly follows node a, at a × n + b. */
  readonly counts: Float64Array
  readonly starts: Float64Array
  readonly ends: Float64Array

  private constructor(
    codes: readonly number[],
    nodeOf: ReadonlyMap<number, number>,
    counts: Float64Array,
    starts: Float64Array,
    ends: Float64Array,
  ) {
    this.codes = codes
    this.nodeOf = nodeOf
    this.counts = counts
    this.starts = starts
    this.ends = ends
  }

  static of(log: SubLog): Follows {
    const nodeOf = new Map<number, number>()
    for (const { codes } of log) for (const code of codes) if (!nodeOf.has(code)) nodeOf.set(code, nodeOf.size)
    const size = nodeOf.size
    const counts = new Float64Array(size * size)
    const [starts, ends] = [new Float64Array(size), new Float64Array(size)]
    for (const { codes, count } of log) {
      let before = -1
      for (const code of codes) {
        const node = nodeOf.get(code) as number
        if (before < 0) starts[node] = (starts[node] as number) + count
        else counts[before * size + node] = (counts[before * size + node] as number) + count
        before = node
      }
      if (before >= 0) ends[before] = (ends[before] as number) + count
    }
    return new Follows([...nodeOf.keys()], nodeOf, counts, starts, ends)
  }

  get size(): number {
    return this.codes.length
  }

  has(from: number, to: number): boolean {
    return (this.counts[from * this.size + to] as number) > 0
  }

  isStart(node: number): boolean {
    return (this.starts[node] as number) > 0
  }

  isEnd(node: number): boolean {
    return (this.ends[node] as number) > 0
  }

  /**
   * The same without what is rare beside its alternatives: what follows an activity (its being the last included) is left
   * out where it is rarer than `share` of the commonest that follows, and so is a start (Leemans 2014, infrequent behaviour).
   */
  withoutRare(share: number): Follows {
    const size = this.size
    const counts = this.counts.slice()
    const [starts, ends] = [this.starts.slice(), this.ends.slice()]
    const mostStarts = Math.max(0, ...starts)
    for (let from = 0; from < size; from += 1) {
      let most = ends[from] as number
      for (let to = 0; to < size; to += 1) most = Math.max(most, counts[from * size + to] as number)
      for (let to = 0; to < size; to += 1) {
        if ((counts[from * size + to] as number) < share * most) counts[from * size + to] = 0
      }
      if ((ends[from] as number) < share * most) ends[from] = 0
      if ((starts[from] as number) < share * mostStarts) starts[from] = 0
    }
    return new Follows(this.codes, this.nodeOf, counts, starts, ends)
  }
}
