// How a case begins, and the special procedure that stops its clock.
import type { Day } from '../../../core/worktime/day.ts'
import type { ExamplePower, SpecialKind } from '../power-file.ts'
import type { CaseShape, Cast } from './case-shape.ts'
import { lastLawfulDay } from './last-day.ts'
import type { CaseEvent, World } from './world.ts'

/** From application to acceptance; the last event is the one that starts the clock. */
export function receive(receivedOn: Day, shape: CaseShape, cast: Cast, world: World): CaseEvent[] | null {
  const { office, random } = world
  const applied = office.during(receivedOn, random)
  const apply: CaseEvent = { name: 'apply', instant: applied, officer: null }
  const accept = (instant: number): CaseEvent => ({ name: 'accept', instant, officer: cast.window })
  const within = (from: number, days: number): number => {
    const day = office.after(office.zone.dayAt(from), days)
    return days === 0 ? office.later(from, random.between(5, 60), random) : office.during(day, random)
  }
  switch (shape.receipt) {
    case 'at-once':
      return [apply, accept(office.later(applied, random.between(5, 20), random))]
    case 'plain':
      return [apply, accept(within(applied, random.weighted(soon)))]
    case 'corrected': {
      const corrected = office.later(applied, random.between(5, 40), random)
      return [
        apply,
        { name: 'correct', instant: corrected, officer: null },
        accept(office.later(corrected, random.between(5, 30), random)),
      ]
    }
    case 'supplemented': {
      const told = within(applied, random.between(0, 4))
      const supplied = within(told, random.between(1, 12))
      return [
        apply,
        { name: 'supplementNotice', instant: told, officer: cast.window },
        { name: 'supplement', instant: supplied, officer: null },
        accept(within(supplied, random.between(0, 2))),
      ]
    }
    case 'deemed': {
      const last = lastLawfulDay(receivedOn, world.terms.answerWithin, [], office)
      return [apply, { name: 'deemed', instant: office.at(office.after(last, 1), 8 * 60 + 30), officer: null }]
    }
    case 'accepted-too-late':
      return [apply, accept(within(applied, random.between(7, 9)))]
  }
}

const soon = [
  { value: 0, weight: 6 },
  { value: 1, weight: 3 },
  { value: 2, weight: 1 },
  { value: 3, weight: 0.5 },
]

/** A special procedure: begun early in the limit, five to twenty-two working days long. */
export function specialOf(
  power: ExamplePower,
  accepted: CaseEvent,
  kind: SpecialKind | 'unlawful',
  cast: Cast,
  world: World,
): CaseEvent[] | null {
  const { office, random, terms } = world
  const room = Math.max(1, Math.floor(power.promised.value * (power.promised.unit === 'working-day' ? 0.5 : 0.3)))
  const from = office.during(office.after(office.zone.dayAt(accepted.instant), random.between(1, room)), random)
  const to = office.during(office.after(office.zone.dayAt(from), random.between(5, 22)), random)
  const special = kind === 'unlawful' ? terms.unlawfulSpecial : terms.specials[kind]
  return [
    { name: 'specialStart', instant: from, officer: cast.review, special },
    { name: 'specialEnd', instant: to, officer: cast.review, special },
  ]
}
