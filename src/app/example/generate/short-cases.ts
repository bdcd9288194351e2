// Cases that end at the counter: decided on the spot, answered without acceptance, or waiting for papers.
import type { Day } from '../../../core/worktime/day.ts'
import type { ExampleCaseKind, ExamplePower } from '../power-file.ts'
import type { Cast } from './case-shape.ts'
import { archived } from './permit-case.ts'
import type { CaseDraft, CaseEvent, World } from './world.ts'

/** How a short case goes. */
export type ShortCase = 'on-the-spot' | 'reject' | 'notNeeded' | 'otherBody' | 'waiting'

/** Writes a case that one clerk may lawfully end at once, or that never comes to acceptance. */
export function writeShort(
  power: ExamplePower,
  organ: string,
  kind: ExampleCaseKind,
  receivedOn: Day,
  how: ShortCase,
  cast: Cast,
  world: World,
): CaseDraft {
  const { office, random, terms } = world
  const clerk = cast.window
  const events: CaseEvent[] = [{ name: 'apply', instant: office.during(receivedOn, random), officer: null }]
  const then = (name: CaseEvent['name'], fewest: number, most: number, more: Partial<CaseEvent> = {}) => {
    const before = (events.at(-1) as CaseEvent).instant
    const instant = office.later(before, random.between(fewest, most), random)
    events.push({ name, instant, officer: clerk, ...more })
  }
  if (how === 'on-the-spot') {
    then('accept', 5, 20)
    then('decideOnTheSpot', 10, 45)
    const [first, second] = random.shuffled(['deliver', 'publish'] as const)
    then(first as 'deliver', 3, 20)
    then(second as 'publish', 3, 20)
    const filed = archived((events.at(-1) as CaseEvent).instant, world)
    events.push({ name: 'archive', instant: filed, officer: random.chance(0.5) ? clerk : cast.archive })
  } else if (how === 'reject') then('reject', 30, 900, { note: random.pick(terms.notes.rejected) })
  else if (how === 'waiting') then('supplementNotice', 30, 900)
  else then(how, 5, 40)
  return { power, organ, region: world.regionOf(organ), kind, events }
}
