// Brings the stored results of a log to what a judgement says now: what is new is raised, what is gone is withdrawn, what
// says something else is restated, and what says the same is left alone. The order of imports leaves no trace in the end.
import { createHash, randomUUIDv7 } from 'node:crypto'
import { sql } from 'kysely'
import type { Check } from '../../../core/check/check-file.ts'
import type { Found, RuleResult } from '../../../core/check/result.ts'
import { jsonb } from '../../../kernel/db/jsonb.ts'
import type { JudgingDb } from './tables.ts'

/** How many results a judgement changed, and how. */
export interface Reconciled {
  readonly raised: number
  readonly restated: number
  readonly returned: number
  readonly withdrawn: number
}

/** What is reconciled: one log under one plan. */
export interface Scope {
  readonly log: string
  readonly plan: string
  /** The judgement's number. */
  readonly number: number
  /** Region of the log, for cases that state none. */
  readonly region: string
  readonly now: string
  /** The marks of the officers whom a piece of evidence shows; see the column `officer_marks`. */
  readonly marksOf: (shown: string) => readonly string[]
}

const digestOf = (check: RuleResult, one: Found): string =>
  createHash('sha256')
    .update(JSON.stringify([check.version, one.says, one.columns, one.evidence, one.basis ?? []]))
    .digest('hex')

/** Records each check at the version that judged. */
export async function recordChecks(trx: JudgingDb, checks: readonly Check[], now: string): Promise<void> {
  if (checks.length === 0) return
  const rows = checks.map((check) => ({
    check_id: check.check,
    version: check.version,
    code: check.code,
    severity: check.severity,
    definition: jsonb(check),
    recorded_at: now,
  }))
  await trx
    .insertInto('supervise_check')
    .values(rows)
    .onConflict((conflict) => conflict.columns(['check_id', 'version']).doNothing())
    .execute()
}

/**
 * Reconciles in the caller's transaction. Results of checks that the plan no longer asks for are withdrawn as well. The
 * caller holds the log's row, so that two judgements of one log never interleave.
 */
export async function reconcile(trx: JudgingDb, scope: Scope, results: readonly RuleResult[]): Promise<Reconciled> {
  const rows = results.flatMap((result) =>
    result.found.map((one) => ({
      id: randomUUIDv7(),
      check_id: result.check,
      check_version: result.version,
      code: result.code,
      severity: result.severity,
      case_id: one.caseId,
      subject: one.subject,
      says: one.says,
      columns: one.columns,
      evidence: one.evidence,
      basis: one.basis ?? [],
      officer_marks: [
        ...new Set(one.evidence.flatMap(({ officer }) => (officer === null ? [] : scope.marksOf(officer)))),
      ],
      digest: digestOf(result, one),
    })),
  )
  await sql`
    create temporary table judged_result on commit drop as
    select * from jsonb_to_recordset(${jsonb(rows)}) as r (id uuid, check_id text, check_version integer, code text,
      severity text, case_id text, subject text, says jsonb, columns jsonb, evidence jsonb, basis text[],
      officer_marks text[], digest text)`.execute(trx)
  const withdrawn = await sql`
    update supervise_result s
    set state = 'withdrawn', changed_in = ${scope.number}, changed_at = ${scope.now}
    where s.log_id = ${scope.log} and s.plan_id = ${scope.plan} and s.state = 'current' and not exists (
      select from judged_result j
      where j.check_id = s.check_id and j.case_id = s.case_id and j.subject = s.subject)`.execute(trx)
  const returned = await change(trx, scope, 'withdrawn')
  const restated = await change(trx, scope, 'current')
  const raised = await sql`
    insert into supervise_result
    select j.id, ${scope.log}, ${scope.plan}, j.check_id, j.check_version, j.code, j.severity, j.case_id, j.subject,
      j.says, j.columns, j.evidence, j.basis, j.officer_marks, coalesce(c.region, ${scope.region}), c.power, 'current', j.digest,
      ${scope.number}, ${scope.now}
    from judged_result j
    left join log_case c on c.log_id = ${scope.log} and c.case_id = j.case_id
    on conflict (log_id, plan_id, check_id, case_id, subject) do nothing`.execute(trx)
  await sql`drop table judged_result`.execute(trx)
  return {
    raised: Number(raised.numAffectedRows ?? 0),
    restated,
    returned,
    withdrawn: Number(withdrawn.numAffectedRows ?? 0),
  }
}

/** Takes over what is said now: of current results where it differs, of withdrawn ones because they are back. */
async function change(trx: JudgingDb, scope: Scope, state: 'current' | 'withdrawn'): Promise<number> {
  const done = await sql`
    update supervise_result s
    set says = j.says, columns = j.columns, evidence = j.evidence, basis = j.basis, officer_marks = j.officer_marks,
      digest = j.digest, check_version = j.check_version,
      severity = j.severity, state = 'current', changed_in = ${scope.number}, changed_at = ${scope.now}
    from judged_result j
    where s.log_id = ${scope.log} and s.plan_id = ${scope.plan} and s.state = ${state}
      and j.check_id = s.check_id and j.case_id = s.case_id and j.subject = s.subject
      and s.changed_in < ${scope.number} and (${state} = 'withdrawn' or s.digest <> j.digest)`.execute(trx)
  return Number(done.numAffectedRows ?? 0)
}
