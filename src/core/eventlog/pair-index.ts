const DENSE = 1 << 21

/**
 * Numbers ordered pairs of codes in order of first appearance: by a table where the codes are few, by a map where they
 * are many. A loop over millions of pairs reads `table` itself and asks `of` only where it holds no number yet.
 */
export class PairIndex {
  readonly width: number
  /** from · width + to → the pair's number + 1, 0 for one that was never met; null where the codes are too many. */
  readonly table: Int32Array | null
  readonly #map = new Map<number, number>()
  readonly from: number[] = []
  readonly to: number[] = []

  /** `width` is one more than the largest code. */
  constructor(width: number) {
    this.width = width
    this.table = width * width <= DENSE ? new Int32Array(width * width) : null
  }

  get size(): number {
    return this.from.length
  }

  /** The number of a pair, a new one where it is new. */
  of(from: number, to: number): number {
    const known = this.find(from, to)
    if (known >= 0) return known
    const key = from * this.width + to
    this.from.push(from)
    const made = this.to.push(to) - 1
    if (this.table === null) this.#map.set(key, made)
    else this.table[key] = made + 1
    return made
  }

  /** The number of a pair, −1 where it was never met. */
  find(from: number, to: number): number {
    const key = from * this.width + to
    return this.table === null ? (this.#map.get(key) ?? -1) : (this.table[key] as number) - 1
  }
}
