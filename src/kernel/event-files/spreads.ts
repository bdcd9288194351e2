import type { DuckDBConnection } from '@duckdb/node-api'
import type { Spread } from '../../core/eventlog/spread.ts'

/** The quantiles of a spread. */
const QUANTILES = [0.5, 0.9] as const

/**
 * The spread of each group of `source`, SQL that gives `key` (an integer) and `value` (a double, null for none), as
 * `spreadOf` tells it: quantiles are exact. The engine sorts the values, on disk where memory ends, and the few that a
 * quantile lies between are looked up by their place; aggregates of quantiles would hold all values in memory.
 */
export async function spreads(engine: DuckDBConnection, source: string): Promise<ReadonlyMap<number, Spread>> {
  await engine.run(`create or replace temp table measured as
    select key, value from (${source}) where value is not null order by key, value`)
  const groups = await engine.runAndReadAll(`
    select key, count(*)::double, sum(value), avg(value), min(value), max(value), stddev_samp(value), min(rowid)::double
    from measured group by key`)
  type Row = [number, number, number, number, number, number, number | null, number]
  const rows = groups.getRows() as Row[]
  const places = rows.flatMap(([, n, , , , , , start]) =>
    QUANTILES.flatMap((q) => [start + Math.floor((n - 1) * q), start + Math.ceil((n - 1) * q)]),
  )
  const values = new Map<number, number>()
  if (places.length > 0) {
    const wanted = `select distinct unnest([${places.join(', ')}]) as place`
    const found = await engine.runAndReadAll(
      `select m.rowid::double, m.value from measured m join (${wanted}) w on w.place = m.rowid`,
    )
    for (const [place, value] of found.getRows() as [number, number][]) values.set(place, value)
  }
  await engine.run('drop table measured')
  const quantile = (start: number, n: number, q: number): number => {
    const at = (n - 1) * q
    const low = values.get(start + Math.floor(at)) as number
    return low + (at - Math.floor(at)) * ((values.get(start + Math.ceil(at)) as number) - low)
  }
  return new Map(
    rows.map(([key, n, sum, mean, min, max, sd, start]) => [
      key,
      { n, mean, median: quantile(start, n, 0.5), p90: quantile(start, n, 0.9), min, max, sd, sum },
    ]),
  )
}

/** The durations of the cases of an open event table, in seconds; null where no case has an instant. */
export async function durationsOfCases(engine: DuckDBConnection): Promise<Spread | null> {
  const all = await spreads(engine, 'select 0 as key, (last_us - first_us) / 1e6 as value from case_row')
  return all.get(0) ?? null
}
