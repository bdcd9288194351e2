import { type Expression, type RawBuilder, type SqlBool, sql } from 'kysely'

/** A node of CASL's condition tree, by shape: which of the two @ucast/core classes built it does not matter. */
interface ConditionNode {
  readonly operator: string
  readonly value: unknown
  readonly field?: string
}

/** The comparisons that access rules use, as SQL. Bytes decide, whatever collation the database was made with. */
const comparisons: Readonly<Record<string, RawBuilder<unknown>>> = {
  eq: sql`=`,
  gt: sql`>`,
  gte: sql`>=`,
  lt: sql`<`,
  lte: sql`<=`,
}

/** Every row. */
export const allRows = (): Expression<SqlBool> => sql<SqlBool>`true`

/** No row. */
export const noRow = (): Expression<SqlBool> => sql<SqlBool>`false`

/** Rows that meet each condition. */
export const everyOf = (conditions: readonly Expression<SqlBool>[]): Expression<SqlBool> =>
  sql<SqlBool>`(${sql.join(conditions, sql` and `)})`

/** Rows that meet one condition or more. */
export const anyOf = (conditions: readonly Expression<SqlBool>[]): Expression<SqlBool> =>
  sql<SqlBool>`(${sql.join(conditions, sql` or `)})`

/**
 * The SQL of a condition of an access rule on `column`. @ucast/sql is not used: its one release is an alpha bound to
 * @ucast/core 1, while CASL 7 builds the trees of core 2, and its text of `$1` places would have to be numbered anew for
 * Kysely. Throws on an operator that no rule has: a filter that guesses is a leak.
 */
export function sqlOf(node: unknown, column: string): Expression<SqlBool> {
  const { operator, value, field } = node as ConditionNode
  if (operator === 'and') return everyOf((value as readonly unknown[]).map((child) => sqlOf(child, column)))
  if (operator === 'or') return anyOf((value as readonly unknown[]).map((child) => sqlOf(child, column)))
  const comparison = comparisons[operator]
  if (comparison === undefined || field !== 'region' || typeof value !== 'string') {
    throw new Error(`The row filter cannot read the access rule ${operator} on ${field ?? 'no field'}`)
  }
  return sql<SqlBool>`(${sql.ref(column)} collate "C" ${comparison} ${value})`
}
