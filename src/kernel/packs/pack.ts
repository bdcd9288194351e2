// What a pack is: a folder of content with an id, a version and a licence.
import { join, resolve } from 'node:path'
import { z } from 'zod'
import { isRefusal, type Refusal } from '../../core/refusal/refusal.ts'
import { readYaml } from './read-yaml.ts'

/** An id of content in a pack: kebab-case, never reused. */
export const contentId = z.string().regex(/^[a-z0-9]+(?:-[a-z0-9]+)*$/, 'kebab-case')

/** `pack.yml`. */
export const packFile = z
  .strictObject({
    id: contentId,
    version: z.string().regex(/^\d+\.\d+\.\d+$/, 'x.y.z'),
    licence: z.string().min(1).describe('SPDX identifier'),
    title: z.strictObject({ zh: z.string().min(1), en: z.string().min(1) }).optional(),
  })
  .meta({ id: 'PackFile' })

/** A pack and the folder that holds it. */
export interface Pack extends z.output<typeof packFile> {
  readonly root: string
}

/** The folder of all packs: a setting, else `packs/` of this checkout. */
export function packsRoot(config: { readonly packs?: string | null } = {}): string {
  return config.packs ? resolve(config.packs) : resolve(import.meta.dirname, '../../../packs')
}

/** Reads the `pack.yml` of one folder. */
export async function readPack(root: string): Promise<Pack | Refusal> {
  const file = await readYaml(join(root, 'pack.yml'), packFile)
  return isRefusal(file) ? file : { ...file, root }
}
