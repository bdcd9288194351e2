// A plan as a file: how a log is read, and how it is judged.
import { dirname, resolve } from 'node:path'
import { z } from 'zod'
import { planTerms } from '../../../core/check/plan-terms.ts'
import { isRefusal, type Refusal } from '../../../core/refusal/refusal.ts'
import { contentId, readYaml } from '../../../kernel/packs/packs.ts'
import { type LogMapping, logMappingSchema } from '../../../kernel/tables/log-mapping.ts'

/** `PLAN.yml`. Strict: an unknown key is an error. */
export const planFile = z
  .strictObject({
    plan: contentId,
    title: z.strictObject({ zh: z.string().min(1), en: z.string().min(1) }),
    map: z
      .union([logMappingSchema, z.string().min(1)])
      .optional()
      .describe('The mapping, or the path of its file'),
    ...planTerms.shape,
  })
  .meta({ id: 'PlanFile', title: 'A plan of supervision' })

/** A plan as stated, with its mapping read. */
export interface Plan extends Omit<z.output<typeof planFile>, 'map'> {
  readonly map: LogMapping | null
}

/** Reads a plan; a mapping that it names by path lies relative to it. Refusals: `pack.*`. */
export async function readPlan(path: string): Promise<Plan | Refusal> {
  const file = await readYaml(path, planFile)
  if (isRefusal(file)) return file
  if (typeof file.map !== 'string') return { ...file, map: file.map ?? null }
  const map = await readYaml(resolve(dirname(path), file.map), logMappingSchema)
  return isRefusal(map) ? map : { ...file, map }
}
