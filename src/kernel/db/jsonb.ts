import { type RawBuilder, sql } from 'kysely'

/** A value for a jsonb column: `pg` would send an array as a PostgreSQL array. */
export function jsonb<T>(value: T): RawBuilder<T> {
  return sql<T>`${JSON.stringify(value)}::jsonb`
}
