import type { DuckDBConnection } from '@duckdb/node-api'
import type { LogStats } from '../../core/eventlog/log-stats.ts'

/** What an open event table whose variants are open holds, as `logStats` tells it. */
export async function storedStats(engine: DuckDBConnection): Promise<LogStats> {
  const found = await engine.runAndReadAll(`
    select count(*)::double, coalesce(sum(events), 0)::double, min(first_us)::double / 1000, max(last_us)::double / 1000,
      (select count(distinct activity)::double from variant_event), (select count(*)::double from variant),
      (select count(*)::double from log_event where us is null)
    from case_row`)
  type Row = [number, number, number | null, number | null, number, number, number]
  const [cases, events, firstAt, lastAt, activities, variants, withoutTime] = found.getRows()[0] as Row
  return { cases, events, activities, variants, firstAt, lastAt, withoutTime }
}
