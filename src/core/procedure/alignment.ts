import { BucketQueue } from './bucket-queue.ts'
import type { Move } from './deviation.ts'
import { MarkingEquation } from './marking-equation.ts'
import { MarkingSpace } from './marking-space.ts'
import type { Net } from './net.ts'
import { PartsBound } from './parts-bound.ts'
import { settle } from './settle.ts'
import { StateGraph, silentCost, unmatchedEvents, unreachable, visibleCost } from './state-graph.ts'

/** An optimal alignment: no other pairing of the trace with a run of the net costs less. */
export interface Alignment {
  readonly kind: 'aligned'
  readonly cost: number
  readonly moves: readonly Move[]
}

/** A trace whose search met its limit: its optimal cost is proven to lie between two bounds. */
export interface Unsolved {
  readonly kind: 'unsolved'
  /** Product states searched. */
  readonly states: number
  readonly lower: number
  /** Null where no run of the net to its end is known. */
  readonly upper: number | null
  /** The limit that was met. */
  readonly why: 'states' | 'time' | 'memory'
}

/** Why a trace has no alignment: its search met its limit, or the net provably cannot reach its end. */
export type NoAlignment = Unsolved | { readonly kind: 'no-end' }

export interface AlignmentLimits {
  /** Most product states searched for one trace. */
  readonly maxStates?: number
  /** Most markings listed in advance for exact distances. */
  readonly maxMarkings?: number
  /** Most product states searched by the bound of parts, where markings cannot be listed, before the marking equation guides. */
  readonly maxUnguided?: number
  /** Most bytes that the search for one trace and the remembered markings may take. */
  readonly maxBytes?: number
  /** Asked now and then: true stops the search. */
  readonly expired?: () => boolean
}

const growInt32 = (old: Int32Array): Int32Array<ArrayBuffer> => {
  const grown = new Int32Array(old.length * 2)
  grown.set(old)
  return grown
}

/** What guides a search: exact distances of the net alone, the net's parts, or the parts and the marking equation. */
type Guide = 'graph' | 'parts' | 'equation'

interface Search {
  readonly guide: Guide
  /** Of equally cheap alignments, one with the fewest log moves: a missing step is told sooner than an extra one. */
  readonly telling: boolean
  readonly unfinished: boolean
  readonly maxStates: number
}

/** A lower bound of what is still to be paid; Infinity where no way leads to the end. */
type Bound = (marking: number, position: number) => number

const growFloat64 = (old: Float64Array): Float64Array<ArrayBuffer> => {
  const grown = new Float64Array(old.length * 2)
  grown.set(old)
  return grown
}

/** A state's bound is only inherited; is its own; has been searched from. */
const [guessed, bounded, closed] = [0, 1, 2]

/** What a state takes at most with its places in the table and the queue, the arrays being half empty. */
const bytesPerState = 128

/** Move that reached a state: a log move is −1, else transition × 2, plus 1 when synchronous. */
const logMove = -1

/**
 * Finds optimal alignments of traces with one net: cost 10000 for each visible deviation, 1 for each silent step, 0 for a
 * synchronous move. A search over pairs of marking and position, guided by a lower bound that is exact for the net alone;
 * markings, their steps and the bounds are remembered from trace to trace. The result for a trace does not depend on the
 * traces before it.
 */
export class Aligner {
  readonly net: Net
  /** The markings that can matter to a case that ends; one still under way may be in others too. */
  readonly #ending: MarkingSpace
  #open: MarkingSpace | null = null
  readonly #labelOf: Int32Array
  readonly #codes = new Map<string, number>()
  readonly #graph: StateGraph | null
  #equation: MarkingEquation | null = null
  #parts: PartsBound | null = null
  readonly #maxStates: number
  readonly #maxUnguided: number
  readonly #expired: () => boolean
  readonly #maxBytes: number

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
  #status: Uint8Array<ArrayBuffer> = new Uint8Array(1 << 11)
  #states = 0
  /** The cost of the cheapest run of the net alone; null where none was found, undefined before it was looked for. */
  #alone: number | null | undefined = undefined

