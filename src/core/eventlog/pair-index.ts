const DENSE = 1 << 21

/** Numbers ordered pairs of codes in order of first appearance: a table where the codes are few, a map where they are many. */
export class PairIndex {
  readonly #width: number
  readonly #table: Int32Array | null
  readonly #map = new Map<number, number>()
  readonly from: number[] = []
  readonly to: number[] = []

  /** `width` is one more than the largest code. */
  constructor(width: number) {
    this.#width = width
    this.#table = width * width <= DENSE ? new Int32Array(width * width) : null
  }

  get size(): number {
    return this.from.length
  }

  /** The number of a pair, a new one where it is new. */
  of(from: number, to: number): number {
    const key = from * this.#width + to
    const known = this.#table === null ? this.#map.get(key) : (this.#table[key] as number) - 1
    if (known !== undefined && known >= 0) return known
    this.from.push(from)
    const made = this.to.push(to) - 1
    if (this.#table === null) this.#map.set(key, made)
    else this.#table[key] = made + 1
    return made
  }

  /** The number of a pair, −1 where it was never met. */
  find(from: number, to: number): number {
    const key = from * this.#width + to
    return this.#table === null ? (this.#map.get(key) ?? -1) : (this.#table[key] as number) - 1
  }
}
