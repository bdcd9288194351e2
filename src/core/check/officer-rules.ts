// EM-15: one officer in steps that are to be kept apart, or fewer officers than a step needs.
import type { EventLog } from '../eventlog/event-log.ts'
import type { Zone } from '../worktime/zone.ts'
import type { Lack } from './facts.ts'
import type { OfficerReader } from './officers.ts'
import type { LeastOfficers } from './plan-terms.ts'
import { type Found, lacks, silent, type Verdict } from './result.ts'
import { codesOf, eventEvidence } from './trace-events.ts'

/** What the rule of officers reads. */
export interface OfficerContext {
  readonly log: EventLog
  readonly zone: Zone
  /** Null where the log has no column of officers. */
  readonly officers: OfficerReader | null
  /** Pairs of steps that one officer may not do both of; null where nobody states any. */
  readonly separate: readonly SeparatePair[] | null
  /** Steps that need several officers. */
  readonly least: readonly LeastMarks[]
  /** Whether the plan says how the log names several officers of one step. */
  readonly severalNamed: boolean
}

/** Two steps to keep apart, with the marks of their activities. */
export interface SeparatePair {
  readonly first: string
  readonly second: string
  readonly firstMarks: Uint8Array
  readonly secondMarks: Uint8Array
}

/** A step that needs several officers, with the marks of its activity. */
export interface LeastMarks extends LeastOfficers {
  readonly marks: Uint8Array
}

/** Every pair of every group of steps. */
export function separatePairs(log: EventLog, groups: readonly (readonly string[])[]): readonly SeparatePair[] {
  const marks = (step: string) => codesOf(log.activity, [step])
  return groups.flatMap((group) =>
    group.flatMap((first, i) =>
      group.slice(i + 1).map((second) => ({ first, second, firstMarks: marks(first), secondMarks: marks(second) })),
    ),
  )
}

/** The steps that need several officers, ready for a log. */
export const leastMarks = (log: EventLog, least: readonly LeastOfficers[]): readonly LeastMarks[] =>
  least.map((one) => ({ ...one, marks: codesOf(log.activity, [one.step]) }))

type Find = Omit<Found, 'index' | 'caseId' | 'says'>

/** What one half of the rule says of a case; `asked` tells whether the case has the steps that it is about. */
interface Half {
  readonly asked: boolean
  readonly found: readonly Find[]
  readonly lack: Lack | null
}

/** The rule `same-officer`; with `fewer`, also a step done by fewer officers than it needs. */
export function judgeOfficers(fewer: boolean, index: number, context: OfficerContext): Verdict {
  const { officers } = context
  const least = fewer ? context.least : []
  if (officers === null) return lacks({ fact: 'officer', detail: '' })
  if (context.separate === null && least.length === 0) return lacks({ fact: 'separated-steps', detail: '' })
  const halves = [
    sameOfficer(context.separate ?? [], index, context, officers),
    tooFew(least, index, context, officers),
  ]
  const found = halves.flatMap((half) => half.found)
  if (found.length > 0) return { kind: 'found', found }
  const lack = halves.find((half) => half.lack !== null)?.lack ?? null
  if (lack !== null) return lacks(lack)
  if (halves.some((half) => half.asked)) return silent
  return context.separate === null ? { kind: 'outside' } : lacks({ fact: 'both-steps', detail: '' })
}

function sameOfficer(
  pairs: readonly SeparatePair[],
  index: number,
  { log }: OfficerContext,
  officers: OfficerReader,
): Half {
  const from = log.caseStart[index] ?? 0
  const to = log.caseStart[index + 1] ?? from
  const found: Find[] = []
  let asked = false
  let unnamed = false
  for (const pair of pairs) {
    // The first event of each officer on either side; nobody counts as -1.
    const first = new Map<number, number>()
    const second = new Map<number, number>()
    for (let event = from; event < to; event++) {
      const activity = log.activity.codes[event] ?? -1
      const side = pair.firstMarks[activity] === 1 ? first : pair.secondMarks[activity] === 1 ? second : null
      if (side === null) continue
      const who = officers.of(event)
      for (const officer of who.length === 0 ? [-1] : who) if (!side.has(officer)) side.set(officer, event)
    }
    if (first.size === 0 || second.size === 0) continue
    asked = true
    unnamed ||= first.has(-1) || second.has(-1)
    const shared = [...first.keys()].find((officer) => officer >= 0 && second.has(officer))
    if (shared === undefined) continue
    found.push({
      subject: `${pair.first}+${pair.second}`,
      columns: {
        case: log.caseIds[index] ?? '',
        officer: officers.nameOf(shared),
        first: pair.first,
        second: pair.second,
      },
      evidence: [first.get(shared), second.get(shared)]
        .filter((event) => event !== undefined)
        .map((event) => eventEvidence(log, event)),
    })
  }
  return { asked, found, lack: unnamed ? { fact: 'officer', detail: '' } : null }
}

function tooFew(least: readonly LeastMarks[], index: number, context: OfficerContext, officers: OfficerReader): Half {
  const found: Find[] = []
  let asked = false
  let lack: Lack | null = null
  for (const one of least) {
    for (const run of runsOf(one.marks, index, context)) {
      asked = true
      const who = new Set(run.flatMap((event) => officers.of(event)))
      if (who.size >= one.least) continue
      if (run.some((event) => officers.of(event).length === 0)) lack ??= { fact: 'officer', detail: one.step }
      else if (!context.severalNamed) lack ??= { fact: 'several-officers', detail: one.step }
      else if (!found.some(({ subject }) => subject === `${one.step}<${one.least}`))
        found.push({
          subject: `${one.step}<${one.least}`,
          columns: { case: context.log.caseIds[index] ?? '', step: one.step, least: one.least, officers: who.size },
          evidence: run.map((event) => eventEvidence(context.log, event)),
          basis: one.basis ?? [],
          form: 'fewer',
        })
    }
  }
  return { asked, found, lack }
}

/**
 * The runs of a step in a case: its events follow each other without another step between, or fall on one day. Officers
 * who each enter their own row of one visit are counted together; a second visit has to have its own.
 */
function runsOf(marks: Uint8Array, index: number, { log, zone }: OfficerContext): readonly number[][] {
  const from = log.caseStart[index] ?? 0
  const to = log.caseStart[index + 1] ?? from
  const runs: number[][] = []
  const sameDay = (one: number, other: number) => {
    const [a, b] = [log.time[one] ?? Number.NaN, log.time[other] ?? Number.NaN]
    return !Number.isNaN(a) && !Number.isNaN(b) && zone.dayAt(a) === zone.dayAt(b)
  }
  for (let event = from; event < to; event++) {
    if (marks[log.activity.codes[event] ?? -1] !== 1) continue
    const before = runs.at(-1)?.at(-1)
    if (before !== undefined && (before === event - 1 || sameDay(before, event))) runs.at(-1)?.push(event)
    else runs.push([event])
  }
  return runs
}
