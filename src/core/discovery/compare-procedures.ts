import type { LogView } from '../eventlog/log-view.ts'
import { variantsOf } from '../eventlog/variants.ts'
import { Aligner } from '../procedure/alignment.ts'
import { type BehaviouralProfile, behaviouralProfile, type OrderRelation } from '../procedure/behavioural-profile.ts'
import type { LogConformance } from '../procedure/log-conformance.ts'
import type { Net } from '../procedure/net.ts'
import type { CaseAct, Procedure, Step, StepLimit } from '../procedure/procedure.ts'
import { isRefusal, type Refusal } from '../refusal/refusal.ts'

/** Whether every run of a net does a step, some runs, or none; null where it could not be told within the limits. */
export type StepPresence = 'always' | 'sometimes' | 'never' | null

/** Two steps that two procedures order differently. */
export interface OrderDifference {
  /**
   * contrary: the practice does what the law rules out; looser: it leaves open what the law orders; stricter: it orders
   * or leaves out what the law leaves open, which breaks nothing.
   */
  readonly kind: 'contrary' | 'looser' | 'stricter'
  readonly a: string
  readonly b: string
  readonly practice: OrderRelation
  readonly law: OrderRelation
  /** Cases of the log that break the law's order of these two; null without a log. A drawing may allow what no case does. */
  readonly brokenBy: number | null
}

/** A step that the law's procedure does not let a case do without, or puts a limit on. */
export interface LegalDuty {
  readonly activity: string
  readonly mandatory: boolean
  readonly limit: StepLimit | null
  readonly basis: readonly string[]
  /** Mandatory is for cases of full length: the law's own net may let a case end before it. */
  readonly inLaw: StepPresence
  readonly inPractice: StepPresence
  /** Cases of the log without this step, for whatever reason; null without a log. */
  readonly lackedBy: number | null
  /** Cases that the law's procedure, by their optimal alignments, finds to have skipped it; null where it was not asked. */
  readonly skippedBy: number | null
}

/** What a comparison may count. */
export interface ComparedCases {
  readonly view: LogView
  /** How the log's cases keep to the law's procedure. */
  readonly byLaw: LogConformance
}

/** A proposed procedure beside a listed one. */
export interface ProcedureComparison {
  /** Steps that only the practice has, and whether the law lets them happen from anywhere as a case act. */
  readonly onlyInPractice: readonly { readonly activity: string; readonly caseAct: CaseAct['act'] | null }[]
  readonly onlyInLaw: readonly Step[]
  readonly common: readonly string[]
  readonly orders: readonly OrderDifference[]
  /** Pairs of common steps with the same order relation among all of them; null with fewer than two (Weidlich 2011). */
  readonly consistency: number | null
  readonly duties: readonly LegalDuty[]
}

/** Markings that are listed before a step's absence is sought along the net's arcs. */
const listedMarkings = 2000

/** Whether a net's runs all do a step, some or none. */
function presenceOf(net: Net, activity: string): StepPresence {
  if (!net.transitions.some(({ label }) => label === activity)) return 'never'
  const without = { ...net, transitions: net.transitions.filter(({ label }) => label !== activity) }
  const run = new Aligner(without, { maxMarkings: listedMarkings, maxStates: 200_000 }).align([])
  return run.kind === 'aligned' ? 'sometimes' : run.kind === 'no-end' ? 'always' : null
}

const differenceOf = (practice: OrderRelation, law: OrderRelation): OrderDifference['kind'] => {
  if (law === 'either-order' || (practice === 'exclusive' && law !== 'exclusive')) return 'stricter'
  return law !== 'exclusive' && practice === 'either-order' ? 'looser' : 'contrary'
}

const gravity = { contrary: 0, looser: 1, stricter: 2 } as const

/** How many cases show two activities the one before the other, and both at all. */
type CasesWith = (a: string, b: string) => { readonly forth: number; readonly back: number; readonly both: number }

/** Counts the cases of a log by pairs of activities. */
function pairCounts({ log, cases }: LogView, activities: readonly string[]): CasesWith {
  const { variants, ofCase } = variantsOf(log)
  const weights = new Int32Array(variants.length)
  for (const c of cases) weights[ofCase[c] as number] = (weights[ofCase[c] as number] as number) + 1
  const number = new Map(activities.map((activity, index) => [activity, index]))
  const own = Int32Array.from(log.activity.dictionary, (activity) => number.get(activity) ?? -1)
  const size = activities.length
  const [before, both] = [new Int32Array(size * size), new Int32Array(size * size)]
  for (const [index, { activities: codes }] of variants.entries()) {
    const weight = weights[index] as number
    if (weight === 0) continue
    const first = new Map<number, number>()
    const last = new Map<number, number>()
    codes.forEach((code, at) => {
      const activity = own[code] ?? -1
      if (activity < 0) return
      if (!first.has(activity)) first.set(activity, at)
      last.set(activity, at)
    })
    for (const [a, begins] of first) {
      for (const [b, ends] of last) {
        both[a * size + b] = (both[a * size + b] as number) + weight
        if (begins < ends) before[a * size + b] = (before[a * size + b] as number) + weight
      }
    }
  }
  return (a, b) => {
    const [x, y] = [number.get(a) as number, number.get(b) as number]
    return {
      forth: before[x * size + y] as number,
      back: before[y * size + x] as number,
      both: both[x * size + y] as number,
    }
  }
}

