// What turns a lawful case into an irregular one: each rule has several ways of being breached.
import type { PlantedRule } from '../case-file.ts'
import { type CaseShape, type Cast, plainShape } from './case-shape.ts'
import type { CaseDraft, CaseEvent, World } from './world.ts'

/** One way of breaching a rule. */
export interface Irregularity {
  readonly rule: PlantedRule
  /** What a person would write in the list of planted cases. */
  readonly why: string
  readonly shape: CaseShape
  /** Other people than the procedure wants. */
  readonly cast?: (cast: Cast) => Cast
  /** What is done to the written events; null where the case does not lend itself to it. */
  readonly change?: (events: readonly CaseEvent[], world: World) => readonly CaseEvent[] | null
  /** Whether the case has to be over when the log is taken. */
  readonly whole: boolean
  readonly suits?: (power: CaseDraft['power']) => boolean
}

const swap =
  (first: CaseEvent['name'], second: CaseEvent['name']) =>
  (events: readonly CaseEvent[]): readonly CaseEvent[] | null => {
    const a = events.find((event) => event.name === first)
    const b = events.find((event) => event.name === second)
    if (a === undefined || b === undefined || a.instant >= b.instant) return null
    const swapped = events.map((event) => {
      if (event === a) return { ...a, instant: b.instant }
      return event === b ? { ...b, instant: a.instant } : event
    })
    return swapped.sort((x, y) => x.instant - y.instant)
  }

/** The check is entered shortly before the review, so that no step limit is touched. */
const checkFirst = (events: readonly CaseEvent[], world: World): readonly CaseEvent[] | null => {
  const accepted = events.find((event) => event.name === 'accept')
  const review = events.find((event) => event.name === 'review')
  if (accepted === undefined || review === undefined) return null
  const instant = world.office.spread(accepted.instant, review.instant, 1, world.random)?.[0]
  if (instant === undefined) return null
  return events
    .map((event) => (event.name === 'check' ? { ...event, instant } : event))
    .sort((x, y) => x.instant - y.instant)
}

const leaveOut =
  (name: CaseEvent['name']) =>
  (events: readonly CaseEvent[]): readonly CaseEvent[] =>
    events.filter((event) => event.name !== name)

/** Nobody else went along. */
const alone = (events: readonly CaseEvent[]): readonly CaseEvent[] =>
  events.map(({ partner, ...event }) =>
    event.name === 'inspect' || partner === undefined ? event : { ...event, partner },
  )

/** The certificate goes out last and the file was closed before it. */
const filedFirst = (events: readonly CaseEvent[]): readonly CaseEvent[] | null => {
  const delivered = events.find((event) => event.name === 'deliver')
  const published = events.find((event) => event.name === 'publish')
  if (delivered === undefined || published === undefined || delivered.instant < published.instant) return null
  return swap('deliver', 'archive')(events)
}

const plain = { ...plainShape, receipt: 'at-once' } as const satisfies CaseShape
const late = (more: Partial<CaseShape>): CaseShape => ({ ...plainShape, ...more })
const twoPosts = { shape: plainShape, whole: true } as const

/** Every way in which the generator breaches a rule. */
export const irregularities: readonly Irregularity[] = [
  { rule: 'EM-01', why: 'open, the promise almost run out', shape: { ...plain, decision: 'never' }, whole: false },
  {
    rule: 'EM-02',
    why: 'review after its own limit, decision in time',
    shape: late({ reviewLate: true }),
    whole: true,
  },
  { rule: 'EM-03', why: 'decided after the promise', shape: late({ decision: 'past-promise' }), whole: true },
  {
    rule: 'EM-03',
    why: 'decided after the promise, a lawful pause deducted',
    shape: late({ decision: 'past-promise', special: 'expert-review' }),
    whole: true,
    suits: (power) => power.special.includes('expert-review'),
  },
  { rule: 'EM-04', why: 'decided after the statutory limit', shape: late({ decision: 'past-statute' }), whole: true },
  {
    rule: 'EM-04',
    why: 'decided after the statutory limit, a lawful pause deducted',
    shape: late({ decision: 'past-statute', special: 'testing' }),
    whole: true,
    suits: (power) => power.special.includes('testing'),
  },
  {
    rule: 'EM-04',
    why: 'suspended for a reason that no law names',
    shape: late({ decision: 'past-statute', special: 'unlawful' }),
    whole: true,
  },
  {
    rule: 'EM-04',
    why: 'extended only after the limit had run out',
    shape: late({ decision: 'past-statute', extended: 'too-late' }),
    whole: true,
    suits: (power) => power.extension !== undefined,
  },
  {
    rule: 'EM-04',
    why: 'accepted so late that receipt counts as acceptance',
    shape: late({ receipt: 'accepted-too-late', decision: 'past-statute' }),
    whole: true,
  },
  { rule: 'EM-09', why: 'decided before the check', shape: plain, change: swap('check', 'grant'), whole: true },
  { rule: 'EM-09', why: 'checked before the review', shape: plain, change: checkFirst, whole: true },
  { rule: 'EM-09', why: 'filed before delivery', shape: plain, change: filedFirst, whole: true },
  { rule: 'EM-10', why: 'no review', shape: plain, change: leaveOut('review'), whole: true },
  { rule: 'EM-10', why: 'no check', shape: plain, change: leaveOut('check'), whole: true },
  { rule: 'EM-10', why: 'decision never published', shape: plain, change: leaveOut('publish'), whole: true },
  { rule: 'EM-10', why: 'certificate never delivered', shape: plain, change: leaveOut('deliver'), whole: true },
  {
    rule: 'EM-15',
    why: 'the clerk who accepted also reviewed',
    cast: (c) => ({ ...c, review: c.window }),
    ...twoPosts,
  },
  { rule: 'EM-15', why: 'the reviewer also checked', cast: (c) => ({ ...c, chief: c.review }), ...twoPosts },
  { rule: 'EM-15', why: 'the reviewer also decided', cast: (c) => ({ ...c, head: c.review }), ...twoPosts },
  { rule: 'EM-15', why: 'the section chief also decided', cast: (c) => ({ ...c, head: c.chief }), ...twoPosts },
  {
    rule: 'EM-15',
    why: 'one officer alone verified on site',
    shape: late({ inspect: true }),
    change: alone,
    whole: true,
  },
]
