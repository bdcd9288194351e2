// The filter of a log as requests carry it: JSON in one query parameter, strict, each part echoed in the answer.
import { z } from 'zod'
import { shortText } from '../routes/bodies.ts'

const names = z.array(shortText(1000)).min(1).max(200)
const date = z.iso.date()

/** The parts of a filter combine: a case must meet every part that is named. */
export const logFilterSchema = z
  .strictObject({
    time: z
      .strictObject({
        how: z
          .enum(['starts', 'ends', 'touches', 'within'])
          .describe('Which of a case’s instants must lie in the days'),
        from: date.optional(),
        to: date.optional().describe('The last day, itself included, in the deployment’s zone'),
      })
      .optional(),
    organ: names.optional().describe('Cases in which one of these organs acted'),
    officer: names.optional().describe('Cases in which one of these officers (marks) acted'),
    post: names.optional().describe('Cases in which one of these posts acted'),
    region: names.optional().describe('Cases of these regions and all below them'),
    power: names.optional().describe('Cases of these items'),
    contains: names.optional().describe('Every one of these activities happened'),
    lacks: names.optional().describe('None of these activities happened'),
    startsWith: names.optional().describe('The first activity is one of these'),
    endsWith: names.optional().describe('The last activity is one of these'),
    follows: z
      .array(z.strictObject({ from: shortText(1000), to: shortText(1000), how: z.enum(['directly', 'eventually']) }))
      .min(1)
      .max(20)
      .optional()
      .describe('`to` came after `from`, at once or at some time; every pair must hold'),
    repeats: names.optional().describe('Every one of these activities happened twice or more'),
    variant: names.optional().describe('The case went one of these ways (names of `/analysis/variants`)'),
    outcome: z.enum(['ended', 'open']).optional(),
    endBy: names
      .optional()
      .describe('Activities that end a case, where the log has no column that says when cases end'),
    attribute: z
      .array(z.strictObject({ key: shortText(200), values: names }))
      .min(1)
      .max(10)
      .optional()
      .describe('Values of the attributes that `/analysis/facets` lists'),
    duration: z
      .strictObject({ least: z.number().min(0).optional(), most: z.number().min(0).optional() })
      .optional()
      .describe('Seconds from the first event to the last, both bounds included'),
    openOn: date.optional().describe('Begun on or before this day, and not ended before its end'),
    handover: z
      .array(z.strictObject({ by: z.enum(['officer', 'organ', 'post']), from: shortText(1000), to: shortText(1000) }))
      .min(1)
      .max(20)
      .optional(),
    hours: z
      .array(z.strictObject({ weekday: z.int().min(1).max(7), hour: z.int().min(0).max(23) }))
      .min(1)
      .max(168)
      .optional()
      .describe('An event fell into one of these hours; weekday 1 is Monday'),
  })
  .meta({ id: 'LogFilter', description: 'Which cases of a log are meant' })

/** A filter as text of JSON; absent: the whole log. */
export const filterText = z
  .string()
  .max(20_000)
  .transform((text, context) => {
    try {
      return JSON.parse(text) as unknown
    } catch {
      context.addIssue({ code: 'custom', message: 'JSON' })
      return z.NEVER
    }
  })
  .pipe(logFilterSchema)
  .optional()
  .describe('A LogFilter as JSON; absent: the whole log')
