// Judges a log in a thread that keeps others at work: gets a ConformanceTask, answers with ConformanceWords.
import { parentPort, workerData } from 'node:worker_threads'
import type { EventLog } from '../../../core/eventlog/event-log.ts'
import type { CaseConformance } from '../../../core/procedure/deviation.ts'
import type { LogConformance, VariantConformance } from '../../../core/procedure/log-conformance.ts'
import type { Net } from '../../../core/procedure/net.ts'
import type { JudgingTerms } from '../../../core/procedure/trace-judge.ts'
import {
  countDeviations,
  countElements,
  type DeviationCount,
  deviationKey,
  type ElementCount,
} from '../conformance/count-deviations.ts'
import { type JudgingLimits, judgeCases } from '../conformance/judge-cases.ts'
import type { JudgingProgress } from '../conformance/judging-tally.ts'
import type { PathMove } from './tables.ts'
import { variantName } from './variant-name.ts'

/** What the thread is given: everything that judging needs, and nothing that reaches the store. */
export interface ConformanceTask {
  readonly log: EventLog
  readonly terms: JudgingTerms
  readonly limits: JudgingLimits
  /** 1 for a case that is still under way. */
  readonly unfinished: Uint8Array
}

/** What is kept of a variant; `deviations` and `path` are JSON already. */
export interface KeptVariant {
  readonly variant: string
  readonly unfinished: boolean
  readonly fits: boolean | null
  readonly cost: number | null
  readonly lower: number | null
  readonly upper: number | null
  readonly why: VariantConformance['why']
  readonly keys: readonly string[]
  readonly deviations: string
  readonly path: string
}

/** What is kept of the log. */
export interface KeptConformance
  extends Pick<
    LogConformance,
    'cases' | 'fitting' | 'deviating' | 'unsolved' | 'unsolvedBy' | 'noEnd' | 'fitness' | 'fitnessBounds'
  > {
  readonly deviations: readonly DeviationCount[]
  readonly elements: readonly ElementCount[]
}

/** What the thread says: how far it is, what defects it met, and in the end what was found. */
export type ConformanceWord =
  | { readonly kind: 'judged'; readonly now: JudgingProgress }
  | { readonly kind: 'defect'; readonly error: unknown }
  | { readonly kind: 'variants'; readonly variants: readonly KeptVariant[] }
  | { readonly kind: 'ended'; readonly conformance: KeptConformance }

/** Variants told at a time. */
const piece = 200
/** Progress is told no oftener than this. */
const everyMs = 100

const say = (word: ConformanceWord): void => parentPort?.postMessage(word)

function pathOf(net: Net, moves: CaseConformance['moves']): PathMove[] {
  return (moves ?? []).map((move): PathMove => {
    const element = move.kind === 'log' ? null : (net.transitions[move.transition]?.element ?? null)
    return [element, move.kind, 'event' in move ? move.event : null]
  })
}

function keptVariant(net: Net, judged: VariantConformance): KeptVariant {
  const { variant, fits, cost, bounds, why, deviations, moves } = judged
  return {
    variant: variantName(variant.trace),
    unfinished: variant.unfinished,
    fits,
    cost,
    lower: bounds?.lower ?? null,
    upper: bounds?.upper ?? null,
    why,
    keys: [...new Set(deviations.map(deviationKey))],
    deviations: JSON.stringify(deviations),
    path: JSON.stringify(pathOf(net, moves)),
  }
}

const { log, terms, limits, unfinished } = workerData as ConformanceTask
let saidAt = Number.NEGATIVE_INFINITY
const result = await judgeCases(log, terms, limits, {
  unfinished: (c) => unfinished[c] === 1,
  onProgress: (now) => {
    if (performance.now() - saidAt < everyMs && now.judged < now.cases) return
    saidAt = performance.now()
    say({ kind: 'judged', now })
  },
  onDefect: (error) => say({ kind: 'defect', error }),
})
for (let from = 0; from < result.variants.length; from += piece) {
  const variants = result.variants.slice(from, from + piece).map((judged) => keptVariant(terms.net, judged))
  say({ kind: 'variants', variants })
}
const { cases, fitting, deviating, unsolved, unsolvedBy, noEnd, fitness, fitnessBounds } = result
say({
  kind: 'ended',
  conformance: {
    cases,
    fitting,
    deviating,
    unsolved,
    unsolvedBy,
    noEnd,
    fitness,
    fitnessBounds,
    deviations: countDeviations(result),
    elements: countElements(result, terms.net),
  },
})
