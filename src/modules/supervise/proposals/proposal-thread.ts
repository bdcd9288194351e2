// Proposes a procedure from a log, or compares one with a listed procedure, in a thread of its own.
import { parentPort, workerData } from 'node:worker_threads'
import { compareProcedures, type ProcedureComparison } from '../../../core/discovery/compare-procedures.ts'
import { discover, type Proposal } from '../../../core/discovery/discover.ts'
import type { LogView } from '../../../core/eventlog/log-view.ts'
import { analyse } from '../../../core/procedure/analyse.ts'
import type { LogConformance } from '../../../core/procedure/log-conformance.ts'
import type { Procedure } from '../../../core/procedure/procedure.ts'
import { isRefusal, type Refusal } from '../../../core/refusal/refusal.ts'

/** What the thread is given. */
export type ProposalTask = {
  readonly view: LogView
  /** 1 for a case that is still under way. */
  readonly unfinished: Uint8Array
  /** Most seconds of judging cases by one net. */
  readonly seconds: number
} & (
  | { readonly kind: 'discover'; readonly name: string; readonly noise: number }
  | { readonly kind: 'compare'; readonly practice: Procedure; readonly law: Procedure }
)

/** How many ended cases follow a procedure. */
export type Following = Pick<LogConformance, 'cases' | 'fitting' | 'deviating' | 'unsolved'>

/** A comparison with the cases that follow each side. */
export interface CountedComparison extends ProcedureComparison {
  readonly practice: Following
  readonly law: Following
}

/** What the thread says: how far it is, and in the end what it found. */
export type ProposalWord =
  | { readonly kind: 'judged'; readonly judged: number; readonly cases: number }
  | { readonly kind: 'proposed'; readonly proposal: Omit<Proposal, 'tree' | 'diagram'> | Refusal }
  | { readonly kind: 'compared'; readonly comparison: CountedComparison | Refusal }

const say = (word: ProposalWord): void => parentPort?.postMessage(word)
const task = workerData as ProposalTask

let saidAt = 0
const onProgress = (judged: number, cases: number): void => {
  if (performance.now() - saidAt < 100 && judged < cases) return
  saidAt = performance.now()
  say({ kind: 'judged', judged, cases })
}

/** True once the seconds of one piece of judging are over. */
function deadline(): () => boolean {
  const end = performance.now() + task.seconds * 1000
  return () => performance.now() > end
}

const isOpen = (c: number): boolean => task.unfinished[c] === 1

const judgedBy = ({ net, caseActs }: Procedure): LogConformance =>
  analyse(task.view.log, net, { caseActs, unfinished: isOpen, expired: deadline(), onProgress })

/** How many of some cases follow, by what all were judged to do. */
function following(judged: LogConformance, { cases }: LogView): Following {
  const meant = new Set(cases)
  const counts = { cases: 0, fitting: 0, deviating: 0, unsolved: 0 }
  for (const { variant, fits } of judged.variants) {
    const count = variant.cases.filter((c) => meant.has(c)).length
    counts.cases += count
    counts[fits === null ? 'unsolved' : fits ? 'fitting' : 'deviating'] += count
  }
  return counts
}

if (task.kind === 'discover') {
  const { name, noise, view } = task
  const proposal = discover(view, { name, noise, unfinished: isOpen, expired: deadline(), onProgress })
  if (isRefusal(proposal)) say({ kind: 'proposed', proposal })
  else {
    const { bpmn, cases, quality } = proposal
    say({ kind: 'proposed', proposal: { bpmn, cases, quality } })
  }
} else {
  const { practice, law, view } = task
  const byLaw = judgedBy(law)
  const ended = { log: view.log, cases: view.cases.filter((c) => !isOpen(c)) }
  const comparison = compareProcedures(practice, law, { view: ended, byLaw })
  if (isRefusal(comparison)) say({ kind: 'compared', comparison })
  else {
    const counts = { practice: following(judgedBy(practice), ended), law: following(byLaw, ended) }
    say({ kind: 'compared', comparison: { ...comparison, ...counts } })
  }
}
