import type { CaseConformance } from './deviation.ts'
import type { Replay } from './replay.ts'
import { visibleCost } from './state-graph.ts'
import type { TraceVerdict, UnsolvedWhy } from './trace-judge.ts'
import type { Variant } from './variants.ts'

/** Two numbers between which a value is proven to lie. */
interface Bounds {
  readonly lower: number
  /** Null where nothing bounds it from above. */
  readonly upper: number | null
}

/** What a net says of every case of one variant. */
export interface VariantConformance extends CaseConformance {
  readonly variant: Variant
  /** Null where the alignment that a net with silent steps is replayed along is not known. */
  readonly replay: Replay | null
  /** Between which costs the optimal one lies: both are the cost where it is known, null where there is no end. */
  readonly bounds: Bounds | null
  /** Why the cost is not known; null where it is. */
  readonly why: UnsolvedWhy | 'no-end' | null
  /**
   * 1 when the case fits, 0 when nothing of it does: 1 − visible deviations ÷ (known and unknown events + visible steps of
   * the shortest run). Null where the cost or the shortest run is not known.
   */
  readonly fitness: number | null
}

/** What a net says of a log. */
export interface LogConformance {
  readonly variants: readonly VariantConformance[]
  /** Case index → its variant's conformance. */
  readonly ofCase: (caseIndex: number) => VariantConformance
  readonly cases: number
  readonly fitting: number
  readonly deviating: number
  readonly unsolved: number
  /** Cases without a cost by the reason why. */
  readonly unsolvedBy: Readonly<Partial<Record<UnsolvedWhy | 'no-end', number>>>
  /** Why nothing could be judged: the final marking provably cannot be reached. */
  readonly noEnd: boolean
  /** Over all solved cases: 1 − visible deviations ÷ most that were possible; null when none was solved. */
  readonly fitness: number | null
  /** Between which values the fitness of all cases lies, the unsolved with their bounds; null where the shortest run is not known. */
  readonly fitnessBounds: { readonly lower: number; readonly upper: number } | null
}

/** The trace of a case in which nothing happened: its alignment is the cheapest run of the net. */
export const nothingHappened: Variant = { trace: [], unfinished: false, cases: [] }

/** The cheapest run of a net from start to end. */
interface CheapestRun {
  readonly cost: number
  readonly visible: number
}

/** Visible deviations in a cost, as long as fewer than 10,000 silent steps are in it. */
const visibleIn = (cost: number): number => Math.floor(cost / visibleCost)

/** What a verdict says of a variant, once the cheapest run of the net is known. */
function conformanceOf(variant: Variant, verdict: TraceVerdict, run: CheapestRun | null): VariantConformance {
  const { replay, events, ended } = verdict
  const blank = { variant, replay, fits: null, cost: null, moves: null, deviations: [], fitness: null }
  if (verdict.kind === 'no-end') return { ...blank, bounds: null, why: 'no-end' }
  if (verdict.kind === 'unsolved') {
    // Every event only in the log and the cheapest run only in the net: an alignment, though a dear one.
    const most = run === null ? null : events * visibleCost + (ended ? run.cost : 0)
    const upper = verdict.upper === null ? most : Math.min(verdict.upper, most ?? verdict.upper)
    return { ...blank, bounds: { lower: verdict.lower, upper }, why: verdict.why }
  }
  const { cost, visible, moves, deviations } = verdict
  const most = run === null ? null : events + run.visible
  return {
    variant,
    replay,
    fits: visible === 0,
    cost,
    moves,
    deviations,
    bounds: { lower: cost, upper: cost },
    why: null,
    fitness: most === null ? null : most === 0 ? 1 : Math.max(0, 1 - visible / most),
  }
}

/** Adds up what was said of each variant; `nothing` is what was said of a case in which nothing happened. */
export function sumUp(
  cases: number,
  variants: readonly Variant[],
  verdicts: readonly TraceVerdict[],
  nothing: TraceVerdict,
): LogConformance {
  const run = nothing.kind === 'solved' ? nothing : null
  const ofCase = new Int32Array(cases)
  const unsolvedBy: Partial<Record<UnsolvedWhy | 'no-end', number>> = {}
  let [fitting, deviating, unsolved] = [0, 0, 0]
  // Visible deviations and the most that were possible: of solved cases, and the bounds over all.
  let [deviations, possible, least, most, all] = [0, 0, 0, 0, 0]
  const judged = variants.map((variant, place) => {
    const verdict = verdicts[place] as TraceVerdict
    const conformance = conformanceOf(variant, verdict, run)
    const count = variant.cases.length
    for (const index of variant.cases) ofCase[index] = place
    const possibleOfOne = verdict.events + (run?.visible ?? 0)
    const { bounds, why } = conformance
    all += count * possibleOfOne
    if (verdict.kind === 'solved') {
      if (conformance.fits) fitting += count
      else deviating += count
      deviations += count * verdict.visible
      possible += count * possibleOfOne
      least += count * verdict.visible
      most += count * verdict.visible
    } else {
      unsolved += count
      if (why !== null) unsolvedBy[why] = (unsolvedBy[why] ?? 0) + count
      least += count * visibleIn(bounds?.lower ?? 0)
      most += count * Math.min(visibleIn(bounds?.upper ?? Number.POSITIVE_INFINITY), possibleOfOne)
    }
    return conformance
  })
  const share = (of: number, total: number): number => (total === 0 ? 1 : Math.max(0, 1 - of / total))
  return {
    variants: judged,
    ofCase: (index) => judged[ofCase[index] as number] as VariantConformance,
    cases,
    fitting,
    deviating,
    unsolved,
    unsolvedBy,
    noEnd: [nothing, ...verdicts].some(({ kind }) => kind === 'no-end'),
    fitness: fitting + deviating === 0 || run === null ? null : share(deviations, possible),
    fitnessBounds: run === null ? null : { lower: share(most, all), upper: share(least, all) },
  }
}
