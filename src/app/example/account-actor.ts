import type { Actor } from '../../core/event/domain-event.ts'
import type { OfficerRole } from '../../kernel/access/principal.ts'
import type { Example } from './read-example.ts'

/** The example's officer of a role, as the one who acts. Throws where the pack names none: its accounts hold each role. */
export function actorOf(role: OfficerRole, example: Example): Actor {
  const officer = example.accounts.accounts.find((account) => account.role === role)?.officer
  const held = example.officers.officers.find((one) => one.code === officer)
  const post = example.posts.find((one) => one.code === held?.post)
  if (held === undefined || post === undefined) throw new Error(`the example has no account for ${role}`)
  return { officer: held.code, post: post.code, organ: post.organ }
}
