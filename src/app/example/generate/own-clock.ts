// What the generator itself says of a case's time, counted day by day. The list of planted cases rests on this and not
// on core/check, so that the two can be held against each other.
import type { Day } from '../../../core/worktime/day.ts'
import { type DayLimit, lastLawfulDay, type PausedStretch } from './last-day.ts'
import type { CaseDraft, CaseEvent, World } from './world.ts'

/** The rules of kind `clock` whose breaches the generator plants. */
export type ClockRule = 'EM-01' | 'EM-02' | 'EM-03' | 'EM-04'

/** The clock of a case. A lasting pause leaves the last days open. */
export interface OwnClock {
  readonly start: Day
  /** The instant that the case ended at, null while it is open. */
  readonly ended: number | null
  readonly pauses: readonly PausedStretch[]
  /** The day on which a pause began that still lasts. */
  readonly pausedSince: Day | null
  readonly promised: DayLimit
  readonly statutory: DayLimit
  readonly promisedLast: Day
  readonly statutoryLast: Day
}

const answers: readonly CaseEvent['name'][] = ['supplementNotice', 'reject', 'accept', 'notNeeded', 'otherBody']
const ends: readonly CaseEvent['name'][] = ['grant', 'refuse', 'decideOnTheSpot', 'withdraw']

/** The clock of a case so far; null where it never started. */
export function ownClock(draft: Pick<CaseDraft, 'power' | 'events'>, world: World): OwnClock | null {
  const { office, terms } = world
  const dayOf = (event: CaseEvent) => office.zone.dayAt(event.instant)
  const find = (...names: CaseEvent['name'][]) => draft.events.find((event) => names.includes(event.name))
  const received = find('apply')
  const started = find('accept', 'deemed')
  if (received === undefined) return null
  const answer = find(...answers)
  const answered = answer === undefined ? world.today : dayOf(answer)
  const deemed = answered > lastLawfulDay(dayOf(received), terms.answerWithin, [], office)
  const from = deemed ? received : started
  if (from === undefined) return null
  const start = dayOf(from)

  const pauses: PausedStretch[] = []
  let opened: Day | null = null
  for (const event of draft.events) {
    if (event.name === 'specialStart' && world.lawfulSpecials.has(event.special ?? '')) opened = dayOf(event)
    if (event.name === 'specialEnd' && opened !== null) {
      pauses.push({ from: opened, to: dayOf(event) })
      opened = null
    }
  }
  const { power } = draft
  const limits = { promised: power.promised, statutory: power.statutory ?? power.promised }
  const extension = find('extend')
  const last = (limit: DayLimit): { limit: DayLimit; day: Day } => {
    const day = lastLawfulDay(start, limit, pauses, office)
    if (extension === undefined || power.extension === undefined || dayOf(extension) > day) return { limit, day }
    const longer = { ...limit, value: limit.value + power.extension.value }
    return { limit: longer, day: lastLawfulDay(start, longer, pauses, office) }
  }
  const promised = last(limits.promised)
  const statutory = last(limits.statutory)
  return {
    start,
    ended: draft.events.findLast((event) => ends.includes(event.name))?.instant ?? null,
    pauses,
    pausedSince: opened,
    promised: promised.limit,
    statutory: statutory.limit,
    promisedLast: promised.day,
    statutoryLast: statutory.day,
  }
}

/** Which clock rules a case breaches when the log is taken. */
export function breachesOf(draft: CaseDraft, world: World): ReadonlySet<ClockRule> {
  const found = new Set<ClockRule>()
  const clock = ownClock(draft, world)
  if (clock === null) return found
  const { office } = world
  const reached = office.zone.dayAt(clock.ended ?? world.asOf)
  // A pause that lasts holds a limit open only if the limit had not run out when it began.
  const holds = (last: Day) => clock.ended === null && clock.pausedSince !== null && clock.pausedSince <= last
  if (reached > clock.statutoryLast && !holds(clock.statutoryLast)) found.add('EM-04')
  else if (reached > clock.promisedLast && !holds(clock.promisedLast)) found.add('EM-03')
  if (draft.kind === 'instant') return found

  const review = reviewOf(draft, clock, world)
  if (review !== null && review.done > review.last && (holds(clock.promisedLast) || review.done <= clock.promisedLast))
    found.add('EM-02')
  if (deliveredLate(draft, clock, world)) found.add('EM-02')
  if (clock.ended !== null) return found
  const near = (last: Day, limit: DayLimit): boolean => {
    if (world.today > last) return false
    const working = office.between(world.today, last)
    const left = limit.unit === 'working-day' ? working : last - world.today
    return left <= 0.2 * limit.value || working <= 1
  }
  const soon = (last: Day, limit: DayLimit) => !holds(last) && near(last, limit)
  const whole = soon(clock.promisedLast, clock.promised) || soon(clock.statutoryLast, clock.statutory)
  if (whole || (review?.open === true && near(review.last, review.limit))) found.add('EM-01')
  return found
}

/** A certificate that went out after its own limit while the whole had not run out. */
function deliveredLate(draft: CaseDraft, clock: OwnClock, world: World): boolean {
  const { office, terms } = world
  const granted = draft.events.find((event) => event.name === 'grant')
  const delivered = draft.events.find((event) => event.name === 'deliver')
  if (granted === undefined || delivered === undefined) return false
  const on = office.zone.dayAt(delivered.instant)
  const last = lastLawfulDay(office.zone.dayAt(granted.instant), terms.deliverWithin, clock.pauses, office)
  return on > last && on <= clock.promisedLast
}

/** The review of a case against its body's own limit. */
function reviewOf(
  draft: CaseDraft,
  clock: OwnClock,
  world: World,
): { readonly done: Day; readonly last: Day; readonly open: boolean; readonly limit: DayLimit } | null {
  const limit = draft.power.review
  const begun = draft.events.find((event) => event.name === 'accept' || event.name === 'deemed')
  if (limit === undefined || begun === undefined || draft.kind !== 'promised') return null
  const { zone } = world.office
  const done = draft.events.find((event) => event.name === 'review')
  if (done === undefined && clock.ended !== null) return null
  const last = lastLawfulDay(zone.dayAt(begun.instant), limit, clock.pauses, world.office)
  return { done: zone.dayAt(done?.instant ?? world.asOf), last, open: done === undefined, limit }
}
