import { countDeviationsOf } from '../../conformance/count-deviations.ts'
import type { LogDb } from '../tables.ts'
import type { Verdict } from './judged.ts'

/** A log's stored conformance to a procedure, as its analyses need it. */
export interface StoredVerdicts {
  readonly procedure: string
  /** Hash of the compiled net. */
  readonly version: string
  readonly judgedAt: string
  readonly verdicts: readonly Verdict[]
}

/** What conformance to a procedure said of each variant; null where the log was not judged by it. */
export async function verdictsOf(db: LogDb, log: string, procedure: string): Promise<StoredVerdicts | null> {
  const judged = await db
    .selectFrom('log_conformance')
    .select(['id', 'version', 'judged_at'])
    .where('log_id', '=', log)
    .where('procedure', '=', procedure)
    .executeTakeFirst()
  if (judged === undefined) return null
  const rows = await db
    .selectFrom('log_variant_conformance')
    .select(['variant', 'unfinished', 'fits', 'deviations'])
    .where('conformance_id', '=', judged.id)
    .orderBy('variant')
    .orderBy('unfinished')
    .execute()
  return {
    procedure,
    version: judged.version,
    judgedAt: judged.judged_at,
    verdicts: rows.map(({ deviations, ...row }) => ({ ...row, deviations: countDeviationsOf(deviations) })),
  }
}
