import type { DuckDBConnection } from '@duckdb/node-api'
import { quoted } from './part-store.ts'

/** The two files of one import. A case of several imports is as the last of them has it. */
export interface StoredEvents {
  readonly events: string
  readonly cases: string
}

/** Cases whose sequences are hashed at a time. */
const CASES_AT_A_TIME = 1_000_000

const numbered = (files: readonly StoredEvents[], of: keyof StoredEvents, select: string, more = ''): string =>
  files
    .map((file, no) => `select ${no} as file_no, ${select} from read_parquet(${quoted(file[of])}${more})`)
    .join(' union all by name ')

/** The events of stored files as a table of SQL: file_no, case_no, activity, us (null without an instant), file_row. */
export const eventRows = (files: readonly StoredEvents[]): string =>
  numbered(
    files,
    'events',
    'case_no, activity, epoch_us(happened_at) as us, file_row_number as file_row',
    ', file_row_number = true',
  )

/**
 * Makes a stored log ready for questions on a connection, without holding its events:
 *
 * - the table `case_row`: log_case (the log's own number of a case, from 0), file_no, case_no, first_row (place in the
 *   file of its first event), events, first_us, last_us;
 * - the view `log_event`: log_case, place (within the case, from 0), activity, us.
 */
export async function openEventTable(engine: DuckDBConnection, files: readonly StoredEvents[]): Promise<void> {
  // the last file that holds a case, and its number there
  const inForce = `select max(file_no) as file_no, arg_max(case_no, file_no) as case_no
    from (${numbered(files, 'cases', 'case_no, case_id')}) group by case_id`
  const known = files.length < 2 ? '' : `join (${inForce}) i using (file_no, case_no)`
  await engine.run(`create or replace temp table case_row as
    select cast(row_number() over (order by file_no, case_no) - 1 as integer) as log_case, *
    from (select file_no, case_no, min(file_row) as first_row, count(*) as events, min(us) as first_us, max(us) as last_us
      from (${eventRows(files)}) e ${known} group by file_no, case_no)`)
  await engine.run(`create or replace temp view log_event as
    select k.log_case, cast(e.file_row - k.first_row as integer) as place, e.activity, e.us
    from (${eventRows(files)}) e join case_row k on k.file_no = e.file_no and k.case_no = e.case_no`)
}

/**
 * Groups the cases of an open event table by their sequence of activities:
 *
 * - `case_variant`: log_case, variant;
 * - `variant`: variant (from 0), cases, first_case, length;
 * - `variant_event`: variant, place, activity.
 *
 * A sequence is told by its length and the sum of hashes of (activity, place), which needs no order within the engine;
 * each case is then compared with its variant event by event, so that a collision can never join two variants.
 */
export async function openVariants(engine: DuckDBConnection): Promise<void> {
  const counted = await engine.runAndReadAll('select count(*) from case_row')
  const cases = Number(counted.getRows()[0]?.[0])
  for (let salt = 0; ; salt++) {
    await engine.run('create or replace temp table case_hash (log_case integer, hash hugeint, length bigint)')
    for (let from = 0; from < cases; from += CASES_AT_A_TIME) {
      await engine.run(`insert into case_hash
        select log_case, sum(hash(activity, place, ${salt})) as hash, count(*) as length from log_event
        where log_case >= ${from} and log_case < ${from + CASES_AT_A_TIME} group by log_case`)
    }
    await engine.run(`create or replace temp table variant as
      select cast(row_number() over (order by first_case) - 1 as integer) as variant, * from (
        select hash, length, count(*) as cases, min(log_case) as first_case from case_hash group by hash, length)`)
    await engine.run(`create or replace temp table case_variant as
      select c.log_case, v.variant from case_hash c join variant v on v.hash = c.hash and v.length = c.length`)
    await engine.run(`create or replace temp table variant_event as
      select v.variant, e.place, e.activity from log_event e join variant v on v.first_case = e.log_case`)
    await engine.run('drop table case_hash')
    const differing = await engine.runAndReadAll(`select count(*) from log_event e
      join case_variant c on c.log_case = e.log_case
      join variant_event v on v.variant = c.variant and v.place = e.place where v.activity <> e.activity`)
    if (Number(differing.getRows()[0]?.[0]) === 0) return
    if (salt === 3) throw new Error('the hashes of a log collide under every salt')
  }
}

/** One variant with its sequence. */
export interface VariantRow {
  readonly variant: number
  readonly cases: number
  readonly activities: readonly string[]
}

/** Calls back with the variants of `condition` (SQL over `variant` v) in order of their numbers, so many at a time. */
export async function eachVariant(
  engine: DuckDBConnection,
  batch: number,
  take: (rows: readonly VariantRow[]) => Promise<void> | void,
  condition = 'true',
): Promise<void> {
  const result = await engine.stream(`select e.variant, v.cases, e.activity from variant_event e
    join variant v using (variant) where ${condition} order by e.variant, e.place`)
  let rows: VariantRow[] = []
  let open = { variant: -1, activities: [] as string[] }
  for (;;) {
    const chunk = await result.fetchChunk()
    if (chunk === null || chunk.rowCount === 0) break
    for (const [variant, cases, activity] of chunk.getRows() as [number, bigint, string][]) {
      if (open.variant !== variant) {
        if (rows.length >= batch) {
          await take(rows)
          rows = []
        }
        const activities: string[] = []
        open = { variant, activities }
        rows.push({ variant, cases: Number(cases), activities })
      }
      open.activities.push(activity)
    }
  }
  if (rows.length > 0) await take(rows)
}
