import { Aligner, type AlignmentLimits, type Unsolved } from './alignment.ts'
import type { Deviation, Move } from './deviation.ts'
import { readDeviations } from './deviations.ts'
import type { Net } from './net.ts'
import type { CaseAct } from './procedure.ts'
import { type Replay, Replayer } from './replay.ts'
import { visibleCost } from './state-graph.ts'

/** Why a trace was left unsolved: the limit that its search met, or a defect of the program. */
export type UnsolvedWhy = Unsolved['why'] | 'defect'

interface Judged {
  /** Events that were judged: all but the declared acts. */
  readonly events: number
  /** Whether the procedure's end was demanded of it. */
  readonly ended: boolean
  /** Null where the alignment that a net with silent steps is replayed along is not known. */
  readonly replay: Replay | null
}

/** What a net says of one trace. */
export type TraceVerdict =
  | (Judged & {
      readonly kind: 'solved'
      readonly cost: number
      /** Visible deviations: events that only the log has and steps that only the net has. */
      readonly visible: number
      readonly moves: readonly Move[]
      readonly deviations: readonly Deviation[]
    })
  /** Its optimal cost is proven to lie between `lower` and `upper`; null where no run to the end is known. */
  | (Judged & {
      readonly kind: 'unsolved'
      readonly lower: number
      readonly upper: number | null
      readonly why: UnsolvedWhy
    })
  /** No run of the net reaches its end: proven. */
  | (Judged & { readonly kind: 'no-end' })

/** A net as traces are judged by it. */
export interface JudgingTerms {
  readonly net: Net
  /** Acts that may happen from anywhere: they are no deviation, and after one that ends a case nothing more is demanded. */
  readonly caseActs: readonly CaseAct[]
}

/** Judges traces by a net: optimal alignment, replay and deviations. What is said of one does not depend on the others. */
export class TraceJudge {
  readonly #net: Net
  readonly #acts: ReadonlyMap<string, CaseAct>
  readonly #replayer: Replayer
  readonly #limits: AlignmentLimits
  #aligner: Aligner | null = null

  constructor({ net, caseActs }: JudgingTerms, limits: AlignmentLimits = {}) {
    this.#net = net
    this.#acts = new Map(caseActs.map((act) => [act.activity, act]))
    this.#replayer = new Replayer(net)
    this.#limits = limits
  }

  /** Whether the net has more markings than can be listed in advance: then a solver among the limits helps. */
  get wide(): boolean {
    this.#aligner ??= new Aligner(this.#net, this.#limits)
    return this.#aligner.wide
  }

  /** Judges one trace; `unfinished`: the case is still under way, and what the procedure would still demand is not demanded. */
  judge(trace: readonly string[], unfinished: boolean): TraceVerdict {
    if (this.#limits.expired?.()) return this.unsolved(trace, unfinished, 'time')
    const { kept, judged, ended } = this.#read(trace, unfinished)
    const alignment = this.#aligned().align(judged, { unfinished: !ended })
    const events = judged.length
    if (alignment.kind === 'aligned') {
      const { cost, moves } = alignment
      const inTrace = (move: Move): Move => ('event' in move ? { ...move, event: kept[move.event] as number } : move)
      const told = kept.length === trace.length ? moves : moves.map(inTrace)
      const visible = moves.filter(({ kind }) => kind === 'log' || kind === 'model').length
      const deviations = visible === 0 ? [] : readDeviations(told, trace, this.#net)
      const replay = this.#replayer.replay(judged, this.#replayer.silent ? moves : null)
      return { kind: 'solved', cost, visible, moves: told, deviations, events, ended, replay }
    }
    if (alignment.kind === 'no-end') return { kind: 'no-end', events, ended, replay: this.#counts(judged) }
    const { lower, upper, why } = alignment
    return { kind: 'unsolved', lower, upper, why, events, ended, replay: this.#counts(judged) }
  }

  /** What is known of a trace without searching: an event that the net does not know costs its price in any alignment. */
  unsolved(trace: readonly string[], unfinished: boolean, why: UnsolvedWhy): TraceVerdict {
    const { judged, ended } = this.#read(trace, unfinished)
    const unknown = judged.filter((activity) => !this.#replayer.knows(activity)).length
    const upper = ended ? null : judged.length * visibleCost
    const counts = { events: judged.length, ended, replay: this.#counts(judged) }
    return { kind: 'unsolved', lower: unknown * visibleCost, upper, why, ...counts }
  }

  /** Finds out about the net what serves every trace; else the first trace's time goes into it. */
  prepare(): void {
    // What the end's reach is told from is what alignments are guided by.
    void this.#aligned().endReachable
  }

  #aligned(): Aligner {
    this.#aligner ??= new Aligner(this.#net, this.#limits)
    return this.#aligner
  }

  /** Begins anew, as if no trace had been judged: what was remembered is given back. */
  forget(): void {
    this.#aligner = null
  }

  /** The events to judge with their places in the trace, and whether the end is demanded. */
  #read(trace: readonly string[], unfinished: boolean) {
    const acts = this.#acts
    const kept: number[] = []
    let ended = !unfinished
    trace.forEach((activity, event) => {
      const act = acts.get(activity)
      if (act === undefined) kept.push(event)
      else if (act.clock === 'ends') ended = false
    })
    const judged = kept.length === trace.length ? trace : kept.map((event) => trace[event] as string)
    return { kept, judged, ended }
  }

  /** Token counts where they need no alignment. */
  #counts(judged: readonly string[]): Replay | null {
    return this.#replayer.silent ? null : this.#replayer.replay(judged)
  }
}
