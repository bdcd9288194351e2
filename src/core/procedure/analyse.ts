import type { EventLog } from '../eventlog/event-log.ts'
import type { AlignmentLimits } from './alignment.ts'
import { type LogConformance, nothingHappened, sumUp } from './log-conformance.ts'
import type { Net } from './net.ts'
import type { CaseAct } from './procedure.ts'
import { TraceJudge, type TraceVerdict } from './trace-judge.ts'
import { type Variant, variantsOf } from './variants.ts'
import { workOrder } from './work-order.ts'

export interface AnalyseOptions extends AlignmentLimits {
  /** Acts that may happen from anywhere: they are no deviation, and after one that ends a case nothing more is demanded. */
  readonly caseActs?: readonly CaseAct[]
  /** Cases still under way: what the procedure would still demand is not demanded of them. */
  readonly unfinished?: (caseIndex: number) => boolean
  /** Called after each variant with how many cases are judged so far. */
  readonly onProgress?: (judged: number, cases: number) => void
}

/**
 * Judges every case of a log by a net, in this thread: optimal alignment, replay, fitness and deviations. Each variant is
 * judged once, and the result for one does not depend on the others.
 */
export function analyse(log: EventLog, net: Net, options: AnalyseOptions = {}): LogConformance {
  const variants = variantsOf(log, options.unfinished)
  const judge = new TraceJudge({ net, caseActs: options.caseActs ?? [] }, options)
  const nothing = judge.judge(nothingHappened.trace, nothingHappened.unfinished)
  const verdicts: TraceVerdict[] = new Array(variants.length)
  let done = 0
  for (const place of workOrder(variants)) {
    const { trace, unfinished, cases } = variants[place] as Variant
    verdicts[place] = judge.judge(trace, unfinished)
    done += cases.length
    options.onProgress?.(done, log.caseIds.length)
  }
  return sumUp(log.caseIds.length, variants, verdicts, nothing)
}
