import { type OfficerRole, officerRoles, type Role } from './principal.ts'

/** How far a role reaches on a route: nothing, its own region and all below it, or every region. */
export type Scope = 'none' | 'own' | 'any'

/** One row: a route, and how far each role reaches on it. A role that is not named reaches nothing. */
export interface AccessRow {
  readonly method: 'GET' | 'POST' | 'PUT' | 'PATCH' | 'DELETE'
  /** The route's pattern as it is registered, e.g. `/api/findings/:id`. */
  readonly url: string
  readonly reach: Readonly<Partial<Record<Role, Scope>>>
  /** What the audit calls the use of this route: each is recorded, not only denials. */
  readonly records?: string
}

/** The one table of who may do what: by `METHOD url`. */
export type AccessTable = ReadonlyMap<string, AccessRow>

/** The key of a route in the table. Fastify answers HEAD by the GET route, so HEAD is judged by GET's row. */
export function routeKey(method: string, url: string): string {
  return `${method === 'HEAD' ? 'GET' : method} ${url}`
}

/** Builds the table; throws on two rows for one route, which is a mistake in the program. */
export function accessTable(rows: readonly AccessRow[]): AccessTable {
  const table = new Map<string, AccessRow>()
  for (const row of rows) {
    const key = routeKey(row.method, row.url)
    if (table.has(key)) throw new Error(`The access table has two rows for ${key}`)
    table.set(key, row)
  }
  return table
}

/** The same scope for everybody who has signed in. */
export function officers(scope: Scope): Readonly<Record<OfficerRole, Scope>> {
  return Object.fromEntries(officerRoles.map((role) => [role, scope])) as Record<OfficerRole, Scope>
}

/** Open to all, signed in or not, over every region. */
export const everyone: AccessRow['reach'] = { public: 'any', ...officers('any') }

/** The farthest of the scopes that the roles give on a row; `public` counts for who has not signed in only. */
export function scopeOf(row: AccessRow, roles: readonly Role[]): Scope {
  const scopes = roles.map((role) => row.reach[role] ?? 'none')
  if (scopes.includes('any')) return 'any'
  return scopes.includes('own') ? 'own' : 'none'
}
