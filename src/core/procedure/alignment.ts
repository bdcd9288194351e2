import type { Move } from './deviation.ts'
import type { LinearSolver } from './linear-program.ts'
import { MarkingEquation } from './marking-equation.ts'
import { MarkingSpace } from './marking-space.ts'
import type { Net } from './net.ts'
import { PartsBound } from './parts-bound.ts'
import { Potentials } from './potentials.ts'
import { type Bound, logMove, ProductSearch } from './product-search.ts'
import { settle } from './settle.ts'
import { StagedEquation } from './staged-equation.ts'
import { StateGraph, silentCost, unreachable, visibleCost } from './state-graph.ts'
import { StubbornSteps } from './stubborn-steps.ts'

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
  /** Most product states searched by the bound of parts, where markings cannot be listed, before potentials guide. */
  readonly maxUnguided?: number
  /** Finds potentials for searches that are long without them. */
  readonly solver?: LinearSolver
  /** Most bytes that the search for one trace may take. */
  readonly maxBytes?: number
  /** Asked now and then: true stops the search. */
  readonly expired?: () => boolean
}

interface Attempt {
  /** Whether potentials guide it, beside what bounds every search. */
  readonly priced: boolean
  readonly telling: boolean
  readonly maxStates: number
}

/** Remembered markings are given up between two traces when they have come to take so much. */
const mostRemembered = 256 * 2 ** 20
/** Places × transitions up to which a proof that the end is out of reach is looked for by linear algebra. */
const mostProven = 1_000_000
/** Most bytes of markings listed in advance. */
const mostListed = 64 * 2 ** 20

/** The markings that a search moves through, and their steps; remembered from trace to trace. */
interface Terrain {
  readonly space: MarkingSpace
  readonly steps: StubbornSteps
}

/**
 * Finds optimal alignments of traces with one net: cost 10000 for each visible deviation, 1 for each silent step, 0 for a
 * synchronous move. A search over pairs of marking and position, guided by a lower bound, in which of independent steps
 * only one order is tried; markings, their steps and the bounds are remembered from trace to trace. The result for a trace
 * does not depend on the traces before it.
 */
export class Aligner {
  readonly net: Net
  readonly #labelOf: Int32Array
  readonly #codes = new Map<string, number>()
  readonly #search: ProductSearch
  readonly #limits: AlignmentLimits
  readonly #maxStates: number
  readonly #expired: () => boolean

  /** The markings that can matter to a case that ends; one still under way may be in others too. */
  #ending: Terrain | null = null
  #open: Terrain | null = null
  #graph: StateGraph | null | undefined = undefined
  #endReachable: boolean | null | undefined = undefined
  #parts: PartsBound | null = null
  #equation: StagedEquation | null = null
  /** The cost of the cheapest run of the net alone; null where none was found, undefined before it was looked for. */
  #alone: number | null | undefined = undefined

