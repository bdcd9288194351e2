import { join } from 'node:path'
import { z } from 'zod'
import { lawRanks } from '../../../core/law/rank.ts'
import { documentForms, powerKinds } from '../../../core/power/power.ts'
import type { BasisRules } from '../../../core/power/publication.ts'
import { isRefusal, type Refusal } from '../../../core/refusal/refusal.ts'
import { readYaml } from '../../../kernel/packs/packs.ts'

/** `packs/list/basis-ranks.yml`: which bases each kind of power may rest on. */
export const basisRankFile = z.strictObject({
  kinds: z.record(
    z.enum(powerKinds),
    z.strictObject({
      restsOn: z.array(z.enum([...lawRanks, ...documentForms])).min(1),
      because: z.string().nullable(),
    }),
  ),
})

/** Reads which bases each kind of power may rest on. */
export async function readBasisRules(packs: string): Promise<BasisRules | Refusal> {
  const file = await readYaml(join(packs, 'list/basis-ranks.yml'), basisRankFile)
  return isRefusal(file) ? file : file.kinds
}
