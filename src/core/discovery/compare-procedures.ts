import type { LogView } from '../eventlog/log-view.ts'
import { Aligner } from '../procedure/alignment.ts'
import { type BehaviouralProfile, behaviouralProfile, type OrderRelation } from '../procedure/behavioural-profile.ts'
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
}

/** A step that the law's procedure does not let a case do without, or puts a limit on. */
export interface LegalDuty {
  readonly activity: string
  readonly mandatory: boolean
  readonly limit: StepLimit | null
  readonly basis: readonly string[]
  readonly inPractice: StepPresence
  /** Cases of the log without this step; null without a log. */
  readonly lackedBy: number | null
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

/** The gravest first, each kind in the order of the law's steps. */
function differingOrders(
  common: readonly string[],
  practice: BehaviouralProfile,
  law: BehaviouralProfile,
): { orders: OrderDifference[]; pairs: number } {
  const orders: OrderDifference[] = []
  let pairs = 0
  common.forEach((a, index) => {
    for (const b of common.slice(index + 1)) {
      pairs += 1
      const [own, listed] = [practice.relation(a, b), law.relation(a, b)]
      if (own !== listed) orders.push({ kind: differenceOf(own, listed), a, b, practice: own, law: listed })
    }
  })
  return { orders: orders.sort((x, y) => gravity[x.kind] - gravity[y.kind]), pairs }
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
 * becomes of the listed one's mandatory and limited steps. `view`, where given, is the log's cases to count. Refusal:
 * `procedure.too-wide-to-compare`.
 */
export function compareProcedures(
  practice: Pick<Procedure, 'net'>,
  law: Pick<Procedure, 'net' | 'steps' | 'caseActs'>,
  view: LogView | null = null,
): ProcedureComparison | Refusal {
  const own = behaviouralProfile(practice.net)
  if (isRefusal(own)) return own
  const listed = behaviouralProfile(law.net)
  if (isRefusal(listed)) return listed
  const known = new Set(listed.activities)
  const done = new Set(own.activities)
  const acts = new Map(law.caseActs.map((act) => [act.activity, act.act]))
  const common = listed.activities.filter((activity) => done.has(activity))
  const { orders, pairs } = differingOrders(common, own, listed)
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
        inPractice: presenceOf(practice.net, activity),
        lackedBy: view === null ? null : lacking(view, activity),
      })),
  }
}