  constructor(net: Net, limits: AlignmentLimits = {}) {
    this.net = net
    this.#limits = limits
    this.#maxStates = limits.maxStates ?? 4_000_000
    this.#expired = limits.expired ?? (() => false)
    this.#labelOf = Int32Array.from(net.transitions, ({ label }) => {
      if (label === null) return -1
      const code = this.#codes.get(label) ?? this.#codes.size
      this.#codes.set(label, code)
      return code
    })
    this.#search = new ProductSearch(this.#labelOf)
  }

  /** Whether the final marking can be reached: false is proven, null is not known. */
  get endReachable(): boolean | null {
    if (this.#endReachable === undefined) this.#endReachable = this.#judgeEnd()
    return this.#endReachable
  }

  /** Whether the net has more markings than can be listed in advance: then a solver of linear programs helps. */
  get wide(): boolean {
    return this.#listed() === null
  }

  #judgeEnd(): boolean | null {
    const graph = this.#listed()
    if (graph)
      return (
        (graph.distances(new Uint8Array(this.#codes.size))[this.#terrain(false).space.initial] as number) < unreachable
      )
    const markable = new Set(this.net.initial)
    for (let before = -1; before < markable.size; ) {
      before = markable.size
      for (const { inputs, outputs } of this.net.transitions) {
        if (inputs.every((place) => markable.has(place))) for (const place of outputs) markable.add(place)
      }
    }
    if (!this.net.final.every((place) => markable.has(place))) return false
    if (this.net.places.length * this.net.transitions.length > mostProven) return null
    const { space } = this.#terrain(false)
    const equation = new MarkingEquation(this.net, this.#labelOf, this.#codes.size)
    return equation.provesNoEnd(space) ? false : null
  }

  #listed(): StateGraph | null {
    if (this.#graph === undefined) {
      const most = this.#limits.maxMarkings ?? 60_000
      const affordable = Math.floor(mostListed / (2 * this.net.places.length + 1))
      const { space } = this.#terrain(false)
      this.#graph = StateGraph.of(space, this.#labelOf, this.#codes.size, Math.min(most, affordable))
    }
    return this.#graph
  }

  #terrain(unfinished: boolean): Terrain {
    const known = unfinished ? this.#open : this.#ending
    if (known) return known
    const space = new MarkingSpace(this.net, { towardsEnd: !unfinished })
    const terrain = { space, steps: new StubbornSteps(space, this.#labelOf, this.#codes.size) }
    if (unfinished) this.#open = terrain
    else this.#ending = terrain
    return terrain
  }

  /** Gives up what is remembered where it has come to take too much; the listed markings are few and stay. */
  #tidy(): void {
    const heavy = (terrain: Terrain | null): boolean =>
      terrain !== null && terrain.space.bytes + terrain.steps.bytes > mostRemembered
    if (heavy(this.#open)) this.#open = null
    if (!this.#graph && heavy(this.#ending)) this.#ending = null
  }

  /** The searches for one trace, each tried where the one before met its limit: cheap ones first, all with fixed limits. */
  #attempts(unfinished: boolean): Attempt[] {
    const attempt = (priced: boolean, telling: boolean, maxStates: number): Attempt => ({
      priced,
      telling,
      maxStates: Math.min(maxStates, this.#maxStates),
    })
    const listed = !unfinished && this.#listed() !== null
    const first = listed ? 100_000 : (this.#limits.maxUnguided ?? (this.#partsOf().size > 0 ? 400_000 : 8_000))
    const solvable = this.#limits.solver !== undefined
    const unpriced = attempt(false, true, first)
    const last = attempt(solvable, false, this.#maxStates)
    return solvable ? [unpriced, attempt(true, true, 200_000), last] : [unpriced, last]
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
    const unknown = visibleCost * (trace.length - kept.length)
    const end = this.#cheapest(Int32Array.from(codes), unfinished)
    if (typeof end === 'object') {
      if (end.kind === 'no-end') return end
      return { ...end, lower: end.lower + unknown, upper: this.#upper(trace.length, unfinished) }
    }
    const moves = settle(this.#path(end, kept, trace.length), this.net, trace)
    return { kind: 'aligned', cost: this.#search.costOf(end) + unknown, moves }
  }

  /** The state that the cheapest way ends in, of the search that found it. */
  #cheapest(codes: Int32Array, unfinished: boolean): number | NoAlignment {
    this.#tidy()
    let lower = 0
    let states = 0
    let why: Unsolved['why'] = 'states'
    for (const { priced, telling, maxStates } of this.#attempts(unfinished)) {
      const { space, steps } = this.#terrain(unfinished)
      const scale = telling ? tellingScale(codes.length) : 1
      const potentials = priced ? new Potentials(this.#equationOf(), space, codes, unfinished) : null
      const end = this.#search.run({
        space,
        steps,
        codes,
        scale,
        unfinished,
        bound: this.#bound(space, codes, scale, unfinished),
        potentials,
        maxStates,
        maxBytes: this.#limits.maxBytes ?? Number.POSITIVE_INFINITY,
        expired: this.#expired,
      })
      if (typeof end === 'number' || end.kind === 'no-end') return end
      lower = Math.max(lower, end.lower)
      states += end.states
      why = end.why
      if (why !== 'states') break
    }
    return { kind: 'unsolved', states, lower, upper: null, why }
  }

  #bound(space: MarkingSpace, codes: Int32Array, scale: number, unfinished: boolean): Bound | null {
    const log = visibleCost * scale + (scale > 1 ? 1 : 0)
    const graph = unfinished ? null : this.#listed()
    if (graph) return graph.bound(codes, scale, log)
    const parts = this.#partsOf()
    if (parts.size === 0) return null
    return parts.of(space, codes, { log, model: visibleCost * scale, silent: silentCost * scale }, unfinished)
  }

  /** What a trace costs at most: every event a log move, and the cheapest run of the net alone. */
  #upper(events: number, unfinished: boolean): number | null {
    if (events === 0) return null
    const run = unfinished ? 0 : this.#runAlone()
    return run === null ? null : run + visibleCost * events
  }

  #runAlone(): number | null {
    if (this.#alone === undefined) {
      const end = this.#cheapest(new Int32Array(), false)
      this.#alone = typeof end === 'number' ? this.#search.costOf(end) : null
    }
    return this.#alone
  }

  #partsOf(): PartsBound {
    this.#parts ??= new PartsBound(this.net, this.#labelOf, this.#codes.size)
    return this.#parts
  }

  #equationOf(): StagedEquation {
    const { solver } = this.#limits
    if (!solver) throw new Error('potentials need a solver')
    this.#equation ??= new StagedEquation(this.net, this.#labelOf, this.#codes.size, solver)
    return this.#equation
  }

  /** The moves that led to a state, over the positions of the whole trace. */
  #path(end: number, kept: readonly number[], length: number): Move[] {
    const steps = this.#search.movesTo(end)
    const moves: Move[] = []
    let event = 0
    let position = 0
    const passUnknown = (until: number): void => {
      for (; event < until; event += 1) moves.push({ kind: 'log', event })
    }
    passUnknown(kept[0] ?? length)
    for (let step = steps.length - 1; step >= 0; step -= 1) {
      const move = steps[step] as number
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

/** A power of two above the length: traces of about the same length then share what is computed with it. */
const tellingScale = (length: number): number => 2 ** Math.max(6, Math.ceil(Math.log2(length + 2)))
