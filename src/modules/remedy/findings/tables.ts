// The tables of findings, and the views of other modules that this module reads.
import type { Kysely } from 'kysely'
import type { Severity } from '../../../core/check/check-file.ts'
import type { ColumnValue } from '../../../core/check/result.ts'
import type { Evidence } from '../../../core/check/trace-events.ts'
import type { FindingState, LeadState } from '../../../core/finding/finding-state.ts'
import type { Bilingual } from '../../../core/refusal/refusal.ts'
import type { Db, KernelTables } from '../../../kernel/db/db.ts'

/** What a result says, as supervision publishes it and as a finding keeps it. */
interface Said {
  readonly log_id: string
  readonly log_name: string
  readonly plan_id: string
  readonly check_id: string
  readonly check_version: number
  readonly code: string
  readonly severity: Severity
  readonly check_title: Bilingual
  readonly case_id: string
  readonly subject: string
  readonly says: Bilingual
  readonly columns: Readonly<Record<string, ColumnValue>>
  readonly evidence: readonly Evidence[]
  readonly officer_marks: readonly string[]
  readonly basis: readonly string[]
  readonly innocent: readonly Bilingual[]
  readonly guide: Bilingual
  readonly region: string
  readonly power: string | null
}

export interface FindingTable extends Said {
  readonly id: string
  readonly result_id: string
  readonly state: FindingState
  readonly lead: LeadState
  readonly lead_requested_by: string | null
  readonly source: 'current' | 'withdrawn'
  readonly raised_at: string
  readonly decided_at: string | null
  readonly decided_by: string | null
  readonly reason: string | null
}

/** What happened to a finding. */
export const findingSteps = [
  'raised',
  'verified',
  'lead-requested',
  'lead-approved',
  'lead-declined',
  'closed',
  'reopened',
  'restated',
  'source-withdrawn',
  'source-returned',
] as const

export type FindingStep = (typeof findingSteps)[number]

export interface FindingStepTable {
  readonly finding_id: string
  readonly sequence: number
  readonly step: FindingStep
  readonly state: FindingState
  readonly lead: LeadState
  readonly officer: string | null
  readonly post: string | null
  readonly reason: string | null
  readonly before: Bilingual | null
  readonly happened_at: string
}

interface FindingSerialTable {
  readonly year: number
  readonly last: number
}

interface SuperviseResultView extends Said {
  readonly id: string
  readonly state: 'current' | 'withdrawn'
  readonly changed_in: number
  readonly changed_at: string
}

interface LawNodeView {
  readonly law: string
  readonly title: string
  readonly version: string
  readonly effective_on: string | null
  readonly address: string
  readonly label: string | null
  readonly text: string | null
  readonly gist_zh: string | null
  readonly gist_en: string | null
}

/** The tables of remedy and the views that it reads. A type and not an interface, for Kysely looks tables up by name. */
export type RemedyTables = {
  readonly finding: FindingTable
  readonly finding_step: FindingStepTable
  readonly finding_serial: FindingSerialTable
  readonly supervise_result_v1: SuperviseResultView
  readonly list_law_node_v1: LawNodeView
}

/** The store as remedy sees it. */
export type RemedyDb = Kysely<KernelTables & RemedyTables>

export const remedyDb = (db: Db): RemedyDb => db.$extendTables<RemedyTables>()
