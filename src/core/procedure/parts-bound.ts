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

/** What is left of the cost of each step (step by step, at each position) and of each event's log move. */
interface Costs {
  readonly steps: Float64Array
  readonly log: Float64Array
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
  }

  /** How many parts there are; with none, the bound is nought. */
  get size(): number {
    return this.#parts.length
  }

  /**
   * The bound for one trace, given as label codes: a function of marking and position. `unfinished` cases may stop
   * anywhere.
   */
  of(
    space: MarkingSpace,
    codes: Int32Array,
    costs: MoveCosts,
    unfinished: boolean,
  ): (marking: number, position: number) => number {
    const left: Costs = {
      steps: new Float64Array(this.#labelOf.length * (codes.length + 1)),
      log: new Float64Array(codes.length).fill(costs.log),
    }
    this.#labelOf.forEach((label, transition) => {
      const first = transition * (codes.length + 1)
      left.steps.fill(label < 0 ? costs.silent : costs.model, first, first + codes.length + 1)
    })
    const tables = this.#parts.map((part) => this.#table(part, codes, left, unfinished))
    const count = this.#parts.length
    const widths = this.#parts.map(({ places }) => places.length)
    return (marking, position) => {
      const known = this.#placesOf(space, marking)
      let sum = 0
      for (let part = 0; part < count; part += 1) {
        const local = known[marking * count + part] as number
        sum += (tables[part] as Float64Array)[position * (widths[part] as number) + local] as number
      }
      return sum
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
   * Per position and place of one part the least cost of the rest, paid from what is left of every cost; takes from that
   * what the part needs.
   */
  #table(part: Part, codes: Int32Array, left: Costs, unfinished: boolean): Float64Array {
    const width = part.places.length
    const labelOf = this.#labelOf
    const length = codes.length
    const table = new Float64Array((length + 1) * width).fill(Number.POSITIVE_INFINITY)
    const last = length * width
    if (unfinished) table.fill(0, last)
    else table[last + part.final] = 0
    for (let position = length; position >= 0; position -= 1) {
      const base = position * width
      const code = position < length ? (codes[position] as number) : -1
      if (position < length) {
        const lost = part.passing[code] === 1 ? 0 : (left.log[position] as number)
        for (let place = 0; place < width; place += 1) {
          table[base + place] = (table[base + width + place] as number) + lost
        }
        for (const { from, to, transition } of part.steps) {
          if (labelOf[transition] !== code) continue
          table[base + from] = Math.min(table[base + from] as number, table[base + width + to] as number)
        }
      }
      for (let changed = true; changed; ) {
        changed = false
        for (let at = part.steps.length - 1; at >= 0; at -= 1) {
          const { from, to, transition } = part.steps[at] as PartStep
          const cost = (table[base + to] as number) + (left.steps[transition * (length + 1) + position] as number)
          if (cost < (table[base + from] as number)) {
            table[base + from] = cost
            changed = true
          }
        }
      }
      for (const { from, to, transition } of part.steps) {
        const fall = (table[base + from] as number) - (table[base + to] as number)
        const at = transition * (length + 1) + position
        if (fall > 0 && fall < Number.POSITIVE_INFINITY) left.steps[at] = (left.steps[at] as number) - fall
      }
      if (position < length && part.passing[code] === 0) {
        let most = 0
        for (let place = 0; place < width; place += 1) {
          const fall = (table[base + place] as number) - (table[base + width + place] as number)
          if (fall > most) most = fall
        }
        left.log[position] = (left.log[position] as number) - most
      }
    }
    return table
  }
}
