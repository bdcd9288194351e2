import type { EventLog } from '../eventlog/event-log.ts'
import { Aligner, type AlignmentLimits } from './alignment.ts'
import type { CaseConformance, Move } from './deviation.ts'
import { readDeviations } from './deviations.ts'
import type { Net } from './net.ts'
import type { CaseAct } from './procedure.ts'
import { hasSilentSteps, type Replay, replay } from './replay.ts'
import { visibleCost } from './state-graph.ts'
import { type Variant, variantsOf } from './variants.ts'

/** What a net says of every case of one variant. */
export interface VariantConformance extends CaseConformance {
  readonly variant: Variant
  /** Null where the alignment that a net with silent steps is replayed along is not known. */
  readonly replay: Replay | null
  /**
   * 1 when the case fits, 0 when nothing of it does: 1 − visible deviations ÷ (known and unknown events + visible steps of
   * the shortest run).
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
  /** Why nothing could be judged: the final marking provably cannot be reached. */
  readonly noEnd: boolean
  /** Over all solved cases: 1 − visible deviations ÷ most that were possible; null when none was solved. */
  readonly fitness: number | null
}

export interface AnalyseOptions extends AlignmentLimits {
  /** Acts that may happen from anywhere: they are no deviation, and after one that ends a case nothing more is demanded. */
  readonly caseActs?: readonly CaseAct[]
  /** Cases still under way: what the procedure would still demand is not demanded of them. */
  readonly unfinished?: (caseIndex: number) => boolean
  /** Called after each variant with how many cases are judged so far. */
  readonly onProgress?: (judged: number, cases: number) => void
}

/**
 * Judges every case of a log by a net: optimal alignment, replay, fitness and deviations. Each variant is judged once, and
 * the result for one does not depend on the others.
 */
export function analyse(log: EventLog, net: Net, options: AnalyseOptions = {}): LogConformance {
  const aligner = new Aligner(net, options)
  const empty = aligner.align([])
  const shortest = empty.kind === 'aligned' ? Math.floor(empty.cost / visibleCost) : null
  const silent = hasSilentSteps(net)
  const acts = new Map((options.caseActs ?? []).map((act) => [act.activity, act]))
  const cases = log.caseIds.length
  const ofCase = new Int32Array(cases)
  const judged: VariantConformance[] = []
  let [done, fitting, deviating, unsolved, deviations, possible] = [0, 0, 0, 0, 0, 0]
  for (const variant of variantsOf(log, options.unfinished)) {
    const result = judge(variant, aligner, net, acts, silent, shortest)
    for (const index of variant.cases) ofCase[index] = judged.length
    judged.push(result)
    const count = variant.cases.length
    done += count
    if (result.cost === null || result.fitness === null) unsolved += count
    else {
      if (result.fits) fitting += count
      else deviating += count
      deviations += count * Math.floor(result.cost / visibleCost)
      possible += count * (variant.trace.length + (shortest ?? 0))
    }
    options.onProgress?.(done, cases)
  }
  return {
    variants: judged,
    ofCase: (index) => judged[ofCase[index] as number] as VariantConformance,
    cases,
    fitting,
    deviating,
    unsolved,
    noEnd: aligner.endReachable === false || empty.kind === 'no-end',
    fitness: fitting + deviating === 0 ? null : possible === 0 ? 1 : 1 - deviations / possible,
  }
}

function judge(
  variant: Variant,
  aligner: Aligner,
  net: Net,
  acts: ReadonlyMap<string, CaseAct>,
  silent: boolean,
  shortest: number | null,
): VariantConformance {
  const { trace } = variant
  const kept =
    acts.size === 0 ? trace.map((_, event) => event) : trace.flatMap((each, at) => (acts.has(each) ? [] : [at]))
  const ended = trace.some((activity) => acts.get(activity)?.clock === 'ends')
  const judgedTrace = kept.map((event) => trace[event] as string)
  const alignment = aligner.align(judgedTrace, { unfinished: variant.unfinished || ended })
  if (alignment.kind !== 'aligned') {
    const counts = silent ? null : replay(net, judgedTrace)
    return { variant, fits: null, cost: null, moves: null, deviations: [], fitness: null, replay: counts }
  }
  const { cost, moves } = alignment
  const visible = Math.floor(cost / visibleCost)
  const most = judgedTrace.length + (shortest ?? 0)
  const inTrace = (move: Move): Move => ('event' in move ? { ...move, event: kept[move.event] as number } : move)
  const told = moves.map(inTrace)
  return {
    variant,
    fits: moves.every(({ kind }) => kind === 'synchronous' || kind === 'silent'),
    cost,
    moves: told,
    deviations: visible === 0 ? [] : readDeviations(told, trace, net),
    fitness: most === 0 ? 1 : Math.max(0, 1 - visible / most),
    replay: replay(net, judgedTrace, silent ? moves : null),
  }
}
