import type { LinearProgram, LinearSolver } from './linear-program.ts'
import type { MarkingSpace } from './marking-space.ts'
import type { Net } from './net.ts'
import { silentCost, visibleCost } from './state-graph.ts'

/** Prices are kept in whole multiples of this, so that sums of them are exact. */
const grain = 2 ** -16
/** What every cost is lowered by for the solver, so that rounding its prices cannot overcharge. */
const slack = 2 ** -10
/** The price of a token too many or too few at the end, in visible moves per event: more than any alignment pays. */
const missing = 4

/** Most stages, and most columns, of one program. */
const mostStages = 16
const mostColumns = 60_000

/** What the rest of an alignment costs at least, by what each token is worth at each position. */
export interface Potential {
  /** Position × places + place → the worth of a token there. */
  readonly worth: Float64Array
  /** Position → what is owed beside the tokens' worth. */
  readonly owed: Float64Array
}

/**
 * A lower bound of alignments that heeds the order of events: the marking equation of the synchronous product with a
 * marking before every event, none of them negative and each holding what the event's synchronous move needs (van Dongen,
 * BPM 2018, with a split at every event), relaxed to real numbers and solved once. Its dual prices tokens at each
 * position; a price list that charges no move more than it costs is a consistent bound for every marking (potential
 * heuristics: Pommerening et al., AAAI 2015). Solver's prices are rounded and checked in exact arithmetic before use.
 */
export class StagedEquation {
  readonly #net: Net
  readonly #labelOf: Int32Array
  readonly #withLabel: readonly (readonly number[])[]
  /** Net effect on tokens of each transition: places and changes in turn. */
  readonly #effects: readonly Int32Array[]
  readonly #solve: LinearSolver

