import { visibleCost } from '../../../core/procedure/state-graph.ts'
import type { TraceVerdict, UnsolvedWhy } from '../../../core/procedure/trace-judge.ts'
import type { Variant } from '../../../core/procedure/variants.ts'

/** How far the judging of a log has come, in cases. */
export interface JudgingProgress {
  /** Cases that nothing more will be found out about. */
  readonly judged: number
  readonly cases: number
  /** Cases whose cost is not known so far. */
  readonly unsolved: number
  /** Over these cases, how many visible deviations lie between the bounds of their costs. */
  readonly gap: number
}

/** The verdicts of a log as they come in, the best known of each trace, and what they add up to so far. */
export class JudgingTally {
  readonly #variants: readonly Variant[]
  readonly #cases: number
  readonly #tell: ((now: JudgingProgress) => void) | undefined
  readonly #verdicts: (TraceVerdict | undefined)[]
  #judged = 0
  #unsolved = 0
  #gap = 0

  constructor(variants: readonly Variant[], cases: number, tell: ((now: JudgingProgress) => void) | undefined) {
    this.#variants = variants
    this.#cases = cases
    this.#tell = tell
    this.#verdicts = new Array(variants.length)
  }

  /** One verdict per variant, once each has been asked for. */
  get verdicts(): readonly (TraceVerdict | undefined)[] {
    return this.#verdicts
  }

  /** Takes a verdict in; of two that leave a trace unsolved, the bounds of both hold. */
  take(at: number, verdict: TraceVerdict): void {
    const before = this.#verdicts[at]
    if (before !== undefined) this.#count(before, at, -1)
    const best = before === undefined ? verdict : better(before, verdict)
    this.#verdicts[at] = best
    this.#count(best, at, 1)
    this.#say()
  }

  /** The variants that met one limit. */
  unsolvedBy(why: UnsolvedWhy): number[] {
    return this.#verdicts.flatMap((verdict, at) => (verdict?.kind === 'unsolved' && verdict.why === why ? [at] : []))
  }

  /** Nothing more will be asked. */
  end(): void {
    this.#judged = this.#cases
    this.#say()
  }

  #count(verdict: TraceVerdict, at: number, sign: 1 | -1): void {
    const count = sign * (this.#variants[at]?.cases.length ?? 0)
    if (verdict.kind !== 'unsolved') {
      this.#judged += count
      return
    }
    this.#unsolved += count
    if (verdict.why === 'states' || verdict.why === 'defect') this.#judged += count
    this.#gap += count * Math.floor(((verdict.upper ?? verdict.lower) - verdict.lower) / visibleCost)
  }

  #say(): void {
    this.#tell?.({ judged: this.#judged, cases: this.#cases, unsolved: this.#unsolved, gap: this.#gap })
  }
}

function better(before: TraceVerdict, now: TraceVerdict): TraceVerdict {
  if (before.kind !== 'unsolved' || now.kind !== 'unsolved') return now
  const uppers = [before.upper, now.upper].filter((upper) => upper !== null)
  const upper = uppers.length === 0 ? null : Math.min(...uppers)
  return { ...now, lower: Math.max(before.lower, now.lower), upper }
}
