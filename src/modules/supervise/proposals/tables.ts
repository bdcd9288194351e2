import type { Kysely } from 'kysely'
import type { ProposalQuality } from '../../../core/discovery/discover.ts'
import type { Soundness } from '../../../core/procedure/soundness.ts'
import type { Db, KernelTables } from '../../../kernel/db/db.ts'
import type { StatedFilter } from '../logs/analysis/question.ts'
import type { LogTables } from '../logs/tables.ts'

interface ProposalTable {
  readonly id: string
  readonly log_id: string
  readonly region: string
  readonly name: string
  readonly import_sequence: number
  readonly noise: number
  readonly filter: StatedFilter | null
  readonly bpmn: string
  readonly net_hash: string
  readonly steps: number
  readonly soundness: Soundness['kind']
  readonly quality: ProposalQuality
  readonly revision: number
  readonly saved_at: string
  readonly saved_by: string | null
}

/** The store as proposals see it. */
export type ProposalDb = Kysely<KernelTables & LogTables & { readonly supervise_proposal: ProposalTable }>

export const proposalDb = (db: Db): ProposalDb =>
  db.$extendTables<LogTables & { readonly supervise_proposal: ProposalTable }>()
