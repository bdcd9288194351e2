// Examples of a check: a case in a few lines, and what the check must say of it.
import { z } from 'zod'

const cell = z.union([z.string(), z.number()])

/** One example. `expect: []` means that the check stays silent. */
export const example = z.strictObject({
  name: z.string().min(1),
  given: z.strictObject({
    plan: z.record(z.string(), z.unknown()).optional().describe('Laid over the folder’s plan, key by key'),
    case: z.record(z.string(), z.string()).optional().describe('Case attributes'),
    events: z
      .array(
        z
          .array(z.union([z.string(), z.record(z.string(), z.string())]))
          .min(2)
          .max(4),
      )
      .min(1)
      .describe('Local time, activity, then officer and event attributes where they matter'),
  }),
  expect: z.array(z.record(z.string(), cell)).describe('Columns of each result, as far as stated; [] is silent'),
  cannot: z.string().optional().describe('The fact that is lacking, where the case cannot be judged'),
})

/** Several examples. */
export const examplesFile = z.array(example).min(1)

/** `examples/*.yml` beside a check: one plan for all of its cases. */
export const examplesBeside = z
  .strictObject({ plan: z.record(z.string(), z.unknown()).optional(), examples: examplesFile })
  .meta({ id: 'ExamplesFile' })

/** One example of a check. */
export type Example = z.output<typeof example>
