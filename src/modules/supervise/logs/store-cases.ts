// Brings an import's rows into the store, streamed from the engine: memory does not grow with the log.
import type { DuckDBConnection } from '@duckdb/node-api'
import { sql } from 'kysely'
import { jsonb } from '../../../kernel/db/jsonb.ts'
import { eachVariant } from '../../../kernel/event-files/event-table.ts'
import { quoted } from '../../../kernel/event-files/part-store.ts'
import type { ReportedRow } from '../../../kernel/tables/import-report.ts'
import { isoInstant } from '../../../kernel/tables/time-role.ts'
import type { EventFiles } from './event-files.ts'
import type { LogDb } from './tables.ts'
import { variantName } from './variant-name.ts'

const BATCH = 5000

/** Stores rows of the source that were not used. */
export async function storeReported(db: LogDb, importId: string, reported: readonly ReportedRow[]): Promise<void> {
  const rows = reported.map(({ row, reason, text }) => ({ row, reason, cell: text }))
  await sql`
    insert into log_reported_row (import_id, row, reason, cell)
    select ${importId}, r.row, r.reason, r.cell
    from jsonb_to_recordset(${jsonb(rows)}) as r (row integer, reason text, cell text)`.execute(db)
}

/** The names of an import's variants by number, sixteen bytes each: a name is their hexadecimal. */
class VariantNames {
  #bytes = Buffer.alloc(16 * 1024)

  set(variant: number, name: string): void {
    if (this.#bytes.length < (variant + 1) * 16)
      this.#bytes = Buffer.concat([this.#bytes, Buffer.alloc(this.#bytes.length)])
    this.#bytes.write(name, variant * 16, 'hex')
  }

  get(variant: number): string {
    return this.#bytes.toString('hex', variant * 16, variant * 16 + 16)
  }
}

/** Stores the variants of the open event table and returns their names. */
export async function storeVariants(db: LogDb, engine: DuckDBConnection, log: string): Promise<VariantNames> {
  const names = new VariantNames()
  await eachVariant(engine, 500, async (variants) => {
    const rows = variants.map(({ variant, activities }) => {
      const name = variantName(activities)
      names.set(variant, name)
      return { variant: name, activities }
    })
    await sql`
      insert into log_variant (log_id, variant, activities)
      select ${log}, v.variant, array(select jsonb_array_elements_text(v.activities))
      from jsonb_to_recordset(${jsonb(rows)}) as v (variant text, activities jsonb)
      on conflict do nothing`.execute(db)
  })
  return names
}

/** A region of the source counts where it is a code path at or below the log's own region. */
function caseRegion(stated: string | null, own: string): string {
  return stated !== null && (stated === own || stated.startsWith(`${own}/`)) && /^\d+(\/\d+)*$/.test(stated)
    ? stated
    : own
}

/** The import whose cases are stored. */
interface StoredImport {
  readonly log: string
  readonly import: string
  readonly sequence: number
  /** The log's own region. */
  readonly region: string
  readonly files: EventFiles
  /** Path of the file of cases. */
  readonly casesPath: string
}

const instant = (us: number | null): string | null => (us === null ? null : isoInstant(us / 1000))

/** Stores the cases of the open event table; a case that the log has already is from now on as this import has it. */
export async function storeCases(
  db: LogDb,
  engine: DuckDBConnection,
  names: VariantNames,
  { log, import: importId, sequence, region: own, files, casesPath }: StoredImport,
  stored: (cases: number) => void,
): Promise<void> {
  const column = (key: string): string => {
    const at = files.caseColumns.indexOf(key)
    return at < 0 ? 'null::varchar' : `c.c${at}`
  }
  const endKnown = files.caseColumns.includes('end')
  const result = await engine.stream(`
    select k.log_case, c.case_id, cast(k.events as integer), cast(k.first_us as double), cast(k.last_us as double), v.variant,
      ${column('region')}, ${column('power')}, ${endKnown ? `${column('end')} is null` : 'false'}
    from case_row k join read_parquet(${quoted(casesPath)}) c on c.case_no = k.case_no
    join case_variant v on v.log_case = k.log_case order by k.log_case`)
  type Row = [number, string, number, number | null, number | null, number, string | null, string | null, boolean]
  let rows: object[] = []
  let done = 0
  const store = async (): Promise<void> => {
    await sql`
      insert into log_case (log_id, case_id, import_id, ordinal, position, region, power, started_at, ended_at, events, variant,
        unfinished)
      select ${log}, r.case_id, ${importId}, r.ordinal, ${sequence}::bigint * 4294967296 + r.ordinal, r.region, r.power,
        r.started_at, r.ended_at, r.events, r.variant, r.unfinished
      from jsonb_to_recordset(${jsonb(rows)}) as r (case_id text, ordinal integer, region text, power text,
        started_at timestamptz, ended_at timestamptz, events integer, variant text, unfinished boolean)
      on conflict (log_id, case_id) do update set import_id = excluded.import_id, ordinal = excluded.ordinal,
        position = excluded.position, region = excluded.region, power = excluded.power,
        started_at = excluded.started_at, ended_at = excluded.ended_at, events = excluded.events,
        variant = excluded.variant, unfinished = excluded.unfinished`.execute(db)
    done += rows.length
    rows = []
    stored(done)
  }
  for (;;) {
    const chunk = await result.fetchChunk()
    if (chunk === null || chunk.rowCount === 0) break
    for (const row of chunk.getRows() as Row[]) {
      const [ordinal, caseId, events, first, last, variant, region, power, unfinished] = row
      rows.push({
        case_id: caseId,
        ordinal,
        region: caseRegion(region, own),
        power,
        started_at: instant(first),
        ended_at: instant(last),
        events,
        variant: names.get(variant),
        unfinished,
      })
      if (rows.length === BATCH) await store()
    }
  }
  if (rows.length > 0) await store()
}
