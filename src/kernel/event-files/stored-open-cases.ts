import { DOUBLE, type DuckDBConnection } from '@duckdb/node-api'
import { momentOf } from '../../core/check/moment.ts'
import { type OpenStep, type openCases, openStretches } from '../../core/eventlog/open-cases.ts'
import type { Zone } from '../../core/worktime/zone.ts'
import type { StoredEvents } from './event-table.ts'
import { appendNumbers, quoted } from './part-store.ts'

type OpenCases = ReturnType<typeof openCases>

/** A stored import, and which column of its cases says when they end (`c3`); null where none does. */
export interface StoredEnds extends StoredEvents {
  readonly endColumn: string | null
}

/** The files of an import, with the column that says when its cases end. `caseColumns`: the names of c0, c1 … */
export function withEnds({
  events,
  cases,
  caseColumns,
}: StoredEvents & { readonly caseColumns: readonly string[] }): StoredEnds {
  const at = caseColumns.indexOf('end')
  return { events, cases, endColumn: at < 0 ? null : `c${at}` }
}

async function numbers(engine: DuckDBConnection, statement: string): Promise<readonly (number | null)[][]> {
  return (await engine.runAndReadAll(statement)).getRows() as (number | null)[][]
}

/** The distinct texts that say when cases end, as microseconds: read by the same code as in a log that is held whole. */
async function readEnds(engine: DuckDBConnection, files: readonly StoredEnds[], zone: Zone): Promise<void> {
  const texts = files.map(({ cases, endColumn }, no) => {
    const text = endColumn === null ? 'null::varchar' : endColumn
    return `select ${no} as file_no, case_no, ${text} as ending from read_parquet(${quoted(cases)})`
  })
  await engine.run(`create or replace temp table end_text as
    select cast(row_number() over () - 1 as double) as code, ending from (
      select distinct ending from (${texts.join(' union all ')}) where ending is not null)`)
  await engine.run('create or replace temp table end_us (code double, us double)')
  for (let from = 0; ; from += BATCH) {
    const some = await engine.runAndReadAll(
      `select code, ending from end_text where code >= ${from} and code < ${from + BATCH} order by code`,
    )
    const rows = some.getRows() as [number, string][]
    if (rows.length === 0) break
    const us = rows.map(([, text]) => {
      const moment = momentOf(text, zone)
      if (moment === null) return Number.NaN
      return (moment.kind === 'instant' ? moment.instant : zone.startOf(moment.day)) * 1000
    })
    await appendNumbers(engine, 'end_us', [
      { name: 'code', type: DOUBLE, values: Float64Array.from(rows, ([code]) => code) },
      { name: 'us', type: DOUBLE, values: Float64Array.from(us) },
    ])
  }
  await engine.run(`create or replace temp table case_end as
    select k.log_case, case when isnan(u.us) then null else greatest(u.us, k.first_us) end as us
    from case_row k join (${texts.join(' union all ')}) t on t.file_no = k.file_no and t.case_no = k.case_no
    join end_text e on e.ending = t.ending join end_us u on u.code = e.code`)
  await engine.run('drop table end_text; drop table end_us')
}

const BATCH = 100_000

/**
 * Open cases over time of an open event table, as `openCases` tells them. Days begin where the zone says: the engine is
 * given the instants at which they do.
 */
export async function storedOpenCases(
  engine: DuckDBConnection,
  files: readonly StoredEnds[],
  zone: Zone,
  step: OpenStep,
): Promise<OpenCases> {
  const byColumn = files.some(({ endColumn }) => endColumn !== null)
  if (byColumn) await readEnds(engine, files, zone)
  else await engine.run('create or replace temp table case_end as select log_case, last_us as us from case_row')
  // cases without any instant are not counted, ended or not
  const [[first, last, withoutTime, ended, lastEnd] = []] = await numbers(
    engine,
    `select min(k.first_us)::double, max(k.last_us)::double, count(*) filter (k.first_us is null)::double,
      count(e.us) filter (k.first_us is not null)::double, max(e.us) filter (k.first_us is not null)::double
    from case_row k left join case_end e using (log_case)`,
  )
  const [[timed] = []] = await numbers(engine, 'select count(first_us)::double from case_row')
  const endBy = byColumn ? 'column' : 'last-event'
  const counts = { endBy, withoutEnd: (timed ?? 0) - (ended ?? 0), withoutTime: withoutTime ?? 0 } as const
  if (first === null || first === undefined || last === null || last === undefined) return { ...counts, rows: [] }
  const from = zone.dayAt(first / 1000)
  const to = zone.dayAt(Math.max(last, lastEnd ?? last) / 1000)
  const days = Float64Array.from({ length: to - from + 1 }, (_, i) => from + i)
  await engine.run('create or replace temp table day_start (day double, us double)')
  await appendNumbers(engine, 'day_start', [
    { name: 'day', type: DOUBLE, values: days },
    { name: 'us', type: DOUBLE, values: days.map((day) => zone.startOf(day) * 1000) },
  ])
  const byDay = async (instants: string): Promise<Int32Array> => {
    const counted = new Int32Array(days.length)
    const found = await numbers(
      engine,
      `select d.day, count(*)::double from (${instants}) i asof join day_start d on i.us >= d.us group by d.day`,
    )
    for (const [day, cases] of found) counted[(day as number) - from] = cases as number
    return counted
  }
  const opened = await byDay('select first_us::double as us from case_row where first_us is not null')
  const closed = await byDay(`select e.us::double as us from case_end e join case_row k using (log_case)
    where e.us is not null and k.first_us is not null`)
  await engine.run('drop table day_start; drop table case_end')
  return { ...counts, rows: openStretches(from, opened, closed, step) }
}