  constructor(net: Net, labelOf: Int32Array, labels: number, solve: LinearSolver) {
    this.#net = net
    this.#labelOf = labelOf
    this.#solve = solve
    this.#withLabel = Array.from({ length: labels }, (_, label) =>
      net.transitions.flatMap((_each, transition) => (labelOf[transition] === label ? [transition] : [])),
    )
    this.#effects = net.transitions.map(({ inputs, outputs }) => {
      const change = new Map<number, number>()
      for (const place of inputs) change.set(place, (change.get(place) ?? 0) - 1)
      for (const place of outputs) change.set(place, (change.get(place) ?? 0) + 1)
      return Int32Array.from([...change].filter(([, by]) => by !== 0).flat())
    })
  }

  #costOf(transition: number): number {
    return (this.#labelOf[transition] as number) < 0 ? silentCost : visibleCost
  }

  /**
   * The potential that bounds best from a marking at a position of a trace given as label codes; null where none was found
   * in reasonable time. `unfinished`: the tokens at the end do not matter.
   */
  potential(
    space: MarkingSpace,
    marking: number,
    codes: Int32Array,
    position: number,
    unfinished: boolean,
  ): Potential | null {
    const stages = this.#stages(codes.length - position)
    if (stages === null) return null
    const prices = this.#solve(this.#program(space, marking, codes.subarray(position), stages, unfinished))
    return prices === null ? null : this.#checked(prices, codes, position, stages, unfinished)
  }

  /**
   * Event → the stage that it happens in, and one more for the end: one each, or in a long trace several together, so that
   * the program stays small. Null where even one stage is too many.
   */
  #stages(events: number): Int32Array | null {
    const most = Math.floor(mostColumns / (this.#net.places.length + this.#net.transitions.length))
    if (most < 1) return null
    const count = Math.min(events + 1, most, mostStages)
    return Int32Array.from({ length: events + 1 }, (_, event) => Math.floor((event * count) / (events + 1)))
  }

  #program(
    space: MarkingSpace,
    marking: number,
    codes: Int32Array,
    stages: Int32Array,
    unfinished: boolean,
  ): LinearProgram {
    const net = this.#net
    const width = net.places.length
    const events = codes.length
    const last = stages[events] as number
    // Rows: the tokens of each stage's marking, then the events; the end's tokens are free where the case is unfinished.
    const firstEvent = (last + 1) * width
    const right = new Float64Array(firstEvent + events)
    for (let place = 0; place < width; place += 1) right[place] = space.tokens(marking, place)
    const program = new Columns()
    for (let stage = 0; stage <= last; stage += 1) {
      const first = stage * width
      net.transitions.forEach((_, transition) => {
        const effect = this.#effects[transition] as Int32Array
        for (let at = 0; at < effect.length; at += 2) {
          program.put(first + (effect[at] as number), -(effect[at + 1] as number))
        }
        program.end(this.#costOf(transition) - slack)
      })
      for (let place = 0; place < width; place += 1) {
        if (stage < last) {
          program.put(first + place, 1)
          program.put(first + width + place, -1)
          program.end(0)
        } else if (unfinished) {
          program.put(first + place, 1)
          program.end(0)
        }
      }
    }
    for (let event = 0; event < events; event += 1) {
      const first = (stages[event] as number) * width
      const after = (stages[event + 1] as number) * width
      for (const transition of this.#withLabel[codes[event] as number] as readonly number[]) {
        const { inputs, outputs } = net.transitions[transition] as Net['transitions'][number]
        if (after === first) {
          const effect = this.#effects[transition] as Int32Array
          for (let at = 0; at < effect.length; at += 2) {
            program.put(first + (effect[at] as number), -(effect[at + 1] as number))
          }
        } else {
          for (const place of inputs) program.put(first + place, 1)
          for (const place of outputs) program.put(after + place, -1)
        }
        program.put(firstEvent + event, 1)
        program.end(0)
      }
      program.put(firstEvent + event, 1)
      program.end(visibleCost - slack)
      right[firstEvent + event] = 1
    }
    if (!unfinished) {
      for (const place of net.final) right[last * width + place] = (right[last * width + place] as number) - 1
      // Tokens too many or too few at the end have a price, so that the program always has a solution.
      const price = visibleCost * missing * (events + width)
      for (let place = 0; place < width; place += 1) {
        for (const by of [1, -1]) {
          program.put(last * width + place, by)
          program.end(price)
        }
      }
    }
    return program.with(right)
  }

  /** The solver's prices as a potential that provably charges no move more than it costs; null where they do not allow one. */
  #checked(
    prices: Float64Array,
    codes: Int32Array,
    position: number,
    stages: Int32Array,
    unfinished: boolean,
  ): Potential | null {
    const width = this.#net.places.length
    const length = codes.length
    const events = length - position
    const worth = new Float64Array((length + 1) * width)
    const owed = new Float64Array(length + 1)
    for (let event = events; event >= -position; event -= 1) {
      const base = (position + event) * width
      const stage = stages[Math.max(0, event)] as number
      // Before the position the worths stay as they are there: still a potential, though not the best.
      const same = event < 0 || (event < events && stage === stages[event + 1])
      if (same) worth.copyWithin(base, base + width, base + 2 * width)
      else {
        for (let place = 0; place < width; place += 1) {
          const rounded = Math.floor((prices[stage * width + place] as number) / grain) * grain
          // A token kept for later is worth no more now: a log move leaves it where it is.
          const cap = event < events ? (worth[base + width + place] as number) : unfinished ? 0 : rounded
          worth[base + place] = Math.min(rounded, cap)
        }
        if (!this.#chargesFairly(worth, base)) return null
      }
      if (event < events)
        owed[position + event] =
          (owed[position + event + 1] as number) + this.#due(worth, base, codes[position + event] as number)
      else if (!unfinished) {
        for (const place of this.#net.final) owed[length] = (owed[length] as number) - (worth[base + place] as number)
      }
    }
    return { worth, owed }
  }

  /** Whether no step of the net alone lowers the worth of the tokens by more than it costs. */
  #chargesFairly(worth: Float64Array, base: number): boolean {
    for (let transition = 0; transition < this.#effects.length; transition += 1) {
      const effect = this.#effects[transition] as Int32Array
      let gained = 0
      for (let at = 0; at < effect.length; at += 2) {
        gained += (effect[at + 1] as number) * (worth[base + (effect[at] as number)] as number)
      }
      if (-gained > this.#costOf(transition)) return false
    }
    return true
  }

  /** What an event may be charged: no more than its log move, nor than any synchronous move raises the tokens' worth. */
  #due(worth: Float64Array, base: number, label: number): number {
    const width = this.#net.places.length
    let due = visibleCost
    for (const transition of this.#withLabel[label] as readonly number[]) {
      const { inputs, outputs } = this.#net.transitions[transition] as Net['transitions'][number]
      let gained = 0
      for (const place of outputs) gained += worth[base + width + place] as number
      for (const place of inputs) gained -= worth[base + place] as number
      if (gained < due) due = gained
    }
    return due
  }
}

/** The columns of a linear program, put together one after another. */
class Columns {
  readonly #costs: number[] = []
  readonly #starts: number[] = [0]
  readonly #rowOf: number[] = []
  readonly #entries: number[] = []

  put(row: number, by: number): void {
    this.#rowOf.push(row)
    this.#entries.push(by)
  }

  end(cost: number): void {
    this.#costs.push(cost)
    this.#starts.push(this.#rowOf.length)
  }

  with(right: Float64Array): LinearProgram {
    return {
      rows: right.length,
      columns: this.#costs.length,
      costs: Float64Array.from(this.#costs),
      starts: Int32Array.from(this.#starts),
      rowOf: Int32Array.from(this.#rowOf),
      entries: Float64Array.from(this.#entries),
      right,
    }
  }
}
