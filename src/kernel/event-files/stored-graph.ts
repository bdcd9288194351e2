import type { DuckDBConnection } from '@duckdb/node-api'
import type { followsGraph } from '../../core/eventlog/graph.ts'
import { eventRows, type StoredEvents } from './event-table.ts'
import { spreads } from './spreads.ts'

type FollowsGraph = ReturnType<typeof followsGraph>

/**
 * The directly-follows graph of an open event table whose variants are open, as `followsGraph` tells it. What is counted
 * follows from the variants; only the durations read all events, once, in the order of their files.
 */
export async function storedGraph(engine: DuckDBConnection, files: readonly StoredEvents[]): Promise<FollowsGraph> {
  await engine.run(`create or replace temp table node as
    select cast(row_number() over (order by activity) - 1 as integer) as code, *
    from (select activity, cast(sum(times * cases) as double) as events, cast(sum(cases) as double) as cases,
        cast(sum(starting * cases) as double) as starts, cast(sum(ending * cases) as double) as ends
      from (select e.variant, e.activity, v.cases, count(*) as times, count(*) filter (e.place = 0) as starting,
          count(*) filter (e.place = v.length - 1) as ending
        from variant_event e join variant v using (variant) group by e.variant, e.activity, v.cases) group by activity)`)
  const nodes = await engine.runAndReadAll(
    'select activity, events, cases, starts, ends from node order by events desc, activity',
  )
  await engine.run(`create or replace temp table edge as
    select cast(row_number() over (order by a.code, b.code) - 1 as integer) as key, a.activity as from_activity,
      b.activity as to_activity, a.code as from_code, b.code as to_code, s.count, s.cases
    from (select from_activity, to_activity, cast(sum(times * cases) as double) as count, cast(sum(cases) as double) as cases
      from (select f.variant, f.activity as from_activity, t.activity as to_activity, v.cases, count(*) as times
        from variant_event f join variant_event t on t.variant = f.variant and t.place = f.place + 1
        join variant v on v.variant = f.variant
        group by f.variant, f.activity, t.activity, v.cases) group by from_activity, to_activity) s
    join node a on a.activity = s.from_activity join node b on b.activity = s.to_activity`)
  // a case stands in one piece in its file: the event before, where it is of the same case
  const pairs = files.map(
    (file) => `select n.file_no, n.case_no, n.before, n.activity, (n.us - n.before_us) / 1e6 as value
      from (select file_no, case_no, activity, us, lag(case_no) over () as before_case, lag(activity) over () as before,
        lag(us) over () as before_us from (${eventRows([file])})) n where n.case_no = n.before_case`,
  )
  const numbered = pairs.map((pair, no) => `select * replace (${no} as file_no) from (${pair})`).join(' union all ')
  const known = files.length < 2 ? '' : 'semi join case_row k on k.file_no = p.file_no and k.case_no = p.case_no'
  const durations = await spreads(
    engine,
    `select g.key, p.value from (${numbered}) p ${known}
    join edge g on g.from_activity = p.before and g.to_activity = p.activity`,
  )
  const edges = await engine.runAndReadAll(
    'select key, from_activity, to_activity, count, cases from edge order by count desc, from_code, to_code',
  )
  await engine.run('drop table node; drop table edge')
  return {
    nodes: (nodes.getRows() as [string, number, number, number, number][]).map(
      ([activity, events, cases, starts, ends]) => ({ activity, events, cases, starts, ends }),
    ),
    edges: (edges.getRows() as [number, string, string, number, number][]).map(([key, from, to, count, cases]) => ({
      from,
      to,
      count,
      cases,
      duration: durations.get(key) ?? null,
    })),
  }
}
