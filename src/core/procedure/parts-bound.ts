import type { MarkingSpace } from './marking-space.ts'
import type { Net } from './net.ts'
import { stateMachines } from './state-machines.ts'

/** A step of the net as one part sees it: places are numbered within the part. */
interface PartStep {
  readonly from: number
  readonly to: number
  readonly transition: number
}

interface Part {
  readonly places: Int32Array
  readonly steps: readonly PartStep[]
  readonly final: number
  /** 1 for each label that a step outside the part can show: such an event may pass the part by. */
  readonly passing: Uint8Array
}

/** What each move costs, already scaled; whole numbers. */
export interface MoveCosts {
  readonly log: number
  readonly model: number
  readonly silent: number
}

/**
 * A lower bound of the cost of the rest of an alignment, from the net's state machines: each is aligned exactly, one
 * after another, with what those before it left of every cost. An alignment of the whole net is one of every
 * part, so the sum is never too much (saturated cost partitioning: Seipp & Helmert, ICAPS 2014); and as each part's cost falls by no
 * more than a step's share in that step, no state needs to be searched twice.
 */
export class PartsBound {
  readonly #labelOf: Int32Array
  readonly #parts: readonly Part[]
  readonly #partsOfPlace: readonly (readonly { readonly part: number; readonly local: number }[])[]
  /** Where each part's places begin in a row, and how long a row is. */
  readonly #offsets: Int32Array
  readonly #width: number
  /** Distance from the end × width + a part's offset + place. */
  #rows: Float64Array<ArrayBuffer> = new Float64Array(0)
  #filled: { readonly codes: Int32Array; readonly costs: MoveCosts; readonly unfinished: boolean } | null = null
  /** What is left of the cost of each step, in the row that is being filled. */
  readonly #left: Float64Array
  readonly #places = new WeakMap<MarkingSpace, { known: Int32Array; count: number }>()

