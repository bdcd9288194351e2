import { readdir } from 'node:fs/promises'
import { join } from 'node:path'
import { z } from 'zod'
import { calendarDay } from '../../../core/law/numeral.ts'
import { lawRanks } from '../../../core/law/rank.ts'
import { isRefusal, type Refusal } from '../../../core/refusal/refusal.ts'
import { readYaml } from '../../../kernel/packs/packs.ts'

const day = z.string().refine((text) => calendarDay(text) !== null, 'YYYY-MM-DD')
const sentence = z.strictObject({ zh: z.string().min(1), en: z.string().min(1) })

/** `packs/laws/<id>.yml`: facts of one law, and one sentence of our own for each article that a pack cites. */
export const lawFile = z.strictObject({
  law: z.string().regex(/^CN-[A-Z]+-\d{4}-[a-z0-9-]+$/, 'CN-LAW-<year>-<english-slug>'),
  title: z.string().min(2),
  short: z.string().min(2),
  rank: z.enum(lawRanks),
  versions: z
    .array(
      z.strictObject({
        version: day.describe("The day of this version's text"),
        number: z.string().optional(),
        issuer: z.string().optional(),
        adopted_on: day.optional(),
        published_on: day.optional(),
        effective_on: day.optional(),
        expired_on: day.optional().describe('The first day on which it no longer holds'),
        nodes: z
          .record(z.string().regex(/^[a-z0-9-]+(\.[a-z0-9-]+)*$/), z.strictObject({ gist: sentence }))
          .default({}),
      }),
    )
    .min(1),
})

/** One law's facts. */
export type LawFacts = z.output<typeof lawFile>

/** Reads the facts of every law under `packs/laws`. Refuses what a file gets wrong, with file and row. */
export async function readLawPack(packs: string): Promise<readonly LawFacts[] | Refusal> {
  const folder = join(packs, 'laws')
  const facts: LawFacts[] = []
  for (const name of (await readdir(folder)).filter((file) => /^CN-.*\.yml$/.test(file)).sort()) {
    const file = await readYaml(join(folder, name), lawFile)
    if (isRefusal(file)) return file
    facts.push(file)
  }
  return facts
}

/** `packs/list/law-ranks.yml`: rank by a set's level, else by its folder. */
export const rankFile = z.strictObject({
  levels: z.record(z.string(), z.enum(lawRanks)),
  folders: z.record(z.string(), z.enum(lawRanks)),
})

/** How a set of statutes names its ranks. */
export type RankNames = z.output<typeof rankFile>

/** Reads how a set of statutes names its ranks. */
export const readRankNames = (packs: string): Promise<RankNames | Refusal> =>
  readYaml(join(packs, 'list/law-ranks.yml'), rankFile)
