// The example's cases: lawful variety, and irregularities whose list is handed out apart from the log.
import type { Day } from '../../../core/worktime/day.ts'
import { dateOf } from '../../../core/worktime/day.ts'
import { type PlantedRule, plantedRules } from '../case-file.ts'
import type { ExamplePower } from '../power-file.ts'
import type { Example } from '../read-example.ts'
import { type CaseShape, castOf, plainShape } from './case-shape.ts'
import { breachesOf } from './own-clock.ts'
import { writePermit } from './permit-case.ts'
import { type Irregularity, irregularities } from './plant.ts'
import { randomOf } from './random.ts'
import { writeShort } from './short-cases.ts'
import { type CaseDraft, type World, worldOf } from './world.ts'

/** What is to be generated. */
export interface GenerateOptions {
  readonly seed: number
  readonly cases: number
  /** False gives clean years: every case lawful. */
  readonly irregular: boolean
}

/** A case with its number. */
export interface GeneratedCase extends CaseDraft {
  readonly id: string
}

/** One line of the list of planted cases. */
export interface PlantedCase {
  readonly case: string
  readonly rule: PlantedRule
  readonly why: string
}

/** A generated log and, apart from it, what was planted. */
export interface GeneratedCases {
  readonly cases: readonly GeneratedCase[]
  readonly planted: readonly PlantedCase[]
}

/** How often one case may be begun anew before the terms count as impossible. */
const patience = 2000

/**
 * Generates cases. Equal options give equal cases. Each is checked against the generator's own clock: a lawful one
 * breaches nothing, a planted one breaches its rule and no other. Throws where the terms leave no room for a case.
 */
export function generateCases(example: Example, options: GenerateOptions): GeneratedCases {
  const world = worldOf(example, randomOf(options.seed))
  const orders = ordersOf(world, options)
  const drafts = orders.map((order) => ({ order, draft: untilItFits(order, world) }))
  drafts.sort((a, b) => begun(a.draft) - begun(b.draft))
  const planted: PlantedCase[] = []
  const cases = drafts.map(({ order, draft }, index) => {
    const day = dateOf(world.office.zone.dayAt(begun(draft))).replaceAll('-', '')
    const id = `${day}-${String(index + 1).padStart(5, '0')}`
    if (order !== null) planted.push({ case: id, rule: order.rule, why: order.why })
    return { ...draft, id }
  })
  return { cases, planted }
}

const begun = (draft: CaseDraft): number => draft.events[0]?.instant ?? 0

/** One entry a case: the irregularity that it carries, or null. */
function ordersOf(world: World, options: GenerateOptions): readonly (Irregularity | null)[] {
  const orders: (Irregularity | null)[] = []
  const { atLeast, perThousand } = world.terms.irregularities
  for (const rule of options.irregular ? plantedRules : []) {
    const ways = world.random.shuffled(irregularities.filter((one) => one.rule === rule))
    const count = Math.max(atLeast, Math.round((options.cases * (perThousand[rule] ?? 0)) / 1000))
    for (let i = 0; i < count; i++) orders.push(ways[i % ways.length] as Irregularity)
  }
  if (orders.length > options.cases) throw new RangeError(`${options.cases} cases have no room for ${orders.length}`)
  while (orders.length < options.cases) orders.push(null)
  return orders
}

function untilItFits(order: Irregularity | null, world: World): CaseDraft {
  for (let attempt = 0; attempt < patience; attempt++) {
    const draft = order === null ? lawful(world) : irregular(order, world)
    if (draft === null) continue
    const seen = { ...draft, events: draft.events.filter((event) => event.instant <= world.asOf) }
    if (seen.events.length === 0 || (order?.whole === true && seen.events.length < draft.events.length)) continue
    const breaches = breachesOf(seen, world)
    const wanted = order !== null && isClockRule(order.rule) ? [order.rule] : []
    if (breaches.size === wanted.length && wanted.every((rule) => breaches.has(rule))) return seen
  }
  throw new RangeError(`no room for a case with ${order?.why ?? 'nothing irregular'}`)
}

