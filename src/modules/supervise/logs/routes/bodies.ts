import { z } from 'zod'
import { rowReasonCodes } from '../../../../kernel/tables/import-report.ts'

const count = z.number().int()
const instant = z.string().describe('ISO instant')
const bilingual = z.object({ zh: z.string(), en: z.string() })

/** A text of a request; PostgreSQL's texts cannot hold NUL. */
export const shortText = (longest: number) =>
  z
    .string()
    .max(longest)
    .refine((text) => !text.includes('\0'), 'NUL')

/** A mapping as it is shown: the schema that reads one cannot write it, since it shortens lists as it reads. */
const shownMapping = z.looseObject({}).describe('How the columns were read')

export const logParams = z.object({ id: z.uuid() })
export const caseParams = z.object({ id: z.uuid(), caseId: shortText(1000) })

const rows = z
  .object({ in: count, used: count, reported: count })
  .describe('Every row of the source is used or reported')

const summary = z.object({
  cases: count,
  events: count,
  variants: count,
  activities: count,
  firstAt: instant.nullable(),
  lastAt: instant.nullable(),
})

export const logRow = z
  .object({
    id: z.string(),
    name: z.string(),
    region: z.string(),
    createdAt: instant,
    summary,
    lastImport: z.object({ importedAt: instant, file: z.string(), rows }),
  })
  .meta({ id: 'Log', description: 'A log of another system, over its cases in force' })

const deviationKind = z.enum(['skipped', 'extra', 'unknown', 'order', 'repeated'])
const why = z.enum(['states', 'time', 'memory', 'defect', 'no-end'])

/** What is known of a cost: itself, or between which proven bounds it lies and why it is not known. */
export const costBounds = {
  cost: z.number().nullable().describe('10000 for each visible deviation, 1 for each silent step'),
  lower: z.number().nullable().describe('The cost is proven to be no less'),
  upper: z.number().nullable().describe('The cost is proven to be no more; null where nothing bounds it'),
  why: why.nullable().describe('Why the cost is not known'),
}

export const deviation = z
  .looseObject({
    kind: deviationKind,
    step: z.string(),
    says: bilingual,
  })
  .meta({ id: 'Deviation', description: 'Where a case left its procedure' })

export const deviationCount = z.object({
  key: z.string(),
  kind: deviationKind,
  step: z.string(),
  element: z.string().nullable().describe('Element of the diagram; null: the procedure does not know the step'),
  cases: count,
  events: count.describe('How often in these cases: events too many or misplaced, steps missing'),
})

export const conformance = z
  .object({
    procedure: z.string(),
    version: z.string().describe('Hash of the compiled net'),
    judgedAt: instant,
    stale: z.boolean().describe('A later import changed cases since'),
    cases: count,
    fitting: count,
    deviating: count,
    unsolved: count,
    unsolvedBy: z.partialRecord(why, count).describe('Cases without a cost by the reason why'),
    reason: bilingual.nullable().describe('Why some cases have no cost, as a sentence'),
    fitness: z.number().nullable().describe('Of the solved cases: 1 − deviations ÷ most that were possible'),
    fitnessBounds: z
      .object({ lower: z.number(), upper: z.number() })
      .nullable()
      .describe('Between which values the fitness of all cases lies'),
    deviations: z
      .array(deviationCount)
      .describe('`key` opens the cases: `/api/logs/:id/cases?procedure=…&deviation=key`'),
    elements: z
      .array(
        z.object({
          element: z.string(),
          kind: z.enum(['synchronous', 'model', 'silent']).describe('Done as the procedure says, missing, or routing'),
          cases: count,
          events: count,
        }),
      )
      .describe('How often the cases came through each element of the diagram'),
  })
  .meta({ id: 'LogConformance', description: 'What a log’s conformance to a procedure came to' })

const logImport = z
  .object({
    id: z.string(),
    sequence: count,
    file: z.string(),
    size: count,
    format: z.string(),
    encoding: z.string(),
    mapping: shownMapping,
    guessed: z.boolean().describe('No mapping was given; the roles were told by well-known names'),
    zone: z.string(),
    zoneFrom: z.enum(['mapping', 'setting']),
    time: z
      .object({
        column: z.string(),
        format: z.string(),
        from: z.enum(['mapping', 'values']),
        zoned: count,
        wall: count,
        dates: count,
        zone: z.string(),
      })
      .nullable(),
    rows,
    reasons: z.partialRecord(z.enum(rowReasonCodes), count),
    reported: z
      .array(z.object({ row: count, reason: z.enum(rowReasonCodes), says: bilingual, cell: z.string().nullable() }))
      .describe('The first reported rows; `/api/logs/:id/report.csv` has all'),
    notes: z.array(z.object({ code: z.string(), count, says: bilingual })),
    cases: count,
    importedAt: instant,
    importedBy: z.string().nullable(),
  })
  .meta({ id: 'LogImport', description: 'One batch of a log' })

export const logDetail = z
  .object({
    id: z.string(),
    name: z.string(),
    region: z.string(),
    createdAt: instant,
    summary,
    activities: z
      .array(z.object({ activity: z.string(), events: count, cases: count }))
      .describe('The most frequent first, 500 at most'),
    variants: z
      .array(z.object({ variant: z.string(), activities: z.array(z.string()), cases: count }))
      .describe('The most frequent first'),
    imports: z.array(logImport).describe('The latest first'),
    conformance: z.array(conformance),
  })
  .meta({ id: 'LogDetail', description: 'A log with its imports, activities, most frequent variants and conformance' })

export const caseRow = z
  .object({
    id: z.string(),
    region: z.string(),
    power: z.string().nullable(),
    startedAt: instant.nullable(),
    endedAt: instant.nullable(),
    events: count,
    variant: z.string(),
    unfinished: z.boolean(),
    judged: z.boolean().describe('Whether conformance to the procedure asked for is known'),
    fits: z.boolean().nullable(),
    ...costBounds,
    deviations: z.array(deviation),
    found: count.describe('Results of checks that still stand'),
  })
  .meta({ id: 'LogCase', description: 'A case of a log' })

export const pathMove = z
  .object({
    element: z.string().nullable().describe('Element of the diagram'),
    kind: z.enum(['synchronous', 'log', 'model', 'silent']),
    event: count.nullable().describe('Position in the timeline'),
  })
  .meta({ id: 'PathMove', description: 'One move of an alignment' })

export const caseDetail = z
  .object({
    ...caseRow.shape,
    attributes: z.record(z.string(), z.string()),
    timeline: z.array(
      z.object({
        row: count.describe('Row in the source'),
        activity: z.string(),
        happenedAt: instant.nullable(),
        officer: z.string().nullable().describe('A code that stands for the officer all over this log'),
        organ: z.string().nullable(),
        attributes: z.record(z.string(), z.string()),
      }),
    ),
    procedure: z.string().nullable(),
    path: z
      .array(pathMove)
      .describe('The optimal alignment: done as the procedure says, only in the log, only in the procedure, routing'),
  })
  .meta({ id: 'LogCaseDetail', description: 'A case with its timeline and its path on the procedure' })

export const mappingRow = z
  .object({
    id: z.string(),
    region: z.string(),
    name: z.string(),
    mapping: shownMapping,
    revision: count,
    savedAt: instant,
  })
  .meta({ id: 'SavedMapping', description: 'A saved mapping of a system’s columns' })

export const started = z.object({ job: z.string().describe('Follow it at `/api/jobs/:id`'), log: z.string() })
