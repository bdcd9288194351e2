import type { LogView } from '../../../../core/eventlog/log-view.ts'
import type { Deviation } from '../../../../core/procedure/deviation.ts'
import { unfinishedCases } from '../../../../core/procedure/unfinished.ts'
import type { AnalysedLog } from './subject.ts'

/** A deviation of a variant: under the key that opens its cases, and how often it is in each of them. */
export interface VerdictDeviation {
  readonly key: string
  readonly kind: Deviation['kind']
  readonly step: string
  /** The step's element on the diagram; null for what the procedure does not know. */
  readonly element: string | null
  readonly events: number
}

/** What conformance to a procedure said of one variant; those still under way are judged apart. */
export interface Verdict {
  readonly variant: string
  readonly unfinished: boolean
  readonly fits: boolean | null
  readonly deviations: readonly VerdictDeviation[]
}

/** Which cases of a judged log are meant: by how they keep to the procedure, or by one deviation. */
export interface Kept {
  readonly fits?: 'fitting' | 'deviating' | 'unsolved' | undefined
  readonly deviation?: string | undefined
}

const keyOf = (variant: string, unfinished: boolean): string => `${variant} ${unfinished}`

/** Finds the verdict of each case of a log. */
function verdictsOf(subject: AnalysedLog, verdicts: readonly Verdict[]): (c: number) => Verdict | undefined {
  const known = new Map(verdicts.map((verdict) => [keyOf(verdict.variant, verdict.unfinished), verdict]))
  const unfinished = unfinishedCases(subject.log)
  return (c) => known.get(keyOf(subject.variantOf(c), unfinished[c] === 1))
}

/** How the cases of a view keep to the procedure, and each deviation with its cases and events, most cases first. */
export function judgedIn(subject: AnalysedLog, { cases }: LogView, verdicts: readonly Verdict[]): object {
  const verdictOf = verdictsOf(subject, verdicts)
  const counts = new Map<string, Omit<VerdictDeviation, 'events'> & { cases: number; events: number }>()
  let [fitting, deviating, unsolved, unjudged] = [0, 0, 0, 0]
  for (const c of cases) {
    const verdict = verdictOf(c)
    if (verdict === undefined) unjudged++
    else if (verdict.fits === null) unsolved++
    else if (verdict.fits) fitting++
    else deviating++
    for (const { events, ...deviation } of verdict?.deviations ?? []) {
      const count = counts.get(deviation.key) ?? { ...deviation, cases: 0, events: 0 }
      count.cases++
      count.events += events
      counts.set(deviation.key, count)
    }
  }
  const deviations = [...counts.values()].sort((a, b) => b.cases - a.cases || (a.key < b.key ? -1 : 1))
  return { fitting, deviating, unsolved, unjudged, deviations }
}

/** The cases of a view that keep to the procedure in the way asked for. */
export function keptIn(
  subject: AnalysedLog,
  view: LogView,
  verdicts: readonly Verdict[],
  { fits, deviation }: Kept,
): LogView {
  const verdictOf = verdictsOf(subject, verdicts)
  const wanted = { fitting: true, deviating: false, unsolved: null } as const
  return {
    log: view.log,
    cases: view.cases.filter((c) => {
      const verdict = verdictOf(c)
      if (verdict === undefined) return false
      if (fits !== undefined && verdict.fits !== wanted[fits]) return false
      return deviation === undefined || verdict.deviations.some(({ key }) => key === deviation)
    }),
  }
}
