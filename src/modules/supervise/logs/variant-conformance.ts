import type { Deviation } from '../../../core/procedure/deviation.ts'
import type { VariantConformance as Judged } from '../../../core/procedure/log-conformance.ts'
import type { LogDb, PathMove } from './tables.ts'

/** What conformance to a procedure says of one way that cases went; null where it is not solved. */
export interface VariantConformance {
  readonly variant: string
  /** Cases that are still under way owe nothing yet, and are judged apart. */
  readonly unfinished: boolean
  readonly fits: boolean | null
  readonly cost: number | null
  readonly lower: number | null
  readonly upper: number | null
  readonly why: Judged['why']
  readonly deviations: readonly Deviation[]
  readonly path: readonly PathMove[]
}

/** The conformance of some of a log's variants (by their names) to a procedure, ended cases before those under way. */
export async function variantConformance(
  db: LogDb,
  log: string,
  procedure: string,
  variants: readonly string[],
): Promise<readonly VariantConformance[]> {
  return await db
    .selectFrom('log_variant_conformance as v')
    .innerJoin('log_conformance as j', 'j.id', 'v.conformance_id')
    .select([
      'v.variant',
      'v.unfinished',
      'v.fits',
      'v.cost',
      'v.cost_lower as lower',
      'v.cost_upper as upper',
      'v.why',
      'v.deviations',
      'v.path',
    ])
    .where('j.log_id', '=', log)
    .where('j.procedure', '=', procedure)
    .where('v.variant', 'in', variants)
    .orderBy('v.variant')
    .orderBy('v.unfinished')
    .execute()
}
