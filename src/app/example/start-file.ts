import { z } from 'zod'
import { outcomes } from '../../core/finding/finding-state.ts'
import { plantedRules } from './case-file.ts'

const rule = z.enum(plantedRules)
const reason = z.string().min(10)

/** `packs/example/start.yml`: what a first start brings. */
export const startFile = z.strictObject({
  log: z.strictObject({ id: z.uuid(), name: z.string().min(1), file: z.string().min(1) }),
  seed: z.int(),
  cases: z.int().positive(),
  receipt: z
    .strictObject({ id: z.uuid(), name: z.string().min(1), plan: z.string().min(1) })
    .describe('The public log that one command adds where it lies beside the checkout'),
  decisions: z.array(z.strictObject({ rule, outcome: z.enum(outcomes), reason })),
  lead: z.strictObject({ rule, reason }).describe('An upheld finding of this rule is proposed as a lead'),
})

/** What a first start brings. */
export type StartTerms = z.output<typeof startFile>
