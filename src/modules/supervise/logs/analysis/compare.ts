import { caseDurations } from '../../../../core/eventlog/case-times.ts'
import { type Compared, compareViews, type DeviatingCases } from '../../../../core/eventlog/compare.ts'
import { eventsIn, type LogView } from '../../../../core/eventlog/log-view.ts'
import { saysDifference } from '../../../../core/eventlog/says-difference.ts'
import { unfinishedCases } from '../../../../core/procedure/unfinished.ts'
import type { DeviatingVariant, StatedFilter } from './question.ts'
import type { AnalysedLog } from './subject.ts'

/** One side of a comparison: the filter that was stated, and the cases that it leaves. */
interface Side {
  readonly filter: StatedFilter | null
  readonly view: LogView
}

/** So many differences are listed; how many were compared is said beside them. */
const LISTED = 200

/** Compares two sides, each difference with the filters that open its cases. */
export function compare(
  subject: AnalysedLog,
  a: Side,
  b: Side,
  conformance: { readonly judgedBy: string | null; readonly deviations: readonly DeviatingVariant[] },
): object {
  const endBy = a.filter?.endBy ?? b.filter?.endBy
  const found = compareViews(a.view, b.view, subject.zone, {
    ...(endBy === undefined ? {} : { endBy }),
    ...(conformance.judgedBy === null
      ? {}
      : { deviations: deviating(subject, a.view, b.view, conformance.deviations) }),
  })
  const both = new Set(a.view.cases)
  return {
    a: sideOf(a),
    b: sideOf(b),
    inBoth: b.view.cases.filter((c) => both.has(c)).length,
    judgedBy: conformance.judgedBy,
    compared: found.compared,
    differences: found.differences.slice(0, LISTED).map(({ compared, ...difference }) => ({
      kind: compared.kind,
      activity: 'activity' in compared ? compared.activity : null,
      to: 'to' in compared ? compared.to : null,
      deviation: compared.kind === 'deviation' ? `${compared.how}:${compared.step}` : null,
      ...difference,
      says: saysDifference({ compared, ...difference }),
      opens: opening(compared, a.filter ?? {}, b.filter ?? {}),
    })),
  }
}

const sideOf = ({ filter, view }: Side): object => ({
  filter,
  cases: view.cases.length,
  events: eventsIn(view),
  duration: caseDurations(view),
})

/** The filter of a side with what opens the cases of a difference; null where no filter can. */
function opening(compared: Compared, a: StatedFilter, b: StatedFilter): { a: StatedFilter; b: StatedFilter } | null {
  const each = (add: (filter: StatedFilter) => StatedFilter) => ({ a: add(a), b: add(b) })
  switch (compared.kind) {
    case 'duration':
    case 'events':
      return { a, b }
    case 'open':
      return each((filter) => ({ ...filter, outcome: 'open' }))
    case 'step':
    case 'waiting':
    case 'handling':
      return each((filter) => ({ ...filter, contains: [...(filter.contains ?? []), compared.activity] }))
    case 'start':
      return each((filter) => ({ ...filter, startsWith: [compared.activity] }))
    case 'end':
      return each((filter) => ({ ...filter, endsWith: [compared.activity] }))
    case 'rework':
      return each((filter) => ({ ...filter, repeats: [...(filter.repeats ?? []), compared.activity] }))
    case 'edge': {
      const step = { from: compared.activity, to: compared.to, how: 'directly' as const }
      return each((filter) => ({ ...filter, follows: [...(filter.follows ?? []), step] }))
    }
    case 'deviation':
      return null
  }
}

function deviating(
  subject: AnalysedLog,
  a: LogView,
  b: LogView,
  deviations: readonly DeviatingVariant[],
): { readonly a: DeviatingCases; readonly b: DeviatingCases } {
  const unfinished = unfinishedCases(subject.log)
  const keyOf = (variant: string, open: boolean): string => `${variant} ${open}`
  const known = new Map(deviations.map((one) => [keyOf(one.variant, one.unfinished), one.keys]))
  const count = ({ cases }: LogView): DeviatingCases => {
    const byKey = new Map<string, number>()
    let judged = 0
    for (const c of cases) {
      const keys = known.get(keyOf(subject.variantOf(c), unfinished[c] === 1))
      if (keys === undefined) continue
      judged++
      for (const key of keys) byKey.set(key, (byKey.get(key) ?? 0) + 1)
    }
    return { judged, byKey }
  }
  return { a: count(a), b: count(b) }
}
