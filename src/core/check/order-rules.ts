// Rules of kind `order` that are predicates over the deviations which conformance publishes.
import { type EventLog, textAt } from '../eventlog/event-log.ts'
import type { CaseConformance, Deviation } from '../procedure/deviation.ts'
import type { Rule } from './check-file.ts'
import { lacks, silent, type Verdict } from './result.ts'
import { type Evidence, eventEvidence } from './trace-events.ts'

/** A log's alignment with its procedure; positions in it are those of the case's events. */
export interface Conformance {
  readonly ofCase: (index: number) => CaseConformance
  /** Label of a transition; null where it is silent. */
  readonly labelOf: (transition: number) => string | null
}

/** What the rules of kind `order` read. */
export interface OrderContext {
  readonly log: EventLog
  readonly conformance: Conformance | null
  readonly mandatory: ReadonlySet<string> | null
}

/**
 * The steps that were passed over: a step counts as missing only once a later step of the procedure has happened, so
 * that an open case is not blamed for what it has not reached.
 */
function passedOver(conformance: CaseConformance, labelOf: Conformance['labelOf']): ReadonlySet<string> {
  const moves = conformance.moves ?? []
  const last = moves.findLastIndex((move) => move.kind === 'synchronous')
  const missing = new Set<string>()
  moves.slice(0, Math.max(0, last)).forEach((move) => {
    const label = move.kind === 'model' ? labelOf(move.transition) : null
    if (label !== null) missing.add(label)
  })
  return missing
}

const referenceOf = (one: Deviation): string => {
  if (one.kind === 'order') return one.expectedAfter
  return one.kind === 'skipped' ? (one.after ?? '') : ''
}

/** EM-09 and EM-10 are rules of this form. */
export function judgeDeviation(rule: Rule & { judge: 'deviation' }, index: number, context: OrderContext): Verdict {
  const { conformance } = context
  if (conformance === null) return lacks({ fact: 'procedure', detail: '' })
  if (rule.mandatory && context.mandatory === null) return lacks({ fact: 'mandatory-steps', detail: '' })
  const one = conformance.ofCase(index)
  if (one.fits === null) return lacks({ fact: 'alignment', detail: '' })
  const missing = passedOver(one, conformance.labelOf)
  const found = one.deviations
    .filter((deviation) => (rule.kinds as readonly string[]).includes(deviation.kind))
    .filter((deviation) => !rule.mandatory || context.mandatory?.has(deviation.step) === true)
    .filter((deviation) => deviation.kind !== 'skipped' || missing.has(deviation.step))
    .map((deviation) => ({
      subject: `${deviation.kind}:${deviation.step}:${referenceOf(deviation)}`,
      columns: { case: context.log.caseIds[index] ?? '', step: deviation.step, reference: referenceOf(deviation) },
      evidence: evidenceOf(deviation, index, context.log),
    }))
  const distinct = [...new Map(found.map((entry) => [entry.subject, entry])).values()]
  return distinct.length === 0 ? silent : { kind: 'found', found: distinct }
}

/** The events that a deviation is about; a step that is missing shows the events around its place. */
function evidenceOf(one: Deviation, index: number, log: EventLog): readonly Evidence[] {
  const from = log.caseStart[index] ?? 0
  const to = log.caseStart[index + 1] ?? from
  if ('events' in one) return one.events.map((position) => eventEvidence(log, from + position))
  for (let event = to - 1; event >= from; event--)
    if (one.kind === 'skipped' && textAt(log.activity, event) === one.after)
      return [event, event + 1].filter((near) => near < to).map((near) => eventEvidence(log, near))
  return from < to ? [eventEvidence(log, from)] : []
}
