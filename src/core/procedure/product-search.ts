import type { Unsolved } from './alignment.ts'
import { BucketQueue } from './bucket-queue.ts'
import type { MarkingSpace } from './marking-space.ts'
import type { Potentials } from './potentials.ts'
import { silentCost, visibleCost } from './state-graph.ts'
import type { StubbornSteps } from './stubborn-steps.ts'

/** A lower bound of what is still to be paid, scaled; Infinity where no way leads to the end. Consistent. */
export type Bound = (marking: number, position: number) => number

/** One search for the cheapest way through pairs of marking and position. */
interface Search {
  readonly space: MarkingSpace
  readonly steps: StubbornSteps
  /** The trace, as label codes. */
  readonly codes: Int32Array
  /**
   * What costs are multiplied by; more than 1, and more than the trace is long, where of equally cheap alignments one with
   * the fewest log moves is wanted: a missing step is told sooner than an extra one.
   */
  readonly scale: number
  /** The case need not have reached the end. */
  readonly unfinished: boolean
  readonly bound: Bound | null
  /** Bounds that are found while searching, where the search turns out to be long. */
  readonly potentials: Potentials | null
  readonly maxStates: number
  readonly maxBytes: number
  readonly expired: () => boolean
}

/** The move that reached a state: a log move is −1, else transition × 2, plus 1 when synchronous. */
export const logMove = -1

/** What a state takes at most with its places in the table and the queue, the arrays being half empty, and its marking. */
const bytesPerState = 192

/** A search that goes on for so many states asks for another potential, then after twice as many, and so on. */
const firstStretch = 10_000

/**
 * A* over pairs of marking and position, each move's cost being that of the alignment. With a consistent bound no state is
 * searched twice, and the first time that the end is taken from the queue its cost is the least.
 */
export class ProductSearch {
  readonly #labelOf: Int32Array
  readonly #queue = new BucketQueue()
  #table: Int32Array<ArrayBuffer> = new Int32Array(1 << 12).fill(-1)
  #marking: Int32Array<ArrayBuffer> = new Int32Array(1 << 11)
  #position: Int32Array<ArrayBuffer> = new Int32Array(1 << 11)
  /** Cost × #scale, plus one for each log move where fewer of them are preferred. */
  #cost: Float64Array<ArrayBuffer> = new Float64Array(1 << 11)
  #scale = 1
  #parent: Int32Array<ArrayBuffer> = new Int32Array(1 << 11)
  #move: Int32Array<ArrayBuffer> = new Int32Array(1 << 11)
  /** What a state must still pay at least, scaled. */
  #rest: Float64Array<ArrayBuffer> = new Float64Array(1 << 11)
  /** How many potentials a state's rest heeds, or `closed` once it has been searched from. */
  #heeds: Int16Array<ArrayBuffer> = new Int16Array(1 << 11)
  #states = 0

  constructor(labelOf: Int32Array) {
    this.#labelOf = labelOf
  }

