const SHIFT = 16
const SEGMENT = 1 << SHIFT
const MASK = SEGMENT - 1
/** The first segment begins small: a short log with many columns would else spend its time on clearing memory. */
const FIRST = 512

type Numbers = Int32Array | Float64Array

/** An array of numbers that grows by segments, so that growing never copies and a finished segment can be let go. */
class Growing<T extends Numbers> {
  readonly #make: (length: number) => T
  #segments: (T | null)[] = []
  #spare: T[] = []
  #last: T
  #length = 0

  constructor(make: (length: number) => T) {
    this.#make = make
    this.#last = make(0)
  }

  get length(): number {
    return this.#length
  }

  push(value: number): void {
    const at = this.#length & MASK
    if (at === 0) {
      this.#last = this.#spare.pop() ?? this.#make(this.#length === 0 ? FIRST : SEGMENT)
      this.#segments.push(this.#last)
    } else if (at === this.#last.length) {
      const larger = this.#make(at * 2)
      larger.set(this.#last)
      this.#last = larger
      this.#segments[this.#segments.length - 1] = larger
    }
    this.#last[at] = value
    this.#length++
  }

  get(index: number): number {
    return (this.#segments[index >> SHIFT] as T)[index & MASK] as number
  }

  set(index: number, value: number): void {
    ;(this.#segments[index >> SHIFT] as T)[index & MASK] = value
  }

  /** All values in their order; the array is empty afterwards and keeps its segments for what comes next. */
  takeAll(): T {
    const out = this.#make(this.#length)
    for (let from = 0, segment = 0; from < this.#length; from += SEGMENT, segment++) {
      const values = this.#segments[segment] as T
      out.set(this.#length - from < SEGMENT ? values.subarray(0, this.#length - from) : values, from)
    }
    this.#spare = this.#segments as T[]
    this.#segments = []
    this.#length = 0
    return out
  }

  /** The values at the given places, in that order; the segments are let go. */
  gather(order: Int32Array): T {
    const out = this.#make(order.length)
    const segments = this.#segments as T[]
    for (let i = 0; i < order.length; i++) {
      const from = order[i] as number
      out[i] = (segments[from >> SHIFT] as T)[from & MASK] as number
    }
    this.#segments = []
    this.#length = 0
    return out
  }
}

export type GrowingInt32 = Growing<Int32Array>
export type GrowingFloat64 = Growing<Float64Array>

export const growingInt32 = (): GrowingInt32 => new Growing((length) => new Int32Array(length))
export const growingFloat64 = (): GrowingFloat64 => new Growing((length) => new Float64Array(length))