  constructor(net: Net, limits: AlignmentLimits = {}) {
    this.net = net
    this.#ending = new MarkingSpace(net, { towardsEnd: true })
    this.#maxStates = limits.maxStates ?? 4_000_000
    this.#expired = limits.expired ?? (() => false)
    this.#maxBytes = limits.maxBytes ?? Number.POSITIVE_INFINITY
    this.#labelOf = Int32Array.from(net.transitions, ({ label }) => {
      if (label === null) return -1
      const code = this.#codes.get(label) ?? this.#codes.size
      this.#codes.set(label, code)
      return code
    })
    this.#maxUnguided = limits.maxUnguided ?? (this.#partsOf().size > 0 ? 2_000_000 : 20_000)
    this.#graph = StateGraph.of(this.#ending, this.#labelOf, this.#codes.size, limits.maxMarkings ?? 60_000)
    this.endReachable = this.#judgeEnd()
  }

  /** Whether the final marking can be reached: false is proven, null is not known. */
  readonly endReachable: boolean | null

  #judgeEnd(): boolean | null {
    const nothing = new Uint8Array(this.#codes.size)
    if (this.#graph) return (this.#graph.distances(nothing)[this.#ending.initial] as number) < unreachable
    const markable = new Set(this.net.initial)
    for (let before = -1; before < markable.size; ) {
      before = markable.size
      for (const { inputs, outputs } of this.net.transitions) {
        if (inputs.every((place) => markable.has(place))) for (const place of outputs) markable.add(place)
      }
    }
    if (!this.net.final.every((place) => markable.has(place))) return false
    return this.#equationOf().provesNoEnd(this.#ending) ? false : null
  }

  #equationOf(): MarkingEquation {
    this.#equation ??= new MarkingEquation(this.net, this.#labelOf, this.#codes.size)
    return this.#equation
  }

  /** The searches for one trace, each tried where the one before met its limit: cheap ones first, all with fixed limits. */
  #searches(unfinished: boolean): Search[] {
    const most = this.#maxStates
    const search = (guide: Guide, telling: boolean, maxStates: number): Search => ({
      guide,
      telling,
      unfinished,
      maxStates: Math.min(maxStates, most),
    })
    if (unfinished) return [search('parts', true, 100_000), search('parts', false, most)]
    if (this.#graph) {
      return [search('graph', true, 100_000), search('graph', false, 1_000_000), search('equation', false, most)]
    }
    return [search('parts', true, this.#maxUnguided), search('equation', true, 20_000), search('equation', false, most)]
  }

  /**
   * The optimal alignment of a trace. With `unfinished`, the case need not have reached the end: what the procedure would
   * still demand costs nothing.
   */
  align(trace: readonly string[], how: { readonly unfinished?: boolean } = {}): Alignment | NoAlignment {
    const unfinished = how.unfinished ?? false
    if (!unfinished && this.endReachable === false) return { kind: 'no-end' }
    const kept: number[] = []
    const codes: number[] = []
    trace.forEach((activity, event) => {
      const code = this.#codes.get(activity)
      if (code === undefined) return
      kept.push(event)
      codes.push(code)
    })
    const known = Int32Array.from(codes)
    let end: number | NoAlignment = { kind: 'unsolved', states: 0, lower: 0, upper: null, why: 'states' }
    let lower = 0
    for (const search of this.#searches(unfinished)) {
      end = this.#search(known, search)
      if (typeof end === 'number' || end.kind === 'no-end') break
      lower = Math.max(lower, end.lower)
      if (end.why !== 'states') break
    }
    if (typeof end === 'object') {
      if (end.kind === 'no-end') return end
      const unknown = visibleCost * (trace.length - kept.length)
      return { ...end, lower: lower + unknown, upper: this.#upper(trace, unfinished) }
    }
    const moves = settle(this.#path(end, kept, trace.length), this.net, trace)
    const cost = Math.floor((this.#cost[end] as number) / this.#scale)
    return { kind: 'aligned', cost: cost + visibleCost * (trace.length - kept.length), moves }
  }

  /** What a trace costs at most: every event a log move, and the cheapest run of the net alone. */
  #upper(trace: readonly string[], unfinished: boolean): number | null {
    if (trace.length === 0) return null
    const run = unfinished ? 0 : this.#runAlone()
    return run === null ? null : run + visibleCost * trace.length
  }

  #runAlone(): number | null {
    if (this.#alone === undefined) {
      const run = this.align([])
      this.#alone = run.kind === 'aligned' ? run.cost : null
    }
    return this.#alone
  }

  /** Searches for the cheapest way to the end; gives the state that it ends in. */
  #search(codes: Int32Array, { guide, telling, unfinished, maxStates }: Search): number | NoAlignment {
    const length = codes.length
    this.#scale = telling ? length + 1 : 1
    const scale = this.#scale
    const logCost = visibleCost * scale + (telling ? 1 : 0)
    const late = guide === 'equation' ? this.#equationBound(codes) : null
    const queue = this.#queue
    queue.clear()
    this.#forget()
    this.#open ??= unfinished ? new MarkingSpace(this.net) : null
    const space = unfinished ? (this.#open as MarkingSpace) : this.#ending
    const eager =
      guide === 'graph' ? this.#graphBound(codes, scale, logCost) : this.#partsBound(space, codes, logCost, unfinished)
    const labelOf = this.#labelOf
    this.#reach(space.initial, 0, 0, -1, logMove, 0, eager)
    let floor = 0
    const stopped = (why: Unsolved['why']): Unsolved => {
      return { kind: 'unsolved', states: this.#states, lower: Math.floor(floor / scale), upper: null, why }
    }
    for (let popped = 0; ; ) {
      const lowest = queue.lowest
      const state = queue.pop()
      if (state < 0) return space.overflowed ? stopped('states') : { kind: 'no-end' }
      floor = lowest
      if (this.#status[state] === closed) continue
      const marking = this.#marking[state] as number
      const position = this.#position[state] as number
      popped += 1
      if (this.#states > maxStates) return stopped('states')
      if ((popped & 255) === 0) {
        if (this.#expired()) return stopped('time')
        if (space.bytes + this.#states * bytesPerState > this.#maxBytes) return stopped('memory')
      }
      if (late && this.#status[state] === guessed) {
        const found = late(marking, position)
        if (found === unreachable) {
          this.#status[state] = closed
          continue
        }
        this.#status[state] = bounded
        if (found * scale > (this.#rest[state] as number)) {
          this.#rest[state] = found * scale
          queue.push((this.#cost[state] as number) + found * scale, state)
          continue
        }
      }
      this.#status[state] = closed
      if (position === length && (unfinished || marking === space.final)) return state
      const cost = this.#cost[state] as number
      const wanted = position < length ? (codes[position] as number) : -2
      if (position < length) this.#reach(marking, position + 1, cost + logCost, state, logMove, logCost, eager)
      const offset = space.stepsOf(marking)
      const first = offset + 1
      for (let at = first + 2 * space.stepAt(offset) - 2; at >= first; at -= 2) {
        const transition = space.stepAt(at)
        const step = ((labelOf[transition] as number) < 0 ? silentCost : visibleCost) * scale
        this.#reach(space.stepAt(at + 1), position, cost + step, state, transition * 2, step, eager)
      }
      for (let at = first + 2 * space.stepAt(offset) - 2; at >= first; at -= 2) {
        const transition = space.stepAt(at)
        if (labelOf[transition] === wanted) {
          this.#reach(space.stepAt(at + 1), position + 1, cost, state, transition * 2 + 1, 0, eager)
        }
      }
    }
  }

  /**
   * Enters or improves a state and queues it by its cost and what it must still pay at least: by an eager bound, else what
   * the state before it must pay less the `step` between them.
   */
  #reach(
    marking: number,
    position: number,
    cost: number,
    parent: number,
    move: number,
    step: number,
    eager: Bound | null,
  ): void {
    const mask = this.#table.length - 1
    let slot = slotOf(marking, position) & mask
    let state = this.#table[slot] as number
    while (state >= 0 && (this.#marking[state] !== marking || this.#position[state] !== position)) {
      slot = (slot + 1) & mask
      state = this.#table[slot] as number
    }
    const inherited = parent < 0 ? 0 : Math.max(0, (this.#rest[parent] as number) - step)
    if (state >= 0) {
      if (cost >= (this.#cost[state] as number)) return
      if (this.#rest[state] === Number.POSITIVE_INFINITY) return
      if (this.#status[state] === closed) this.#status[state] = bounded
      this.#rest[state] = Math.max(this.#rest[state] as number, inherited)
    } else {
      state = this.#states
      this.#states += 1
      if (state >= this.#marking.length) this.#grow()
      this.#table[slot] = state
      this.#marking[state] = marking
      this.#position[state] = position
      this.#status[state] = guessed
      this.#rest[state] = eager ? Math.max(inherited, eager(marking, position)) : inherited
      if (this.#states * 2 > this.#table.length) this.#rehash()
    }
    this.#cost[state] = cost
    this.#parent[state] = parent
    this.#move[state] = move
    const rest = this.#rest[state] as number
    if (rest < Number.POSITIVE_INFINITY) this.#queue.push(cost + rest, state)
  }

  #grow(): void {
    this.#marking = growInt32(this.#marking)
    this.#position = growInt32(this.#position)
    this.#cost = growFloat64(this.#cost)
    this.#rest = growFloat64(this.#rest)
    this.#parent = growInt32(this.#parent)
    this.#move = growInt32(this.#move)
    const status = new Uint8Array(this.#status.length * 2)
    status.set(this.#status)
    this.#status = status
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

  /** A lower bound by the state graph, scaled; consistent, so no state is searched twice. */
  #graphBound(codes: Int32Array, scale: number, logCost: number): Bound {
    const graph = this.#graph as StateGraph
    const length = codes.length
    const tables: Int32Array[] = new Array(length + 1)
    const free = new Uint8Array(this.#codes.size)
    tables[length] = graph.distances(free)
    for (let position = length - 1; position >= 0; position -= 1) {
      const code = codes[position] as number
      const isNew = free[code] === 0
      free[code] = 1
      tables[position] = isNew ? graph.distances(free) : (tables[position + 1] as Int32Array)
    }
    const lost: (Int32Array | undefined)[] = new Array(graph.classes.length)
    return (marking, position) => {
      const rest = (tables[position] as Int32Array)[marking] as number
      if (rest === unreachable) return Number.POSITIVE_INFINITY
      const number = graph.classOf[marking] as number
      const unmatched = lost[number] ?? unmatchedEvents(codes, graph.classes[number] as Uint8Array)
      lost[number] = unmatched
      return rest * scale + (unmatched[position] as number) * logCost
    }
  }

  #partsOf(): PartsBound {
    this.#parts ??= new PartsBound(this.net, this.#labelOf, this.#codes.size)
    return this.#parts
  }

  /** A lower bound by the state machines of the net, scaled; consistent too. Null where the net has none. */
  #partsBound(space: MarkingSpace, codes: Int32Array, logCost: number, unfinished: boolean): Bound | null {
    const parts = this.#partsOf()
    if (parts.size === 0) return null
    const costs = { log: logCost, model: visibleCost * this.#scale, silent: silentCost * this.#scale }
    return parts.of(space, codes, costs, unfinished)
  }

  /** A lower bound by the marking equation, without scale; asked only of states that are about to be searched from. */
  #equationBound(codes: Int32Array): Bound {
    const equation = this.#equationOf()
    equation.restart()
    const toCome: Int32Array[] = [new Int32Array(this.#codes.size)]
    for (const code of codes.toReversed()) {
      const counts = (toCome.at(-1) as Int32Array).slice()
      counts[code] = (counts[code] as number) + 1
      toCome.push(counts)
    }
    return (marking, position) =>
      equation.bound(this.#ending, marking, toCome[codes.length - position] as Int32Array) ?? 0
  }

  /** The moves that led to a state, over the positions of the whole trace. */
  #path(end: number, kept: readonly number[], length: number): Move[] {
    const steps: number[] = []
    for (let state = end; (this.#parent[state] as number) >= 0; state = this.#parent[state] as number) steps.push(state)
    const moves: Move[] = []
    let event = 0
    let position = 0
    const passUnknown = (until: number): void => {
      for (; event < until; event += 1) moves.push({ kind: 'log', event })
    }
    passUnknown(kept[0] ?? length)
    for (let step = steps.length - 1; step >= 0; step -= 1) {
      const move = this.#move[steps[step] as number] as number
      const transition = move >> 1
      if (move === logMove || (move & 1) === 1) {
        const own = kept[position] as number
        moves.push(move === logMove ? { kind: 'log', event: own } : { kind: 'synchronous', event: own, transition })
        position += 1
        event = own + 1
        passUnknown(kept[position] ?? length)
      } else {
        moves.push({ kind: this.net.transitions[transition]?.label === null ? 'silent' : 'model', transition })
      }
    }
    return moves
  }
}

const slotOf = (marking: number, position: number): number => {
  const mixed = Math.imul(marking, 0x9e3779b1) ^ Math.imul(position + 1, 0x85ebca6b)
  return mixed ^ (mixed >>> 15)
}
