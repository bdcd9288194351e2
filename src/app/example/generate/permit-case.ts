// One case of an ordinary permit, written from application to archive along its procedure.
import type { Day } from '../../../core/worktime/day.ts'
import type { ExamplePower } from '../power-file.ts'
import type { CaseShape, Cast, DecisionTime } from './case-shape.ts'
import { lastLawfulDay } from './last-day.ts'
import { ownClock } from './own-clock.ts'
import { receive, specialOf } from './receipt.ts'
import type { CaseDraft, CaseEvent, World } from './world.ts'

/**
 * Writes a promised case of a shape, received on a working day; null where the shape finds no room in it. Events may lie
 * beyond the instant at which the log is taken.
 */
export function writePermit(
  power: ExamplePower,
  organ: string,
  receivedOn: Day,
  shape: CaseShape,
  cast: Cast,
  world: World,
): CaseDraft | null {
  const { office, random, terms } = world
  const draft = (events: readonly CaseEvent[]): CaseDraft => ({
    power,
    organ,
    region: world.regionOf(organ),
    kind: 'promised',
    events,
  })
  const opening = receive(receivedOn, shape, cast, world)
  if (opening === null) return null
  const accepted = opening.at(-1) as CaseEvent

  const special = shape.special === null ? [] : specialOf(power, accepted, shape.special, cast, world)
  if (special === null) return null
  const clock = ownClock(draft([...opening, ...special]), world)
  if (clock === null) return null

  // The decision's day first: everything else has to find its place before it.
  let { promisedLast, statutoryLast } = clock
  const extension: CaseEvent[] = []
  if (shape.extended !== null) {
    const from = special.at(-1)?.instant ?? accepted.instant
    const day = shape.extended === 'in-time' ? promisedLast : office.after(statutoryLast, 1)
    const instant =
      shape.extended === 'in-time'
        ? office.spread(from, office.at(day, 16 * 60), 1, random)?.[0]
        : office.during(day, random)
    if (instant === undefined) return null
    extension.push({ name: 'extend', instant, officer: cast.head, note: random.pick(terms.notes.extended) })
    const longer = ownClock(draft([...opening, ...special, ...extension]), world)
    if (longer === null) return null
    if (shape.extended === 'in-time') ({ promisedLast, statutoryLast } = longer)
  }
  const settled = [...special, ...extension].reduce((last, event) => Math.max(last, event.instant), accepted.instant)
  const decided = decisionInstant(shape.decision, settled, promisedLast, statutoryLast, world)
  if (decided === null) return null

  const reviewLast =
    power.review && lastLawfulDay(office.zone.dayAt(accepted.instant), power.review, clock.pauses, office)
  const middle = work(shape, accepted.instant, special, decided, reviewLast, cast, world)
  if (middle === null) return null
  const before = [...opening, ...middle, ...special, ...extension].sort((a, b) => a.instant - b.instant)
  if (shape.outcome === 'withdraw') {
    const [instant] = office.spread(accepted.instant, decided, 1, random) ?? []
    if (instant === undefined) return null
    const withdrawn: CaseEvent = {
      name: 'withdraw',
      instant,
      officer: null,
      note: random.pick(terms.notes.withdrawn),
    }
    return draft([...before.filter((event) => event.instant < instant), withdrawn])
  }
  return draft([...before, ...conclude(shape, decided, cast, world)])
}

