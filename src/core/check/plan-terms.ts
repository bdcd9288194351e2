// What a plan states so that a log can be judged: its clock, its limits, its kinds of case, its procedure.
// Every choice that changes a result is a named field here, never an accident of the code.
import { z } from 'zod'
import { caseKind } from './check-file.ts'

const names = z.union([z.string().min(1), z.array(z.string().min(1)).min(1)])
const basis = z.array(z.string().min(1)).optional()
const instantText = z.string().refine((text) => {
  try {
    Temporal.Instant.from(text)
    return true
  } catch {
    return false
  }
}, 'an instant with its offset, like 2025-10-31T00:00:00+08:00')

/** A limit in days. */
export const limitTerms = z.strictObject({
  value: z.int().positive(),
  unit: z.enum(['working-day', 'calendar-day']),
  basis,
  source: z.string().min(1).optional().describe('Where the limit is published; evidence shows it'),
})

const deadlineColumn = z.strictObject({
  column: z.string().min(1).describe('A case attribute that holds the deadline'),
  compare: z
    .enum(['instant', 'calendar-day'])
    .describe('instant: late from the instant on; calendar-day: late from the next day of the plan’s zone'),
  basis,
})

const stepLimit = z.strictObject({
  step: z.string().min(1),
  from: names.optional().describe('The step that starts its clock; the event before it unless stated'),
  limit: limitTerms,
})

const limitSet = z.strictObject({
  statutory: z.union([limitTerms, deadlineColumn]).optional(),
  promised: z.union([limitTerms, deadlineColumn]).optional(),
  steps: z.array(stepLimit).optional(),
})

/** How a case attribute's values select limits; a value without an entry takes the plan's own limits. */
const limitsBy = z.strictObject({ column: z.string().min(1), of: z.record(z.string(), limitSet) })

const limitsByPower = z
  .strictObject({ column: z.string().min(1).describe('The case attribute that holds the code of the power') })
  .describe(
    'Statutory and promised limits come from the published list of powers, which only a server holds: judged from a file alone, they are lacking',
  )

const caseLimits = z
  .strictObject({ ...limitSet.shape, by: limitsBy.optional(), byPower: limitsByPower.optional() })
  .refine(
    ({ byPower, by, statutory, promised }) =>
      byPower === undefined || (by === undefined && statutory === undefined && promised === undefined),
    { error: 'stands alone: the list states these limits', path: ['byPower'] },
  )

const pauseTerms = z.strictObject({
  from: z.string().min(1),
  to: z.string().min(1),
  attribute: z.string().min(1).optional().describe('The event attribute that names the kind of pause'),
  kinds: z.array(z.string().min(1)).optional().describe('Only these kinds stop the clock; all where unstated'),
})

const clockTerms = z.strictObject({
  start: z.union([z.strictObject({ activity: names }), z.strictObject({ column: z.string().min(1) })]).optional(),
  end: z.union([z.strictObject({ activity: names }), z.strictObject({ column: z.string().min(1) })]).optional(),
  deemed: z
    .strictObject({ received: names, answered: names, within: limitTerms })
    .optional()
    .describe('No answer within the limit after receipt: the clock runs from receipt (deemed accepted)'),
  pauses: z.array(pauseTerms).optional(),
  extensions: z
    .array(
      z.strictObject({
        activity: z.string().min(1),
        statutory: z.int().positive().optional(),
        promised: z.int().positive().optional(),
        basis,
      }),
    )
    .optional()
    .describe('An approved extension adds this many days once, if it came before the limit ran out'),
  closes: z.iso.time({ precision: -1 }).optional().describe('Close of business: the last day ends there'),
  receiptCloses: z.iso
    .time({ precision: -1 })
    .optional()
    .describe('Receipt from then on counts as of the next working day'),
})

const leastOfficers = z.strictObject({ step: z.string().min(1), least: z.int().min(2), basis })

const officerTerms = z
  .strictObject({
    separator: z.string().min(1).optional().describe('What parts the officers that one cell names, e.g. 、'),
    also: z.array(z.string().min(1)).min(1).optional().describe('Further event attributes that name an officer'),
    least: z
      .array(leastOfficers)
      .optional()
      .describe('The least number of officers of a step; the procedure’s own where unstated'),
  })
  .describe('That the log names every officer of a step: in one cell, in further columns, else in a row for each')

/** The part of a plan that judging needs; the log's mapping and title are stated beside it. */
export const planTerms = z.strictObject({
  zone: z.string().refine((id) => {
    try {
      Temporal.Instant.fromEpochMilliseconds(0).toZonedDateTimeISO(id)
      return true
    } catch {
      return false
    }
  }, 'an IANA time zone, like Asia/Shanghai'),
  calendar: z.string().min(1).optional().describe('The calendar of working days, e.g. cn'),
  asOf: z
    .union([z.literal('log-end'), instantText])
    .optional()
    .describe('Open cases are judged as of this instant; unstated, they are not judged'),
  procedure: z.string().min(1).optional().describe('A procedure of a pack by id, or a file of a net'),
  steps: z.record(z.string(), z.string()).optional().describe('The log’s activity → the procedure’s step'),
  caseKind: z
    .union([caseKind, z.strictObject({ column: z.string().min(1), values: z.record(z.string(), caseKind) })])
    .describe('One kind for all cases, or a case attribute with the meaning of its values'),
  clock: clockTerms.optional(),
  limits: caseLimits.optional(),
  separate: z
    .array(z.array(z.string().min(1)).min(2))
    .optional()
    .describe('Groups of steps that one officer may not do both of'),
  officers: officerTerms.optional(),
  mandatory: z.array(z.string().min(1)).optional(),
  checks: z.union([z.literal('all'), z.array(z.string().min(1)).min(1)]),
})

/** What a plan states. */
export type PlanTerms = z.output<typeof planTerms>
/** How many officers a step needs at least, and by which articles. */
export type LeastOfficers = z.output<typeof leastOfficers>
/** One step's limit. */
export type StepLimit = z.output<typeof stepLimit>
/** The limits of one kind of power. */
export type LimitSet = z.output<typeof limitSet>
/** A limit of the whole case: days, or a column of the log. */
export type TotalLimit = NonNullable<LimitSet['statutory']>

/** Every set of limits that a plan states. */
export const limitSets = (plan: PlanTerms): readonly LimitSet[] =>
  plan.limits === undefined ? [] : [plan.limits, ...Object.values(plan.limits.by?.of ?? {})]
