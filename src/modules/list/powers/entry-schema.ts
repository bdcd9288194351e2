import { z } from 'zod'
import { calendarDay } from '../../../core/law/numeral.ts'
import { readReference } from '../../../core/law/reference.ts'
import { documentForms, type PowerEntry, powerCaseKinds, powerKinds, powerLevels } from '../../../core/power/power.ts'
import { type Refusal, refuse } from '../../../core/refusal/refusal.ts'

const day = z
  .string()
  .refine((text) => calendarDay(text) !== null, 'YYYY-MM-DD')
  .describe('YYYY-MM-DD')
const reference = z
  .string()
  .refine((text) => readReference(text) !== null, 'LAW#article.paragraph.item')
  .describe('LAW#article.paragraph.item')
const name = z.string().trim().min(1).max(1000)
const code = z.string().regex(/^[A-Za-z0-9][A-Za-z0-9-]{1,79}$/, 'letters, digits and -')
const days = { value: z.int().min(0).max(36500), unit: z.enum(['working-day', 'calendar-day']) }

/** An article of the library as basis. */
export const articleBasis = z.strictObject({ kind: z.literal('article'), ref: reference })

/** A document as basis, entered by hand with the clause quoted. */
export const documentBasis = z.strictObject({
  kind: z.literal('document'),
  form: z.enum(documentForms),
  title: name,
  number: z.string().trim().max(200),
  issuer: name,
  issuedOn: day,
  effectiveOn: day,
  repealedOn: day.nullable(),
  quote: z.string().trim().min(1).max(5000),
})

/** The entry of a power in the list, as a person or a pack states it; null for what is not stated yet. */
export const powerEntry = z
  .strictObject({
    code: code.describe('The code of the list, never reused'),
    name: z.strictObject({
      zh: name,
      en: z.string().trim().max(1000).describe('Empty where nobody has translated it'),
    }),
    kind: z.enum(powerKinds).nullable(),
    level: z.enum(powerLevels).nullable(),
    region: z
      .string()
      .regex(/^\d+(\/\d+)*$/, 'code path')
      .describe('Region code path whose list it stands in'),
    organs: z.array(z.string().min(1).max(100)).max(500).describe('Codes of the bodies that exercise it'),
    bases: z.array(z.discriminatedUnion('kind', [articleBasis, documentBasis])).max(50),
    limit: z.strictObject({
      statutory: z.strictObject({ ...days, basis: reference }).nullable(),
      promised: z.strictObject(days).nullable(),
    }),
    procedure: z
      .string()
      .regex(/^[a-z0-9]+(?:-[a-z0-9]+)*$/, 'kebab-case')
      .nullable()
      .describe('The procedure of the packs by which alone it is exercised'),
    caseKinds: z.array(z.enum(powerCaseKinds)).max(3),
    special: z.array(z.string().regex(/^[a-z-]+$/)).max(20),
  })
  .meta({ id: 'PowerEntry', description: 'A power as an entry of the list' })

/** Checks an entry from outside. Refuses `power.bad-entry`, naming the field. */
export function readEntry(value: unknown): PowerEntry | Refusal {
  const checked = powerEntry.safeParse(value)
  if (checked.success) return checked.data
  const issue = checked.error.issues[0]
  const said = typeof value === 'object' && value !== null ? (value as { code?: unknown }).code : undefined
  return refuse('power.bad-entry', {
    code: typeof said === 'string' ? said : '',
    field: issue?.path.join('.') ?? '',
    why: issue?.message ?? '',
  })
}
