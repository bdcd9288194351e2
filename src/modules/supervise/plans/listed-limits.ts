// The limits of a plan that come from the published list of powers.
import { sql } from 'kysely'
import type { LimitSet } from '../../../core/check/plan-terms.ts'
import type { Limit } from '../../../core/worktime/clock.ts'
import type { Db } from '../../../kernel/db/db.ts'
import type { Plan } from './plan-file.ts'

interface ListedPower {
  readonly code: string
  readonly version: number
  readonly state: string
  readonly statutory_value: number | null
  readonly statutory_unit: Limit['unit'] | null
  readonly statutory_basis: string | null
  readonly promised_value: number | null
  readonly promised_unit: Limit['unit'] | null
}

function limitsOf(power: ListedPower): LimitSet {
  const source = `权力清单 power list, v${power.version}${power.state === 'published' ? '' : `, ${power.state}`}`
  const { statutory_value, statutory_unit, statutory_basis, promised_value, promised_unit } = power
  return {
    ...(statutory_value !== null &&
      statutory_unit !== null && {
        statutory: {
          value: statutory_value,
          unit: statutory_unit,
          source,
          ...(statutory_basis !== null && { basis: [statutory_basis] }),
        },
      }),
    ...(promised_value !== null &&
      promised_unit !== null && { promised: { value: promised_value, unit: promised_unit, source } }),
  }
}

/**
 * A plan with `limits.byPower` filled from the view `list_power_v1`; any other plan as it is. A power that is suspended or
 * repealed keeps the limits of its last published version, and the evidence says so: its cases were begun under them.
 */
export async function withListedLimits(db: Db, plan: Plan): Promise<Plan> {
  const column = plan.limits?.byPower?.column
  if (column === undefined) return plan
  const { rows } = await sql<ListedPower>`
    select code, version, state, statutory_value, statutory_unit, statutory_basis, promised_value, promised_unit
    from list_power_v1`.execute(db)
  const of = Object.fromEntries(rows.map((power) => [power.code, limitsOf(power)]))
  return { ...plan, limits: { ...plan.limits, by: { column, of } } }
}
