import { z } from 'zod'
import { bilingual } from './law-bodies.ts'

const references = z.array(z.string()).describe('`LAW#article.paragraph.item`')
const point = { x: z.number(), y: z.number() }
const unit = z.enum(['working-day', 'calendar-day'])

/** A procedure's drawing in the units of its own file; `x`, `y`, `w` and `h` frame all of it. */
export const diagram = z
  .object({
    ...point,
    w: z.number(),
    h: z.number(),
    nodes: z.array(
      z.object({
        id: z.string(),
        kind: z.string().describe("The element's name in BPMN"),
        label: z.string(),
        ...point,
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
        points: z.array(z.object(point)),
      }),
    ),
  })
  .meta({ id: 'Diagram', description: 'A procedure as it is drawn' })

/** A procedure in a list. */
export const procedureLine = z
  .object({
    procedure: z.string(),
    title: bilingual,
    summary: bilingual,
    version: z.number().int(),
    netHash: z.string().describe('Of the net that also judges the logs'),
    steps: z.number().int(),
  })
  .meta({ id: 'Procedure', description: 'A procedure of the packs' })

/** A procedure with everything that its page shows. */
export const procedurePage = procedureLine
  .extend({
    basis: references,
    diagram,
    inOrder: z.array(
      z.object({
        element: z.string(),
        activity: z.string().describe('As a log shows it'),
        name: bilingual,
        role: z.string().nullable(),
        limit: z.object({ value: z.number().int(), unit }).nullable(),
        mandatory: z.boolean(),
        basis: references,
      }),
    ),
    caseActs: z
      .array(
        z.object({
          act: z.string(),
          activity: z.string(),
          name: bilingual,
          role: z.string(),
          clock: z.string(),
          basis: references,
        }),
      )
      .describe('What may happen from anywhere, outside the net'),
    pauses: z.array(z.object({ kind: z.string(), title: bilingual, basis: references })),
    bpmn: z.string().describe('The BPMN 2.0 file, with its diagram'),
  })
  .meta({ id: 'ProcedurePage', description: 'A procedure with its chart, its steps and its case acts' })
