// What one case is to be like, and who handles it.
import type { SpecialKind } from '../power-file.ts'
import type { Staff, World } from './world.ts'

/** How a case is received: what happens between application and acceptance. */
export type Receipt = 'plain' | 'at-once' | 'corrected' | 'supplemented' | 'deemed' | 'accepted-too-late'

/** When the decision falls. */
export type DecisionTime =
  | 'within'
  /** On the last day of the promise, after the office has closed or in its last minutes. */
  | 'last-moment'
  | 'past-promise'
  | 'past-statute'
  /** Not before the log is taken. */
  | 'never'

/** What one case is to be like. */
export interface CaseShape {
  readonly receipt: Receipt
  readonly special: SpecialKind | 'unlawful' | null
  readonly inspect: boolean
  readonly interested: boolean
  readonly extended: 'in-time' | 'too-late' | null
  readonly decision: DecisionTime
  readonly outcome: 'grant' | 'refuse' | 'withdraw'
  /** The review comes after its own limit, the decision still within the promise. */
  readonly reviewLate: boolean
}

/** A lawful case without anything special about it. */
export const plainShape: CaseShape = {
  receipt: 'plain',
  special: null,
  inspect: false,
  interested: false,
  extended: null,
  decision: 'within',
  outcome: 'grant',
  reviewLate: false,
}

/** Who handles a case. */
export interface Cast {
  readonly window: string
  readonly review: string
  readonly partner: string
  readonly chief: string
  readonly head: string
  readonly archive: string
}

/** Picks the officers of one case: reviewer and partner are two. */
export function castOf(staff: Staff, world: World): Cast {
  const { random } = world
  const [review = '', partner = ''] = random.shuffled(staff.review)
  return {
    window: random.pick(staff.window),
    review,
    partner,
    chief: random.pick(staff.chief),
    head: random.pick(staff.head),
    archive: random.pick(staff.archive),
  }
}