  /** The cost of a state's way, without scale. */
  costOf(state: number): number {
    return Math.floor((this.#cost[state] as number) / this.#scale)
  }

  /** The moves that led to a state, the last one first; see `logMove`. */
  movesTo(state: number): number[] {
    const moves: number[] = []
    for (let at = state; (this.#parent[at] as number) >= 0; at = this.#parent[at] as number) {
      moves.push(this.#move[at] as number)
    }
    return moves
  }

  /** Searches; gives the state that the cheapest way ends in. */
  run(search: Search): number | Unsolved | { readonly kind: 'no-end' } {
    const { space, steps, codes, unfinished, potentials } = search
    const length = codes.length
    const { scale } = search
    this.#scale = scale
    const logCost = visibleCost * scale + (scale > 1 ? 1 : 0)
    const queue = this.#queue
    queue.clear()
    this.#forget()
    const stateBytes = bytesPerState + 4 * space.net.places.length
    const labelOf = this.#labelOf
    let stretch = firstStretch
    let next = firstStretch
    let floor = 0
    const stopped = (why: Unsolved['why']): Unsolved => {
      const lower = space.overflowed ? 0 : Math.floor(floor / scale)
      return { kind: 'unsolved', states: this.#states, lower, upper: null, why }
    }
    if (search.expired()) return stopped('time')
    potentials?.add(space.initial, 0)
    this.#reach(search, space.initial, 0, 0, -1, logMove, 0)
    for (let popped = 0; ; ) {
      const lowest = queue.lowest
      const state = queue.pop()
      if (state < 0) return space.overflowed ? stopped('states') : { kind: 'no-end' }
      const heeds = this.#heeds[state] as number
      if (heeds === closed) continue
      const marking = this.#marking[state] as number
      const position = this.#position[state] as number
      const cost = this.#cost[state] as number
      // An entry that a cheaper way has overtaken.
      if (cost + (this.#rest[state] as number) < lowest) continue
      floor = lowest
      popped += 1
      if (this.#states > search.maxStates) return stopped('states')
      if ((popped & 255) === 0) {
        if (search.expired()) return stopped('time')
        if (this.#states * stateBytes > search.maxBytes) return stopped('memory')
      }
      if (potentials) {
        if (popped > next) {
          potentials.add(marking, position)
          stretch *= 2
          next = popped + stretch
          if (search.expired()) return stopped('time')
        }
        if (heeds < potentials.count) {
          const demanded = potentials.demanded(marking, position, heeds) * scale
          this.#heeds[state] = potentials.count
          if (demanded > (this.#rest[state] as number)) {
            this.#rest[state] = demanded
            queue.push(cost + demanded, state)
            continue
          }
        }
      }
      this.#heeds[state] = closed
      if (position === length && (unfinished || marking === space.final)) return state
      const wanted = position < length ? (codes[position] as number) : -1
      if (position < length) this.#reach(search, marking, position + 1, cost + logCost, state, logMove, logCost)
      const offset = steps.stepsOf(marking, wanted)
      const first = offset + 1
      for (let at = first + 2 * steps.stepAt(offset) - 2; at >= first; at -= 2) {
        const transition = steps.stepAt(at)
        const step = ((labelOf[transition] as number) < 0 ? silentCost : visibleCost) * scale
        this.#reach(search, steps.stepAt(at + 1), position, cost + step, state, transition * 2, step)
      }
      if (wanted < 0) continue
      for (let at = first + 2 * steps.stepAt(offset) - 2; at >= first; at -= 2) {
        const transition = steps.stepAt(at)
        if (labelOf[transition] === wanted) {
          this.#reach(search, steps.stepAt(at + 1), position + 1, cost, state, transition * 2 + 1, 0)
        }
      }
    }
  }

  /** Enters or improves a state and queues it by its cost and what it must still pay at least. */
  #reach(
    search: Search,
    marking: number,
    position: number,
    cost: number,
    parent: number,
    move: number,
    step: number,
  ): void {
    const mask = this.#table.length - 1
    let slot = slotOf(marking, position) & mask
    let state = this.#table[slot] as number
    while (state >= 0 && (this.#marking[state] !== marking || this.#position[state] !== position)) {
      slot = (slot + 1) & mask
      state = this.#table[slot] as number
    }
    // What the state before must pay, less the step between them.
    const inherited = parent < 0 ? 0 : Math.max(0, (this.#rest[parent] as number) - step)
    if (state >= 0) {
      if (cost >= (this.#cost[state] as number)) return
      if (this.#rest[state] === Number.POSITIVE_INFINITY) return
      if (this.#heeds[state] === closed) this.#heeds[state] = 0
      this.#rest[state] = Math.max(this.#rest[state] as number, inherited)
    } else {
      state = this.#states
      this.#states += 1
      if (state >= this.#marking.length) this.#grow()
      this.#table[slot] = state
      this.#marking[state] = marking
      this.#position[state] = position
      const { bound, potentials } = search
      let rest = bound ? Math.max(inherited, bound(marking, position)) : inherited
      if (potentials && rest < Number.POSITIVE_INFINITY) {
        rest = Math.max(rest, potentials.demanded(marking, position, 0) * this.#scale)
      }
      this.#heeds[state] = potentials ? potentials.count : 0
      this.#rest[state] = rest
      if (this.#states * 2 > this.#table.length) this.#rehash()
    }
    this.#cost[state] = cost
    this.#parent[state] = parent
    this.#move[state] = move
    const rest = this.#rest[state] as number
    if (rest < Number.POSITIVE_INFINITY) this.#queue.push(cost + rest, state)
  }

  #grow(): void {
    const size = this.#marking.length * 2
    this.#marking = grown(this.#marking, new Int32Array(size))
    this.#position = grown(this.#position, new Int32Array(size))
    this.#parent = grown(this.#parent, new Int32Array(size))
    this.#move = grown(this.#move, new Int32Array(size))
    this.#cost = grown(this.#cost, new Float64Array(size))
    this.#rest = grown(this.#rest, new Float64Array(size))
    this.#heeds = grown(this.#heeds, new Int16Array(size))
  }

  #rehash(): void {
    const table = new Int32Array(this.#table.length * 2).fill(-1)
    const mask = table.length - 1
    for (let state = 0; state < this.#states; state += 1) {
      let slot = slotOf(this.#marking[state] as number, this.#position[state] as number) & mask
      while ((table[slot] as number) >= 0) slot = (slot + 1) & mask
      table[slot] = state
    }
    this.#table = table
  }

  /** Empties the table of states, giving memory back after an unusually long search. */
  #forget(): void {
    if (this.#table.length > 1 << 16) this.#table = new Int32Array(1 << 12)
    this.#table.fill(-1)
    this.#states = 0
  }
}

const closed = -1

function grown<Column extends { set(from: Column): void }>(old: Column, to: Column): Column {
  to.set(old)
  return to
}

const slotOf = (marking: number, position: number): number => {
  const mixed = Math.imul(marking, 0x9e3779b1) ^ Math.imul(position + 1, 0x85ebca6b)
  return mixed ^ (mixed >>> 15)
}
