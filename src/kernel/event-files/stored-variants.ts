import type { DuckDBConnection } from '@duckdb/node-api'
import { byCodePoint } from '../../core/eventlog/activities.ts'
import { eachVariant, type VariantRow } from './event-table.ts'

/** So many equally frequent variants are compared here; where there are more, the engine narrows them first. */
const COMPARED = 50_000

/** A page of a log's variants, and how many there are. */
export interface VariantsPage {
  readonly total: number
  readonly rows: readonly VariantRow[]
}

async function count(engine: DuckDBConnection, statement: string): Promise<number> {
  return Number((await engine.runAndReadAll(statement)).getRows()[0]?.[0] ?? 0)
}

/** Ascending by the activities' names, one by one; a beginning before what goes on from it. */
function bySequence(a: VariantRow, b: VariantRow): number {
  for (let i = 0; i < Math.min(a.activities.length, b.activities.length); i++) {
    const difference = byCodePoint(a.activities[i] as string, b.activities[i] as string)
    if (difference !== 0) return difference
  }
  return a.activities.length - b.activities.length
}

/**
 * The most frequent variants of an open event table, in the order of `variantsOf`: by cases, equal ones by their
 * activities. Memory holds the page and at most fifty thousand equally frequent variants.
 */
export async function variantsPage(engine: DuckDBConnection, limit: number): Promise<VariantsPage> {
  const total = await count(engine, 'select count(*) from variant')
  const least = await count(
    engine,
    `select min(cases) from (select cases from variant order by cases desc limit ${Math.max(1, limit)})`,
  )
  const above = await count(engine, `select count(*) from variant where cases > ${least}`)
  await engine.run(`create or replace temp table tied as select variant from variant where cases = ${least}`)
  await engine.run('create or replace temp table chosen (variant integer)')
  await narrow(engine, limit - above)
  const rows: VariantRow[] = []
  const condition = `v.cases > ${least} or v.variant in (select variant from tied union all select variant from chosen)`
  await eachVariant(engine, 1000, (some) => void rows.push(...some), condition)
  await engine.run('drop table tied; drop table chosen')
  rows.sort((a, b) => b.cases - a.cases || bySequence(a, b))
  return { total, rows: rows.slice(0, limit) }
}

/**
 * Narrows `tied` to few variants among which the first `wanted` end, activity by activity: those that come before for
 * sure go to `chosen`.
 */
async function narrow(engine: DuckDBConnection, wanted: number): Promise<void> {
  let missing = wanted
  for (let place = 0; ; place++) {
    if ((await count(engine, 'select count(*) from tied')) <= COMPARED) return
    await engine.run(`create or replace temp table next_step as
      select t.variant, e.activity from tied t left join variant_event e on e.variant = t.variant and e.place = ${place}`)
    const groups = await engine.runAndReadAll(
      'select activity, count(*)::double from next_step group by activity order by activity nulls first',
    )
    for (const [activity, size] of groups.getRows() as [string | null, number][]) {
      await engine.run(
        `create or replace temp table tied as select variant from next_step where activity is not distinct from $1::varchar`,
        [activity],
      )
      if (size >= missing) break
      missing -= size
      await engine.run('insert into chosen select variant from tied')
    }
  }
}
