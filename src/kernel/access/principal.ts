import type { Actor } from '../../core/event/domain-event.ts'

/** The roles that a post may give its holder. A person who has not signed in has none of them: see `Role`. */
export const officerRoles = [
  'supervisor',
  'list-officer',
  'unit-head',
  'handler',
  'inspector',
  'auditor',
  'system-admin',
  'security-admin',
  'audit-admin',
] as const

/** A role that a post gives. */
export type OfficerRole = (typeof officerRoles)[number]

/** Every role that the access table knows: the officers' roles, and `public` for who has not signed in. */
export type Role = OfficerRole | 'public'

/** Who asks: an officer acting in one post of an organ. The region is the organ's, and the reach of scope `own`. */
export interface Principal {
  readonly officer: string
  readonly post: string
  readonly organ: string
  /** Region code path of the post's organ, e.g. `99/9901/990121`. */
  readonly region: string
  readonly roles: readonly OfficerRole[]
}

/** The codes that an event records of who acted; nobody for a request from the public. */
export function actorOf(principal: Principal | null): Actor {
  return principal === null
    ? { officer: null, post: null, organ: null }
    : { officer: principal.officer, post: principal.post, organ: principal.organ }
}