  constructor(net: Net, labelOf: Int32Array, labels: number) {
    this.#labelOf = labelOf
    const partsOfPlace: { part: number; local: number }[][] = net.places.map(() => [])
    this.#partsOfPlace = partsOfPlace
    // The largest part comes first: it pays for most of what the parts share, and on real nets bounds the best.
    const machines = stateMachines(net).sort((a, b) => b.length - a.length)
    this.#parts = machines.map((places, part) => {
      places.forEach((place, local) => void partsOfPlace[place]?.push({ part, local }))
      const passing = new Uint8Array(labels)
      const steps: PartStep[] = []
      net.transitions.forEach(({ inputs, outputs }, transition) => {
        const from = places.findIndex((place) => inputs.includes(place))
        const label = labelOf[transition] as number
        if (from >= 0) {
          steps.push({ from, to: places.findIndex((place) => outputs.includes(place)), transition })
        } else if (label >= 0) passing[label] = 1
      })
      return { places, steps, passing, final: places.findIndex((place) => net.final.includes(place)) }
    })
    this.#offsets = Int32Array.from(machines, (_, part) =>
      machines.slice(0, part).reduce((sum, { length }) => sum + length, 0),
    )
    this.#width = machines.reduce((sum, { length }) => sum + length, 0)
    this.#left = new Float64Array(labelOf.length)
  }

  /** How many parts there are; with none, the bound is nought. */
  get size(): number {
    return this.#parts.length
  }

  /**
   * The bound for one trace, given as label codes: a function of marking and position, good until the next trace's.
   * `unfinished` cases may stop anywhere. What depends on the rest of a trace alone is taken over from the trace before
   * where both end alike.
   */
  of(
    space: MarkingSpace,
    codes: Int32Array,
    costs: MoveCosts,
    unfinished: boolean,
  ): (marking: number, position: number) => number {
    const { length } = codes
    this.#prepare(codes, costs, unfinished)
    const count = this.#parts.length
    const [rows, width, offsets] = [this.#rows, this.#width, this.#offsets]
    return (marking, position) => {
      const known = this.#placesOf(space, marking)
      const row = (length - position) * width
      let sum = 0
      for (let part = 0; part < count; part += 1) {
        sum += rows[row + (offsets[part] as number) + (known[marking * count + part] as number)] as number
      }
      return sum
    }
  }

  /** Fills the rows of a trace, from its end on: a row is what each part still pays from each place, so far from the end. */
  #prepare(codes: Int32Array, costs: MoveCosts, unfinished: boolean): void {
    const { length } = codes
    const before = this.#filled
    let same = 0
    if (before && before.unfinished === unfinished && before.costs.log === costs.log) {
      const ended = Math.min(length, before.codes.length)
      while (same < ended && codes[length - 1 - same] === before.codes[before.codes.length - 1 - same]) same += 1
      same += 1
    }
    if ((length + 1) * this.#width > this.#rows.length) {
      const grown = new Float64Array(2 * (length + 1) * this.#width)
      grown.set(this.#rows)
      this.#rows = grown
    }
    this.#filled = { codes, costs, unfinished }
    for (let distance = same; distance <= length; distance += 1) {
      const code = distance === 0 ? -1 : (codes[length - distance] as number)
      this.#labelOf.forEach((label, transition) => {
        this.#left[transition] = label < 0 ? costs.silent : costs.model
      })
      let log = costs.log
      this.#parts.forEach((part, number) => {
        log = this.#fill(part, distance * this.#width + (this.#offsets[number] as number), code, log, unfinished)
      })
    }
  }

  /** Where the token of each part is, marking after marking; computed once per marking. */
  #placesOf(space: MarkingSpace, marking: number): Int32Array {
    const parts = this.#parts.length
    let own = this.#places.get(space)
    if (!own) {
      own = { known: new Int32Array(parts * 256), count: 0 }
      this.#places.set(space, own)
    }
    while (own.count <= marking) {
      if ((own.count + 1) * parts > own.known.length) {
        const grown = new Int32Array(own.known.length * 2)
        grown.set(own.known)
        own.known = grown
      }
      for (let place = 0; place < this.#partsOfPlace.length; place += 1) {
        if (space.tokens(own.count, place) === 0) continue
        for (const { part, local } of this.#partsOfPlace[place] ?? []) own.known[own.count * parts + part] = local
      }
      own.count += 1
    }
    return own.known
  }

  /**
   * One part's row: per place the least cost of the rest, paid from what is left of every cost; takes from that what the
   * part needs, and gives what is left of the event's log move. `code` is the event's label, −1 at the end.
   */
  #fill(part: Part, base: number, code: number, log: number, unfinished: boolean): number {
    const width = part.places.length
    const [labelOf, rows, left] = [this.#labelOf, this.#rows, this.#left]
    const later = base - this.#width
    if (code < 0) {
      rows.fill(unfinished ? 0 : Number.POSITIVE_INFINITY, base, base + width)
      if (part.final >= 0) rows[base + part.final] = 0
    } else {
      const lost = part.passing[code] === 1 ? 0 : log
      for (let place = 0; place < width; place += 1) rows[base + place] = (rows[later + place] as number) + lost
      for (const { from, to, transition } of part.steps) {
        if (labelOf[transition] !== code) continue
        rows[base + from] = Math.min(rows[base + from] as number, rows[later + to] as number)
      }
    }
    for (let changed = true; changed; ) {
      changed = false
      for (let at = part.steps.length - 1; at >= 0; at -= 1) {
        const { from, to, transition } = part.steps[at] as PartStep
        const cost = (rows[base + to] as number) + (left[transition] as number)
        if (cost < (rows[base + from] as number)) {
          rows[base + from] = cost
          changed = true
        }
      }
    }
    for (const { from, to, transition } of part.steps) {
      const fall = (rows[base + from] as number) - (rows[base + to] as number)
      if (fall > 0 && fall < Number.POSITIVE_INFINITY) left[transition] = (left[transition] as number) - fall
    }
    if (code < 0 || part.passing[code] === 1) return log
    let most = 0
    for (let place = 0; place < width; place += 1) {
      const fall = (rows[base + place] as number) - (rows[later + place] as number)
      if (fall > most) most = fall
    }
    return log - most
  }
}
