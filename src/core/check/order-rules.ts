// The rules of kind `order`: predicates over the deviations that conformance publishes, and over who did which step.
import { type EventLog, textAt } from '../eventlog/event-log.ts'
import type { CaseConformance, Deviation } from '../procedure/deviation.ts'
import type { Rule } from './check-file.ts'
import { lacks, silent, type Verdict } from './result.ts'
import { codesOf, type Evidence, eventEvidence } from './trace-events.ts'

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
  /** Pairs of steps that one officer may not do both of. */
  readonly separate: readonly SeparatePair[] | null
}

/** Two steps to keep apart, with the marks of their activities. */
export interface SeparatePair {
  readonly first: string
  readonly second: string
  readonly firstMarks: Uint8Array
  readonly secondMarks: Uint8Array
}

/** Every pair of every group of steps. */
export function separatePairs(log: EventLog, groups: readonly (readonly string[])[]): readonly SeparatePair[] {
  const pairs: SeparatePair[] = []
  for (const group of groups)
    group.forEach((first, i) => {
      for (const second of group.slice(i + 1))
        pairs.push({
          first,
          second,
          firstMarks: codesOf(log.activity, [first]),
          secondMarks: codesOf(log.activity, [second]),
        })
    })
  return pairs
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

/** EM-15: one officer in both of two steps that are to be kept apart. */
export function judgeSameOfficer(index: number, context: OrderContext): Verdict {
  const officers = context.log.eventAttributes.get('officer')
  if (officers === undefined) return lacks({ fact: 'officer', detail: '' })
  if (context.separate === null) return lacks({ fact: 'separated-steps', detail: '' })
  const from = context.log.caseStart[index] ?? 0
  const to = context.log.caseStart[index + 1] ?? from
  let both = false
  let unnamed = false
  const found: { subject: string; columns: Record<string, string>; evidence: Evidence[] }[] = []
  for (const pair of context.separate) {
    const first = new Map<number, number>()
    const second = new Map<number, number>()
    let pairUnnamed = false
    for (let event = from; event < to; event++) {
      const activity = context.log.activity.codes[event] ?? -1
      const officer = officers.codes[event] ?? -1
      const side = pair.firstMarks[activity] === 1 ? first : pair.secondMarks[activity] === 1 ? second : null
      if (side === null) continue
      if (officer < 0) pairUnnamed = true
      if (!side.has(officer)) side.set(officer, event)
    }
    if (first.size === 0 || second.size === 0) continue
    both = true
    unnamed ||= pairUnnamed
    const shared = [...first.keys()].find((officer) => officer >= 0 && second.has(officer))
    if (shared === undefined) continue
    found.push({
      subject: `${pair.first}+${pair.second}`,
      columns: {
        case: context.log.caseIds[index] ?? '',
        officer: officers.dictionary[shared] ?? '',
        first: pair.first,
        second: pair.second,
      },
      evidence: [first.get(shared), second.get(shared)]
        .filter((event) => event !== undefined)
        .map((event) => eventEvidence(context.log, event)),
    })
  }
  if (found.length > 0) return { kind: 'found', found }
  if (!both) return lacks({ fact: 'both-steps', detail: '' })
  return unnamed ? lacks({ fact: 'officer', detail: '' }) : silent
}
