import { z } from 'zod'
import { documentForms } from '../../core/power/power.ts'

const bilingual = z.strictObject({ zh: z.string().min(1), en: z.string().min(1) })
const reference = z.string().regex(/^CN-[A-Z]+-\d{4}-[a-z0-9-]+#\d[\d.-]*$/, 'LAW#article.paragraph.item')
const unit = z.enum(['working-day', 'calendar-day'])

/** A kind of case: 即办件 instant, 承诺件 promised, 告知承诺 commitment. */
export const exampleCaseKind = z.enum(['instant', 'promised', 'commitment'])

/** The special procedures whose time a permit's limit does not count (行政许可法 45), as the example uses them. */
export const specialKind = z.enum(['hearing', 'expert-review', 'inspection', 'testing', 'quarantine', 'appraisal'])

/** One power of `packs/example/powers.yml`. */
const power = z.strictObject({
  code: z.string().regex(/^\d{12}$/, 'twelve digits'),
  name: bilingual,
  kind: z.string().min(1),
  level: z.enum(['province', 'city', 'county', 'township', 'village']),
  organs: z.array(z.string()).min(1).describe('The bodies that exercise it, each in its own region'),
  bases: z.array(reference).min(1),
  documents: z
    .array(
      z.strictObject({
        form: z.enum(documentForms),
        title: z.string().min(1),
        number: z.string(),
        issuer: z.string().min(1),
        issuedOn: z.iso.date(),
        effectiveOn: z.iso.date(),
        quote: z.string().min(1),
      }),
    )
    .default([])
    .describe('Bases below the law, invented like the county, with the clause quoted'),
  statutory: z.strictObject({ value: z.int().positive(), unit, basis: reference }).optional(),
  promised: z.strictObject({ value: z.int().positive(), unit }),
  extension: z.strictObject({ value: z.int().positive(), basis: reference }).optional(),
  procedure: z.string().min(1),
  review: z.strictObject({ value: z.int().positive(), unit }).optional(),
  caseKinds: z.array(exampleCaseKind).min(1),
  special: z.array(specialKind).default([]),
})

/** `packs/example/powers.yml`. */
export const powerFile = z.strictObject({ powers: z.array(power).min(1) })

/** A power of the example. */
export type ExamplePower = z.output<typeof power>
/** A kind of case in the example. */
export type ExampleCaseKind = z.output<typeof exampleCaseKind>
/** A special procedure in the example. */
export type SpecialKind = z.output<typeof specialKind>
