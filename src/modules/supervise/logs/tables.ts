import type { Kysely } from 'kysely'
import type { Deviation, Move } from '../../../core/procedure/deviation.ts'
import type { LogConformance, VariantConformance } from '../../../core/procedure/log-conformance.ts'
import type { Db, KernelTables } from '../../../kernel/db/db.ts'
import type { ImportNote, RowReason } from '../../../kernel/tables/import-report.ts'
import type { LogMapping } from '../../../kernel/tables/log-mapping.ts'
import type { TimeReading } from '../../../kernel/tables/time-column.ts'
import type { DeviationCount, ElementCount } from '../conformance/count-deviations.ts'
import type { JudgingLimits } from '../conformance/judge-cases.ts'
import type { LogSummary } from './summary.ts'

interface LogMappingTable {
  readonly id: string
  readonly region: string
  readonly name: string
  readonly mapping: LogMapping
  readonly revision: number
  readonly saved_at: string
  readonly saved_by: string | null
}

interface LogUploadTable {
  readonly id: string
  readonly region: string
  readonly file: string
  readonly size: number
  readonly uploaded_at: string
  readonly uploaded_by: string | null
}

interface LogTable {
  readonly id: string
  readonly name: string
  readonly region: string
  readonly pseudonym_key: Buffer
  readonly summary: LogSummary
  readonly created_at: string
  readonly created_by: string | null
}

export interface LogImportTable {
  readonly id: string
  readonly log_id: string
  readonly sequence: number
  readonly file: string
  readonly size: number
  readonly format: string
  readonly encoding: string
  readonly mapping: LogMapping
  readonly guessed: boolean
  readonly zone: string
  readonly zone_from: 'mapping' | 'setting'
  readonly time_reading: TimeReading | null
  readonly rows_in: number
  readonly rows_used: number
  readonly rows_reported: number
  readonly reasons: Partial<Record<RowReason, number>>
  readonly notes: readonly ImportNote[]
  readonly cases: number
  readonly events_file: string
  readonly cases_file: string
  readonly event_columns: readonly string[]
  readonly case_columns: readonly string[]
  readonly imported_at: string
  readonly imported_by: string | null
}

interface LogReportedRowTable {
  readonly import_id: string
  readonly row: number
  readonly reason: RowReason
  readonly cell: string | null
}

interface LogVariantTable {
  readonly log_id: string
  readonly variant: string
  readonly activities: readonly string[]
}

interface LogCaseTable {
  readonly log_id: string
  readonly case_id: string
  readonly import_id: string
  readonly ordinal: number
  readonly position: number
  readonly region: string
  readonly power: string | null
  readonly started_at: string | null
  readonly ended_at: string | null
  readonly events: number
  readonly variant: string
  readonly unfinished: boolean
}

interface LogConformanceTable {
  readonly id: string
  readonly log_id: string
  readonly procedure: string
  readonly version: string
  readonly sequence: number
  readonly judged_at: string
  readonly judged_by: string | null
  readonly cases: number
  readonly fitting: number
  readonly deviating: number
  readonly unsolved: number
  readonly unsolved_by: LogConformance['unsolvedBy']
  readonly limits: JudgingLimits | null
  readonly fitness: number | null
  readonly fitness_lower: number | null
  readonly fitness_upper: number | null
  readonly deviations: readonly DeviationCount[]
  readonly elements: readonly ElementCount[]
}

/** One move of an alignment on the diagram: the element (null: none), what happened there, the event (null: none). */
export type PathMove = readonly [element: string | null, kind: Move['kind'], event: number | null]

interface LogVariantConformanceTable {
  readonly conformance_id: string
  readonly variant: string
  readonly unfinished: boolean
  readonly fits: boolean | null
  readonly cost: number | null
  readonly cost_lower: number | null
  readonly cost_upper: number | null
  readonly why: VariantConformance['why']
  readonly deviation_keys: readonly string[]
  readonly deviations: readonly Deviation[]
  readonly path: readonly PathMove[]
}

/** The tables of stored logs. */
export type LogTables = {
  readonly log_mapping: LogMappingTable
  readonly log_upload: LogUploadTable
  readonly log: LogTable
  readonly log_import: LogImportTable
  readonly log_reported_row: LogReportedRowTable
  readonly log_variant: LogVariantTable
  readonly log_case: LogCaseTable
  readonly log_conformance: LogConformanceTable
  readonly log_variant_conformance: LogVariantConformanceTable
}

/** The store as this part of `supervise` sees it. */
export type LogDb = Kysely<KernelTables & LogTables>

export const logDb = (db: Db): LogDb => db.$extendTables<LogTables>()
