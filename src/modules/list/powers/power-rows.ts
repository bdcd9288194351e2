import { sql } from 'kysely'
import type { PowerLack } from '../../../core/power/lacks.ts'
import type { Basis, PowerCaseKind, PowerEntry, PowerKind, PowerLevel, PowerState } from '../../../core/power/power.ts'
import type { Store } from '../laws/resolve.ts'

/** A version of a power's entry as it is kept. */
export interface PowerVersionRow {
  readonly version: number
  readonly entry: PowerEntry
  readonly lacks: readonly PowerLack[]
  readonly source: string
  readonly draftedAt: string
  readonly netHash: string | null
  readonly publishedAt: string | null
}

/** A power with where it stands. */
export interface PowerRow {
  readonly code: string
  readonly region: string
  readonly state: PowerState
  readonly latestVersion: number
  readonly publishedVersion: number | null
  readonly stateSinceAt: string
}

/** The power of that code, null where the list has none; locked until the transaction ends where `lock` says so. */
export async function powerRow(db: Store, code: string, lock = false): Promise<PowerRow | null> {
  const { rows } = await sql<PowerRow>`
    select code, region, state, latest_version as "latestVersion", published_version as "publishedVersion",
      state_since_at as "stateSinceAt"
    from power where code = ${code} ${lock ? sql`for update` : sql``}`.execute(db)
  return rows[0] ?? null
}

interface RawVersion {
  readonly code: string
  readonly region: string
  readonly version: number
  readonly name_zh: string
  readonly name_en: string
  readonly kind: PowerKind | null
  readonly level: PowerLevel | null
  readonly organs: readonly string[]
  readonly bases: readonly Basis[]
  readonly statutory_value: number | null
  readonly statutory_unit: 'working-day' | 'calendar-day' | null
  readonly statutory_basis: string | null
  readonly promised_value: number | null
  readonly promised_unit: 'working-day' | 'calendar-day' | null
  readonly procedure: string | null
  readonly case_kinds: readonly PowerCaseKind[]
  readonly special: readonly string[]
  readonly lacks: readonly PowerLack[]
  readonly source: string
  readonly drafted_at: string
  readonly net_hash: string | null
  readonly published_at: string | null
}

const COLUMNS = sql.raw(`p.region, v.code, v.version, v.name_zh, v.name_en, v.kind, v.level, v.organs, v.bases,
  v.statutory_value, v.statutory_unit, v.statutory_basis, v.promised_value, v.promised_unit, v.procedure, v.case_kinds,
  v.special, v.lacks, v.source, v.drafted_at, v.net_hash, v.published_at`)

/** The versions of powers, newest first; all of one power's, or single ones of many. */
export async function powerVersions(
  db: Store,
  wanted:
    | { readonly code: string }
    | { readonly pairs: readonly { readonly code: string; readonly version: number }[] },
): Promise<readonly PowerVersionRow[]> {
  const which =
    'code' in wanted
      ? sql`v.code = ${wanted.code}`
      : sql`(v.code, v.version) in (select * from unnest(${sql.val(wanted.pairs.map((pair) => pair.code))}::text[],
          ${sql.val(wanted.pairs.map((pair) => pair.version))}::integer[]))`
  const { rows } = await sql<RawVersion>`
    select ${COLUMNS} from power_version v join power p using (code) where ${which}
    order by v.code, v.version desc`.execute(db)
  return rows.map((row) => ({
    version: row.version,
    entry: entryOf(row),
    lacks: row.lacks,
    source: row.source,
    draftedAt: row.drafted_at,
    netHash: row.net_hash,
    publishedAt: row.published_at,
  }))
}

function entryOf(row: RawVersion): PowerEntry {
  const { statutory_value, statutory_unit, statutory_basis, promised_value, promised_unit } = row
  const statutory =
    statutory_value === null || statutory_unit === null || statutory_basis === null
      ? null
      : { value: statutory_value, unit: statutory_unit, basis: statutory_basis }
  const promised =
    promised_value === null || promised_unit === null ? null : { value: promised_value, unit: promised_unit }
  return {
    code: row.code,
    name: { zh: row.name_zh, en: row.name_en },
    kind: row.kind,
    level: row.level,
    region: row.region,
    organs: row.organs,
    bases: row.bases,
    limit: { statutory, promised },
    procedure: row.procedure,
    caseKinds: row.case_kinds,
    special: row.special,
  }
}
