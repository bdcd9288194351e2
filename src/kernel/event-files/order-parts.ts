import { rm } from 'node:fs/promises'
import { join } from 'node:path'
import type { DuckDBConnection } from '@duckdb/node-api'
import { type ImportNote, rowReasonCodes } from '../tables/import-report.ts'
import type { PartsColumn } from '../tables/log-part.ts'
import type { ReadParts } from '../tables/read-parts.ts'
import { CaseValues, list, one, unreadableRoles, valueColumn } from './case-values.ts'
import { type PartStore, quoted } from './part-store.ts'

/** Cases, and values of cases, that are worked on at a time; and events. */
const AT_A_TIME = 500_000
const EVENTS_AT_A_TIME = 1_000_000

/** A log as two Parquet files, as `orderParts` leaves them. */
export interface OrderedLog {
  /** case_no, case_id, activity, happened_at (UTC), source_row, e0 … ; ordered by case and, within it, as the log is. */
  readonly events: string
  /** case_no, case_id, c0 … ; ordered. */
  readonly cases: string
  readonly caseCount: number
  readonly eventCount: number
  /** The names in the log of e0, e1 … and c0, c1 … */
  readonly eventColumns: readonly string[]
  readonly caseColumns: readonly string[]
  readonly notes: readonly ImportNote[]
}

/**
 * Orders a log that was read in parts: cases by the source row of their first event, the events of a case by instant and
 * then by source row, an event without an instant behind the one before it in the source. The engine sorts, on disk where
 * memory ends. Rows whose time cannot be read join the table `reported`.
 */
export async function orderParts(
  engine: DuckDBConnection,
  store: PartStore,
  read: ReadParts,
  folder: string,
  atATime = AT_A_TIME,
  eventsAtATime = EVENTS_AT_A_TIME,
): Promise<OrderedLog> {
  const { columns: there, source } = await store.end()
  const ms = read.monthFirst ? 'ms_month_first' : 'ms'
  const events = join(folder, 'events.parquet')
  const cases = join(folder, 'cases.parquet')
  const ofEvents = read.columns.filter(({ level }) => level === 'event')
  const ofCases = read.columns.filter(({ level }) => level === 'case')
  const names = { eventColumns: ofEvents.map(({ key }) => key), caseColumns: ofCases.map(({ key }) => key) }
  const columnOf = (column: PartsColumn): string => {
    const name = valueColumn(column)
    return there.has(name) ? `p.${name}` : 'null::varchar'
  }
  await engine.run(
    `insert into reported select source_row, ${rowReasonCodes.indexOf('unreadable-time')} from ${source}
    where case_id is not null and isnan(${ms})`,
  )
  const usedIn = (table: string): string => `${table}case_id is not null and not isnan(${table}${ms})`
  const used = usedIn('')
  const [withoutTime = 0] = await one(engine, `select count(*) from ${source} where ${used} and isinf(${ms})`)

  await engine.run(`create or replace temp table case_order as
    select case_id, cast(row_number() over (order by first_row) - 1 as integer) as case_no, first_row, last_row
    from (select case_id, min(source_row) as first_row, max(source_row) as last_row from ${source} where ${used} group by case_id)`)
  const timed = read.time !== null
  const held = timed && withoutTime > 0
  if (held) await holdInstants(engine, source, ms, used)
  const orderedBy = held ? `coalesce(h.held, p.${ms}), ` : timed ? `p.${ms}, ` : ''
  const happened = `case when isinf(p.${ms}) then null else make_timestamp(cast(round(p.${ms} * 1000) as bigint)) end`
  const [caseCount = 0] = await one(engine, 'select count(*) from case_order')
  const [eventCount = 0] = await one(engine, `select count(*) from ${source} where ${used}`)
  // as many cases at a time as have about so many events that the engine can sort them in memory
  const ofEvent = Math.max(1, Math.ceil((caseCount * Math.min(eventsAtATime, eventCount)) / Math.max(1, eventCount)))
  await writePieces(
    engine,
    events,
    caseCount,
    ofEvent,
    (range, bounds) => `
    select k.case_no, p.case_id, p.activity, ${happened} as happened_at, p.source_row
      ${list(ofEvents.map((column, i) => `${columnOf(column)} as e${i}`))}
    from ${source} p join ${range} k on k.case_id = p.case_id
      ${held ? 'left join held_at h on h.source_row = p.source_row' : ''}
    where ${usedIn('p.')} and ${bounds} order by k.case_no, ${orderedBy}p.source_row`,
  )
  await engine.run('drop table if exists held_at')

  const values = new CaseValues(engine, ofCases, there, source)
  await values.open(caseCount, atATime)
  await writePieces(
    engine,
    cases,
    caseCount,
    atATime,
    (range) => `select k.case_no, k.case_id${list(values.selected('v'))}
      from ${range} k left join case_value v on v.case_id = k.case_id order by k.case_no`,
  )
  await engine.run('drop table case_order')

  const notes = [...read.notes, ...(await unreadableRoles(engine, ofEvents, there, source)), ...(await values.notes())]
  await engine.run('drop table case_value')
  if (held) notes.push({ code: 'event-without-time', count: withoutTime })
  const repeated = await repeatedEvents(engine, events, ofEvents.length)
  if (repeated > 0) notes.push({ code: 'event-repeated', count: repeated })
  return { events, cases, caseCount, eventCount, ...names, notes }
}

