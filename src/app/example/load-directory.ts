import type { Refusal } from '../../core/refusal/refusal.ts'
import type { Db } from '../../kernel/db/db.ts'
import { type DirectoryImport, importDirectory } from '../../modules/trust/module.ts'
import type { Example } from './read-example.ts'

/** Takes the county's regions, organs, posts and officers into the directory, with an account for each role. */
export async function loadDirectory(
  db: Db,
  example: Example,
  clock: () => Temporal.Instant,
): Promise<DirectoryImport | Refusal> {
  const { regions, organs, posts, officers, accounts } = example
  const demo = new Set(accounts.accounts.map((account) => account.officer))
  return await importDirectory(
    db,
    {
      regions: regions.regions.map((region) => ({ ...region, validFrom: regions.valid_from })),
      organs: organs.organs.map(({ parent, ...organ }) => ({
        ...organ,
        ...(parent === undefined ? {} : { parent }),
        validFrom: organs.valid_from,
      })),
      posts: posts.map(({ role, ...post }) => ({ ...post, roles: [role] })),
      officers: officers.officers.map(({ code, name, post }) => ({
        code,
        name,
        posts: [{ post, from: officers.valid_from }],
        ...(demo.has(code) ? { demo: true, password: accounts.password } : {}),
      })),
    },
    clock,
  )
}
