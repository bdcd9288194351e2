import { z } from 'zod'
import { powerLacks } from '../../../core/power/lacks.ts'
import { powerCaseKinds, powerKinds, powerLevels, powerStates } from '../../../core/power/power.ts'
import { articleBasis, documentBasis } from '../powers/entry-schema.ts'
import { bilingual, day, effectiveSource, whyNot } from './law-bodies.ts'

const instant = z.iso.datetime()
const days = { value: z.number().int(), unit: z.enum(['working-day', 'calendar-day']) }

/** What a power is, at one version of its entry. */
const entryParts = {
  name: bilingual,
  kind: z.enum(powerKinds).nullable(),
  level: z.enum(powerLevels).nullable(),
  region: z.string(),
  organs: z.array(z.string()).describe('Codes of the bodies that exercise it'),
  limit: z.object({
    statutory: z.object({ ...days, basis: z.string() }).nullable(),
    promised: z.object(days).nullable(),
  }),
  procedure: z.string().nullable(),
  caseKinds: z.array(z.enum(powerCaseKinds)),
  special: z.array(z.string()).describe('Special procedures whose time the limit does not count'),
}

/** A power in a list. */
export const powerLine = z
  .object({
    code: z.string(),
    ...entryParts,
    state: z.enum(powerStates),
    stateSinceAt: instant,
    version: z.number().int(),
    netHash: z.string().nullable().describe('The hash of the compiled net that its chart carries'),
    publishedAt: instant.nullable(),
    lacks: z.array(z.enum(powerLacks)).describe('What the entry must still state before it can be published'),
  })
  .meta({ id: 'Power', description: 'A power of the list' })

/** A basis as a page shows it. */
export const shownBasis = z
  .object({
    basis: z.discriminatedUnion('kind', [articleBasis, documentBasis]),
    title: z.string().describe("The law's or the document's title"),
    citation: z.string().nullable(),
    law: z.string().nullable().describe('For the page of the article'),
    article: z.string().nullable(),
    version: z.string().nullable(),
    effectiveOn: day.nullable(),
    effectiveSource: effectiveSource.nullable(),
    text: z.string().nullable().describe('Null until the full text is imported'),
    gist: bilingual.nullable(),
    refusal: whyNot.nullable().describe('Why it does not hold on the day; null where it does'),
  })
  .meta({ id: 'PowerBasis', description: 'What a power rests on' })

/** The flow chart of a published power. */
export const powerChart = z
  .object({
    procedure: z.string(),
    name: z.string(),
    netHash: z.string().describe('Of the net that also runs the cases and judges the logs'),
    diagram: z.object({
      x: z.number(),
      y: z.number(),
      w: z.number(),
      h: z.number(),
      nodes: z.array(
        z.object({
          id: z.string(),
          kind: z.string(),
          label: z.string(),
          x: z.number(),
          y: z.number(),
          w: z.number(),
          h: z.number(),
        }),
      ),
      edges: z.array(
        z.object({
          id: z.string(),
          from: z.string(),
          to: z.string(),
          label: z.string(),
          points: z.array(z.object({ x: z.number(), y: z.number() })),
        }),
      ),
    }),
    steps: z.array(
      z.object({
        element: z.string(),
        activity: z.string(),
        role: z.string().nullable(),
        limit: z
          .object({ days: z.number(), unit: z.enum(['working-day', 'calendar-day']), from: z.string() })
          .nullable(),
        clock: z.string().nullable(),
        mandatory: z.boolean(),
        basis: z.array(z.string()),
        risks: z.array(z.string()),
        materials: z.array(z.string()),
        calls: z.string().nullable(),
      }),
    ),
  })
  .meta({ id: 'PowerChart', description: 'The procedure of a power as it was published' })

/** A power with everything that its page shows. */
export const powerPage = powerLine
  .extend({
    on: day,
    bases: z.array(shownBasis),
    limitBasis: shownBasis.nullable(),
    chart: powerChart.nullable(),
    versions: z.array(
      z.object({ version: z.number().int(), draftedAt: instant, publishedAt: instant.nullable(), name: bilingual }),
    ),
    history: z.array(
      z.object({
        step: z.number().int(),
        version: z.number().int(),
        state: z.enum(powerStates),
        changedAt: instant,
        reason: z.string().nullable(),
      }),
    ),
    problems: z.array(whyNot).describe('What forbids the publication of a draft today; empty for the public'),
  })
  .meta({ id: 'PowerPage', description: 'A power with its bases, limits, chart and versions' })

/** Where a power stands after an act. */
export const powerStanding = z
  .object({
    code: z.string(),
    state: z.enum(powerStates),
    version: z.number().int(),
    netHash: z.string().nullable(),
  })
  .meta({ id: 'PowerStanding', description: 'Where a power stands after an act' })

/** A published power one of whose bases ceased. */
export const lapsedBasis = z
  .object({
    code: z.string(),
    name: bilingual,
    region: z.string(),
    basis: z.string(),
    refusal: whyNot.nullable(),
    repealedOn: day.nullable(),
  })
  .meta({ id: 'LapsedBasis', description: 'A published power that rests on something no longer in force' })