/** How many of the counted cases break an order relation of the law. */
function breaking(law: OrderRelation, counts: ReturnType<CasesWith>): number {
  switch (law) {
    case 'before':
      return counts.back
    case 'after':
      return counts.forth
    case 'exclusive':
      return counts.both
    case 'either-order':
      return 0
  }
}

/** The gravest first, those that most cases show first, else in the order of the law's steps. */
function differingOrders(
  common: readonly string[],
  practice: BehaviouralProfile,
  law: BehaviouralProfile,
  counts: CasesWith | null,
): { orders: OrderDifference[]; pairs: number } {
  const orders: OrderDifference[] = []
  let pairs = 0
  common.forEach((a, index) => {
    for (const b of common.slice(index + 1)) {
      pairs += 1
      const [own, listed] = [practice.relation(a, b), law.relation(a, b)]
      if (own === listed) continue
      const brokenBy = counts === null ? null : breaking(listed, counts(a, b))
      orders.push({ kind: differenceOf(own, listed), a, b, practice: own, law: listed, brokenBy })
    }
  })
  orders.sort((x, y) => gravity[x.kind] - gravity[y.kind] || (y.brokenBy ?? 0) - (x.brokenBy ?? 0))
  return { orders, pairs }
}

/** How many of the chosen cases skipped each step of the law's procedure. */
function skipping({ view, byLaw }: ComparedCases): ReadonlyMap<string, number> {
  const meant = new Set(view.cases)
  const skipped = new Map<string, number>()
  for (const { deviations, variant } of byLaw.variants) {
    const steps = new Set(deviations.flatMap((deviation) => (deviation.kind === 'skipped' ? [deviation.step] : [])))
    const count = steps.size === 0 ? 0 : variant.cases.filter((c) => meant.has(c)).length
    for (const step of steps) skipped.set(step, (skipped.get(step) ?? 0) + count)
  }
  return skipped
}

/** How many cases show none of an activity. */
function lacking({ log, cases }: LogView, activity: string): number {
  const code = log.activity.dictionary.indexOf(activity)
  let lacks = 0
  for (const c of cases) {
    const shown = code >= 0 && log.activity.codes.subarray(log.caseStart[c], log.caseStart[c + 1]).includes(code)
    if (!shown) lacks += 1
  }
  return lacks
}

/**
 * Compares a proposed procedure with a listed one: steps that only one has, common steps in another order, and what
 * becomes of the listed one's mandatory and limited steps. `counted`, where given, is the log's cases to count. Refusal:
 * `procedure.too-wide-to-compare`.
 */
export function compareProcedures(
  practice: Pick<Procedure, 'net'>,
  law: Pick<Procedure, 'net' | 'steps' | 'caseActs'>,
  counted: ComparedCases | null = null,
): ProcedureComparison | Refusal {
  const view = counted?.view ?? null
  const own = behaviouralProfile(practice.net)
  if (isRefusal(own)) return own
  const listed = behaviouralProfile(law.net)
  if (isRefusal(listed)) return listed
  const known = new Set(listed.activities)
  const done = new Set(own.activities)
  const acts = new Map(law.caseActs.map((act) => [act.activity, act.act]))
  const common = listed.activities.filter((activity) => done.has(activity))
  const skipped = counted === null ? null : skipping(counted)
  const { orders, pairs } = differingOrders(common, own, listed, view === null ? null : pairCounts(view, common))
  return {
    onlyInPractice: own.activities
      .filter((activity) => !known.has(activity))
      .map((activity) => ({ activity, caseAct: acts.get(activity) ?? null })),
    onlyInLaw: law.steps.filter(({ activity }) => !done.has(activity)),
    common,
    orders,
    consistency: pairs === 0 ? null : 1 - orders.length / pairs,
    duties: law.steps
      .filter(({ mandatory, limit }) => mandatory || limit !== null)
      .map(({ activity, mandatory, limit, basis }) => ({
        activity,
        mandatory,
        limit,
        basis,
        inLaw: presenceOf(law.net, activity),
        inPractice: presenceOf(practice.net, activity),
        lackedBy: view === null ? null : lacking(view, activity),
        skippedBy: skipped === null ? null : (skipped.get(activity) ?? 0),
      })),
  }
}