/** Makes the table `held_at`: what an event without an instant is ordered by, the last instant before it in its case. */
async function holdInstants(engine: DuckDBConnection, source: string, ms: string, used: string): Promise<void> {
  await engine.run(`create or replace temp table held_at as select source_row, held from (
    select source_row, ${ms} as ms, last_value(nullif(${ms}, '-infinity'::double) ignore nulls)
      over (partition by case_id order by source_row rows between unbounded preceding and current row) as held
    from ${source} where ${used}) where isinf(ms)`)
}

/**
 * Writes a file some cases at a time: what is joined and sorted then stays small, however large the log. `select` gives
 * the rows of the cases in a range of `case_order`, ordered; `bounds` is a condition on the rows of the parts `p`, by which
 * the engine passes over the files that have none of them.
 */
async function writePieces(
  engine: DuckDBConnection,
  path: string,
  cases: number,
  atATime: number,
  select: (range: string, bounds: string) => string,
): Promise<void> {
  const write = (rows: string, to: string): Promise<unknown> =>
    engine.run(`copy (${rows}) to ${quoted(to)} (format parquet, compression zstd)`)
  if (cases <= atATime) {
    await write(select('case_order', 'true'), path)
    return
  }
  const pieces: string[] = []
  for (let from = 0; from < cases; from += atATime) {
    const piece = `${path}.${pieces.length}`
    pieces.push(piece)
    const own = `case_no >= ${from} and case_no < ${from + atATime}`
    const [first, last] = await one(engine, `select min(first_row), max(last_row) from case_order where ${own}`)
    const bounds = `p.source_row between ${first} and ${last}`
    await write(select(`(select * from case_order where ${own})`, bounds), piece)
  }
  await write(`from read_parquet([${pieces.map(quoted).join(', ')}])`, path)
  await Promise.all(pieces.map((piece) => rm(piece)))
}

/** How many events equal the event before them in their case in activity, instant and every attribute. */
async function repeatedEvents(engine: DuckDBConnection, events: string, columns: number): Promise<number> {
  const attributes = Array.from({ length: columns }, (_, i) => `e${i}`)
  const [count = 0] = await one(
    engine,
    `select count(*) filter (same and no = lag_no and happened_at = lag_at) from (
      select case_no as no, lag(case_no) over () as lag_no, happened_at, lag(happened_at) over () as lag_at,
        own = lag(own) over () as same
      from (select case_no, happened_at, hash(activity${list(attributes)}) as own from ${quoted(events)}))`,
  )
  return count
}