function decisionInstant(
  when: DecisionTime,
  settled: number,
  promisedLast: Day,
  statutoryLast: Day,
  world: World,
): number | null {
  const { office, random } = world
  const settledOn = office.zone.dayAt(settled)
  const among = (after: Day, through: Day, early: number): number | null => {
    const days = office.between(after, through)
    if (days < 1) return null
    const place = early + (1 - early) * Math.max(random.next(), random.next())
    return office.during(office.after(after, Math.min(days, 1 + Math.floor(place * days))), random)
  }
  switch (when) {
    case 'within':
      return among(settledOn, promisedLast, 0.1) ?? office.later(settled, random.between(60, 180), random)
    case 'last-moment':
      return office.at(promisedLast, random.chance(0.5) ? 17 * 60 + 29 : random.between(18 * 60, 23 * 60 + 58))
    case 'past-promise':
      return among(Math.max(promisedLast, settledOn), statutoryLast, 0)
    case 'past-statute': {
      const after = Math.max(statutoryLast, settledOn)
      return office.during(office.after(after, random.chance(0.3) ? 1 : random.between(1, 12)), random)
    }
    case 'never':
      return world.asOf + 86_400_000
  }
}

/** What the body does between acceptance and decision. */
function work(
  shape: CaseShape,
  accepted: number,
  special: readonly CaseEvent[],
  decided: number,
  reviewLast: Day | undefined,
  cast: Cast,
  world: World,
): CaseEvent[] | null {
  const { office, random } = world
  const [begin, end] = [special[0]?.instant, special[1]?.instant]
  const names: CaseEvent['name'][] = ['review']
  if (shape.inspect) names.push('inspect')
  if (shape.interested) names.push('tellInterested', 'hear')
  const ceiling = begin ?? decided
  // A plain review finds its place within the body's own limit; a late one only after it.
  const bound = reviewLast === undefined ? ceiling : Math.min(ceiling, office.at(reviewLast, 17 * 60 + 30))
  const early = Math.min(bound, office.later(accepted, Math.max(names.length + 2, random.between(60, 900)), random))
  const floor = shape.reviewLate && reviewLast !== undefined ? office.at(reviewLast, 23 * 60 + 59) : accepted
  const reviewed = office.spread(floor, shape.reviewLate ? ceiling : early, 1, random)?.[0]
  if (reviewed === undefined) return null
  const rest = office.spread(reviewed, ceiling, names.length - 1 + (end === undefined ? 1 : 0), random)
  if (rest === null) return null
  const checked = end === undefined ? rest.at(-1) : office.spread(end, decided, 1, random)?.[0]
  if (checked === undefined) return null
  const instants = [reviewed, ...rest]
  const events = names.map((name, i): CaseEvent => {
    const event = { name, instant: instants[i] as number, officer: cast.review }
    return name === 'inspect' ? { ...event, partner: cast.partner } : event
  })
  return [...events, { name: 'check', instant: checked, officer: cast.chief }]
}

/** The decision and what follows it. */
function conclude(shape: CaseShape, decided: number, cast: Cast, world: World): CaseEvent[] {
  const { office, random, terms } = world
  const on = office.zone.dayAt(decided)
  const soonAfter = () => office.during(office.after(on, random.between(1, 8)), random)
  if (shape.outcome === 'refuse') {
    const delivered = soonAfter()
    return [
      { name: 'refuse', instant: decided, officer: cast.head, note: random.pick(terms.notes.refused) },
      { name: 'deliverRefusal', instant: delivered, officer: cast.window },
      { name: 'archive', instant: archived(delivered, world), officer: cast.archive },
    ]
  }
  const [delivered, published] = [soonAfter(), soonAfter()]
  const events: CaseEvent[] = [
    { name: 'deliver', instant: delivered, officer: cast.window },
    { name: 'publish', instant: published, officer: cast.review },
  ]
  return [
    { name: 'grant', instant: decided, officer: cast.head },
    ...events.sort((a, b) => a.instant - b.instant),
    { name: 'archive', instant: archived(Math.max(delivered, published), world), officer: cast.archive },
  ]
}

/** Filed within some days of the last act. */
export function archived(after: number, world: World): number {
  const { office, random } = world
  const days = random.between(0, 6)
  return days === 0
    ? office.later(after, random.between(10, 90), random)
    : office.during(office.after(office.zone.dayAt(after), days), random)
}