const isClockRule = (rule: PlantedRule): rule is 'EM-01' | 'EM-02' | 'EM-03' | 'EM-04' =>
  rule === 'EM-01' || rule === 'EM-02' || rule === 'EM-03' || rule === 'EM-04'

/** A working day of application; months differ. */
function receiptDay(world: World, from: Day = world.firstDay): Day {
  const { random, office, terms } = world
  const highest = Math.max(...terms.months)
  for (;;) {
    const day = random.between(from, world.today)
    const month = Number(dateOf(day).slice(5, 7))
    if (office.isWorking(day) && random.next() * highest < (terms.months[month - 1] ?? 1)) return day
  }
}

function irregular(order: Irregularity, world: World): CaseDraft | null {
  const { random } = world
  const power = random.weighted(world.powers)
  if (order.suits?.(power) === false || !power.caseKinds.includes('promised')) return null
  const organ = random.pick(power.organs)
  const own = castOf(world.staffOf(organ), world)
  const day = receiptDay(world, order.shape.decision === 'never' ? world.today - 70 : undefined)
  const draft = writePermit(power, organ, day, order.shape, order.cast?.(own) ?? own, world)
  if (draft === null || order.change === undefined) return draft
  const events = order.change(draft.events, world)
  return events === null ? null : { ...draft, events }
}

function lawful(world: World): CaseDraft | null {
  const { random, terms } = world
  const power = random.weighted(world.powers)
  const organ = random.pick(power.organs)
  const cast = castOf(world.staffOf(organ), world)
  const day = receiptDay(world)
  for (const kind of ['instant', 'commitment'] as const)
    if (power.caseKinds.includes(kind) && random.chance(terms.varieties[kind]))
      return writeShort(power, organ, kind, day, 'on-the-spot', cast, world)
  for (const [how, share] of [
    ['reject', terms.varieties.rejected],
    ['notNeeded', terms.varieties.notNeeded],
    ['otherBody', terms.varieties.otherBody],
    ['waiting', terms.varieties.waiting],
  ] as const)
    if (random.chance(share)) {
      // Who was told what is missing answers or gives up in time: only recent applicants still wait.
      const on = how === 'waiting' ? receiptDay(world, world.today - 14) : day
      return writeShort(power, organ, 'promised', on, how, cast, world)
    }
  const shape = lawfulShape(power, world)
  const draft = writePermit(power, organ, day, shape, cast, world)
  if (shape.decision !== 'last-moment' || draft === null) return draft
  // Where a calendar limit ends in a holiday the last day has moved on: a decision then is a near-miss worth having.
  const decided = draft.events.find((event) => event.name === 'grant')
  const moved = decided !== undefined && !world.office.isWorking(world.office.zone.dayAt(decided.instant) - 1)
  const wanted =
    power.promised.unit === 'calendar-day' && random.chance(terms.varieties.holidayEnd / terms.varieties.lastMoment)
  return wanted && !moved ? null : draft
}

/** A lawful shape, by the shares of the terms. */
function lawfulShape(power: ExamplePower, world: World): CaseShape {
  const { random } = world
  const { varieties } = world.terms
  const receipts = [
    { value: 'supplemented', weight: varieties.supplement },
    { value: 'corrected', weight: varieties.correct },
    { value: 'deemed', weight: varieties.deemed },
    { value: 'plain', weight: 1 - varieties.supplement - varieties.correct - varieties.deemed },
  ] as const
  const outcomes = [
    { value: 'refuse', weight: varieties.refused },
    { value: 'withdraw', weight: varieties.withdrawn },
    { value: 'grant', weight: 1 - varieties.refused - varieties.withdrawn },
  ] as const
  const extended = power.extension !== undefined && random.chance(varieties.extended)
  const outcome = extended ? 'grant' : random.weighted<CaseShape['outcome']>(outcomes)
  return {
    ...plainShape,
    receipt: random.weighted<CaseShape['receipt']>(receipts),
    special: power.special.length > 0 && random.chance(varieties.special) ? random.pick(power.special) : null,
    inspect: random.chance(varieties.inspect),
    interested: random.chance(varieties.interested),
    extended: extended ? 'in-time' : null,
    decision: outcome === 'grant' && random.chance(varieties.lastMoment) ? 'last-moment' : 'within',
    outcome,
  }
}
