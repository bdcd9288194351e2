import { z } from 'zod'
import { officerRoles } from '../../kernel/access/principal.ts'

const bilingual = z.strictObject({ zh: z.string().min(1), en: z.string().min(1) })
const level = z.enum(['province', 'city', 'county', 'township', 'village'])

/** `packs/example/regions.yml`. */
export const regionFile = z.strictObject({
  valid_from: z.iso.date(),
  regions: z.array(z.strictObject({ code: z.string(), name: bilingual, level })).min(1),
})

/** `packs/example/organs.yml`. */
export const organFile = z.strictObject({
  valid_from: z.iso.date(),
  organs: z
    .array(
      z.strictObject({
        code: z.string(),
        name: bilingual,
        region: z.string(),
        kind: z.enum(['government', 'party', 'self-governing', 'collective']),
        parent: z.string().optional(),
      }),
    )
    .min(1),
})

/** `packs/example/posts.yml`. */
export const postFile = z.strictObject({
  posts: z
    .array(
      z.strictObject({
        code: z.string().regex(/^[a-z0-9-]+\.[a-z-]+$/, 'organ.duty'),
        organ: z.string(),
        title: bilingual,
        role: z.enum(officerRoles),
      }),
    )
    .min(1),
})

/** `packs/example/officers.yml`. */
export const officerFile = z.strictObject({
  valid_from: z.iso.date(),
  officers: z.array(z.strictObject({ code: z.string(), name: z.string(), post: z.string() })).min(1),
})

/** `packs/example/accounts.yml`: accounts for a look around, one for each role. */
export const accountFile = z.strictObject({
  password: z.string().min(8),
  accounts: z.array(z.strictObject({ role: z.enum(officerRoles), officer: z.string() })).min(1),
})
