import { createHash } from 'node:crypto'
import { sql } from 'kysely'
import { findingNumber } from '../../core/finding/finding-number.ts'
import { isRefusal } from '../../core/refusal/refusal.ts'
import type { Db } from '../../kernel/db/db.ts'
import { draftPower, nobody } from '../../modules/list/module.ts'
import type { LogSummary } from '../../modules/supervise/logs/summary.ts'
import { testMorning, testRegions } from '../server/test-server.ts'

const slug = (region: string): string => region.replaceAll('/', '-')
const both = JSON.stringify({ zh: '甲', en: 'A' })
const mapping = JSON.stringify({ case: 'a', activity: 'b', time: 'c' })
const counted: LogSummary = {
  cases: 1,
  events: 1,
  variants: 1,
  activities: 0,
  firstAt: null,
  lastAt: null,
  frequent: [],
}
const summary = JSON.stringify(counted)

/** The check whose results the objects hold: one of the packs. */
export const testCheck = 'nearing-limit'

/** The code of the power of a region. */
export const powerOf = (region: string): string => `power-${slug(region)}`

/** The id of the saved plan of a region. */
export const planOf = (region: string): string => `plan-${slug(region)}`

/** The number of the finding of a region. */
export const findingOf = (region: string): string =>
  findingNumber(2026, Object.values(testRegions).indexOf(region as never) + 1)

/** The id of the log of a region, and of what hangs on it. */
export function idOf(region: string): string {
  const hex = createHash('sha256').update(region).digest('hex')
  return `${hex.slice(0, 8)}-${hex.slice(8, 12)}-4${hex.slice(13, 16)}-8${hex.slice(17, 20)}-${hex.slice(20, 32)}`
}

/** The entry of the power of a region. */
export const powerEntry = (region: string) => ({
  code: powerOf(region),
  name: { zh: '甲', en: 'A' },
  kind: null,
  level: null,
  region,
  organs: [],
  bases: [{ kind: 'article' as const, ref: 'CN-LAW-1901-no-such-law#1' }],
  limit: { statutory: null, promised: null },
  procedure: null,
  caseKinds: [],
  special: [],
})

/** What a person sends to save a plan. */
export const planTerms = {
  title: { zh: '甲', en: 'A' },
  zone: 'Asia/Shanghai',
  caseKind: 'promised',
  checks: [testCheck],
}

async function putLog(db: Db, region: string): Promise<void> {
  const id = idOf(region)
  await sql`insert into log (id, name, region, pseudonym_key, summary, created_at)
    values (${id}, ${`log of ${region}`}, ${region}, '\\x00', ${summary}, now())`.execute(db)
  await sql`insert into log_mapping (id, region, name, mapping, revision, saved_at)
    values (${id}, ${region}, 'm', ${mapping}, 1, now())`.execute(db)
  await sql`insert into log_upload (id, region, file, size, uploaded_at) values (${id}, ${region}, 'a.csv', 1, now())`.execute(
    db,
  )
  await sql`insert into log_import (id, log_id, sequence, file, size, format, encoding, mapping, guessed, zone, zone_from,
      rows_in, rows_used, rows_reported, reasons, notes, cases, events_file, cases_file, event_columns, case_columns, imported_at)
    values (${id}, ${id}, 1, 'a.csv', 1, 'csv', 'utf-8', ${mapping}, false, 'Asia/Shanghai', 'setting',
      1, 1, 0, '{}', '[]', 1, 'e', 'c', '[]', '[]', now())`.execute(db)
  await sql`insert into log_variant (log_id, variant, activities) values (${id}, 'v', '{a}')`.execute(db)
  await sql`insert into log_case (log_id, case_id, import_id, ordinal, position, region, events, variant, unfinished)
    values (${id}, 'c', ${id}, 0, 0, ${region}, 1, 'v', false)`.execute(db)
}

async function putResult(db: Db, region: string): Promise<void> {
  const id = idOf(region)
  const plan = JSON.stringify({ ...planTerms, plan: planOf(region), map: null })
  await sql`insert into supervise_check (check_id, version, code, severity, definition, recorded_at)
    values (${testCheck}, 1, 'EM-01', 'prompt', '{}', now()) on conflict do nothing`.execute(db)
  await sql`insert into supervise_plan (plan_id, region, definition, revision, saved_at)
    values (${planOf(region)}, ${region}, ${plan}, 1, now())`.execute(db)
  await sql`insert into supervise_result (id, log_id, plan_id, check_id, check_version, code, severity, case_id, subject,
      says, columns, evidence, officer_marks, basis, region, state, digest, changed_in, changed_at)
    values (${id}, ${id}, ${planOf(region)}, ${testCheck}, 1, 'EM-01', 'prompt', 'c', '',
      ${both}, '{}', '[]', '{}', '{}', ${region}, 'current', 'd', 1, now())`.execute(db)
  await sql`insert into finding (id, result_id, log_id, log_name, plan_id, check_id, check_version, code, severity,
      check_title, case_id, subject, says, columns, evidence, officer_marks, basis, innocent, guide, region, state, lead,
      source, raised_at)
    values (${findingOf(region)}, ${id}, ${id}, 'l', ${planOf(region)}, ${testCheck}, 1, 'EM-01', 'prompt',
      ${both}, 'c', '', ${both}, '{}', '[]', '{}', '[]', '[]', ${both}, ${region}, 'doubt', 'none',
      'current', now())`.execute(db)
}

/** A procedure of one step, as a person saves a proposal. */
export const testBpmn = `<definitions xmlns="http://www.omg.org/spec/BPMN/20100524/MODEL"><process id="proposal">
<startEvent id="s"/><task id="a" name="a"/><endEvent id="e"/><sequenceFlow id="f" sourceRef="s" targetRef="a"/>
<sequenceFlow id="g" sourceRef="a" targetRef="e"/></process></definitions>`

/** How well it told its cases. */
export const testQuality = {
  cases: 1,
  open: 0,
  fitting: 1,
  deviating: 0,
  unsolved: 0,
  fitness: 1,
  precision: 1,
}

async function putProposal(db: Db, region: string): Promise<void> {
  const id = idOf(region)
  const quality = JSON.stringify(testQuality)
  await sql`insert into supervise_proposal (id, log_id, region, name, import_sequence, noise, bpmn, net_hash, steps,
      soundness, quality, revision, saved_at)
    values (${id}, ${id}, ${region}, 'p', 1, 0, ${testBpmn}, 'h', 1, 'sound', ${quality}, 1, now())`.execute(db)
}

/** Puts one object of each kind into a region: log, mapping, case, power, plan, result, finding, proposal. */
export async function furnish(db: Db, region: string): Promise<void> {
  await putLog(db, region)
  await putResult(db, region)
  await putProposal(db, region)
  const drafted = await draftPower(db, powerEntry(region), { actor: nobody, at: testMorning })
  if (isRefusal(drafted)) throw new Error(drafted.says.en)
  // Published although nothing resolves, as if its law had been repealed since.
  await sql`update power set state = 'published', published_version = 1 where code = ${powerOf(region)}`.execute(db)
}
