import { z } from 'zod'

const bilingual = z.object({ zh: z.string(), en: z.string() })

/** The body of every refused request. */
export const refusalBody = z
  .object({
    refusal: z.object({
      code: z.string().describe('Permanent code, e.g. `access.other-region`'),
      says: bilingual.describe('What was refused and why'),
      next: bilingual.describe('What to do'),
      basis: z.string().optional().describe('The article that forbids it, `LAW#article.paragraph.item`'),
      place: z
        .object({ file: z.string().optional(), row: z.number().int().optional(), column: z.string().optional() })
        .optional()
        .describe('Where in the input'),
    }),
  })
  .meta({ id: 'Refused', description: 'A request that the law, a rule or its own input forbids.' })

/** The query parameters of every list: keyset paging. */
export const pageQuery = z.object({
  cursor: z.string().max(500).optional().describe('`next` of the page before; absent for the first page'),
  limit: z.coerce.number().int().min(1).max(500).default(50).describe('Rows of a page'),
})

/** The body of a list: its rows, how many the filters match in all, and the cursor of the next page. */
export function pageOf<Row extends z.ZodType>(row: Row) {
  return z.object({
    rows: z.array(row),
    total: z.number().int().describe('Rows that the filters match, over all pages'),
    next: z.string().nullable().describe('The cursor of the next page; null on the last'),
  })
}
