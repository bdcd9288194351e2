// The tables of plans and results, as this module's code sees them.
import type { Kysely } from 'kysely'
import type { Check } from '../../../core/check/check-file.ts'
import type { ColumnValue, RuleResult } from '../../../core/check/result.ts'
import type { Evidence } from '../../../core/check/trace-events.ts'
import type { Bilingual } from '../../../core/refusal/refusal.ts'
import type { Db, KernelTables } from '../../../kernel/db/db.ts'
import type { LogTables } from '../logs/tables.ts'
import type { Plan } from '../plans/plan-file.ts'

/** One rule's answer for a log, without what it found: the finds are rows of their own. */
export type RuleSummary = Omit<RuleResult, 'found'> & { readonly n: number; readonly cases: number }

interface SuperviseCheckTable {
  readonly check_id: string
  readonly version: number
  readonly code: string
  readonly severity: string
  readonly definition: Check
  readonly recorded_at: string
}

interface SupervisePlanTable {
  readonly plan_id: string
  readonly region: string
  readonly definition: Plan
  readonly revision: number
  readonly saved_at: string
  readonly saved_by: string | null
}

interface SuperviseJudgementTable {
  readonly log_id: string
  readonly plan_id: string
  readonly region: string
  readonly number: number
  readonly import_sequence: number
  readonly plan: Plan
  readonly rules: readonly RuleSummary[]
  readonly unseen: readonly string[]
  readonly cases: number
  readonly judged_at: string
  readonly judged_by: string | null
}

interface SuperviseResultTable {
  readonly id: string
  readonly log_id: string
  readonly plan_id: string
  readonly check_id: string
  readonly check_version: number
  readonly code: string
  readonly severity: string
  readonly case_id: string
  readonly subject: string
  readonly says: Bilingual
  readonly columns: Readonly<Record<string, ColumnValue>>
  readonly evidence: readonly Evidence[]
  readonly basis: readonly string[]
  readonly officer_marks: readonly string[]
  readonly region: string
  readonly power: string | null
  readonly state: 'current' | 'withdrawn'
  readonly digest: string
  readonly changed_in: number
  readonly changed_at: string
}

interface SuperviseResultChangeTable {
  readonly result_id: string
  readonly sequence: number
  readonly judgement: number
  readonly change: 'raised' | 'restated' | 'withdrawn' | 'returned'
  readonly says: Bilingual
  readonly columns: Readonly<Record<string, ColumnValue>>
  readonly evidence: readonly Evidence[]
  readonly changed_at: string
}

/** The tables of judging. A type and not an interface, for Kysely wants to look tables up by name. */
export type JudgingTables = {
  readonly supervise_check: SuperviseCheckTable
  readonly supervise_plan: SupervisePlanTable
  readonly supervise_judgement: SuperviseJudgementTable
  readonly supervise_result: SuperviseResultTable
  readonly supervise_result_change: SuperviseResultChangeTable
}

/** The store as this part of `supervise` sees it. */
export type JudgingDb = Kysely<KernelTables & LogTables & JudgingTables>

export const judgingDb = (db: Db): JudgingDb => db.$extendTables<LogTables>().$extendTables<JudgingTables>()
