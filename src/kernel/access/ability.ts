import { createMongoAbility, type MongoAbility, subject } from '@casl/ability'
import { rulesToCondition } from '@casl/ability/extra'
import type { Expression, SqlBool } from 'kysely'
import type { Principal, Role } from './principal.ts'
import type { RegionalRow } from './request-access.ts'
import { allRows, anyOf, everyOf, noRow, sqlOf } from './row-filter.ts'
import { type AccessTable, type Scope, scopeOf } from './table.ts'

type Act = MongoAbility<[string, 'row' | (RegionalRow & { readonly __caslSubjectType__?: 'row' })]>

/** What one principal may do, compiled from the access table: the decision and the row filter come from the same rules. */
export interface Ability {
  /** How far the principal reaches on a route (`METHOD url`). */
  scope(route: string): Scope
  /** The single decision: may the principal touch this row on this route? */
  permits(route: string, row: RegionalRow): boolean
  /** The same rules as an SQL condition on a column of region paths. */
  where(route: string, column: string): Expression<SqlBool>
}

/**
 * Region P and all below it. Paths are compared as bytes, and `0` follows `/` directly, so that [P/, P0) is exactly what
 * begins with `P/`: 99/99011 is not below 99/9901. Standard operators only, which both interpreters read alike.
 */
function regionRules(route: string, region: string) {
  return [
    { action: route, subject: 'row' as const, conditions: { region } },
    { action: route, subject: 'row' as const, conditions: { region: { $gte: `${region}/`, $lt: `${region}0` } } },
  ]
}

/** Compiles the table's rows for a principal; null is the public. */
export function abilityOf(table: AccessTable, principal: Principal | null): Ability {
  const roles: readonly Role[] = principal?.roles ?? ['public']
  const scopes = new Map([...table].map(([route, row]) => [route, scopeOf(row, roles)]))
  const rules = [...scopes].flatMap(([route, scope]) => {
    if (scope === 'any') return [{ action: route, subject: 'row' as const }]
    return scope === 'own' && principal !== null ? regionRules(route, principal.region) : []
  })
  const ability = createMongoAbility<Act>(rules)
  return {
    scope: (route) => (ability.can(route, 'row') ? (scopes.get(route) ?? 'none') : 'none'),
    permits: (route, row) => ability.can(route, subject('row', { region: row.region })),
    where: (route, column) =>
      rulesToCondition(ability.rulesFor(route, 'row'), (rule) => sqlOf(rule.ast, column), {
        and: everyOf,
        or: anyOf,
        empty: allRows,
      }) ?? noRow(),
  }
}
