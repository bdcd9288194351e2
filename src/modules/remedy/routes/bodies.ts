// The bodies of the routes of findings.
import { z } from 'zod'
import { findingStates, leadStates, outcomes } from '../../../core/finding/finding-state.ts'
import { findingSteps } from '../findings/tables.ts'

export const bilingual = z.object({ zh: z.string(), en: z.string() })
export const severity = z.enum(['prompt', 'yellow', 'red'])

export const listedFinding = z
  .object({
    id: z.string().describe('FX-year-serial-check digit'),
    state: z.enum(findingStates),
    issue: z.boolean().describe('Upheld, whole or in part: only then a 问题'),
    lead: z.enum(leadStates),
    severity,
    check: z.string(),
    code: z.string(),
    title: bilingual.describe('The check’s title'),
    says: bilingual.describe('What was found, in one sentence'),
    log: z.string(),
    logName: z.string(),
    caseId: z.string(),
    power: z.string().nullable(),
    region: z.string(),
    source: z.enum(['current', 'withdrawn']).describe('Whether the source still shows it'),
    raisedAt: z.iso.datetime(),
    decidedAt: z.iso.datetime().nullable(),
  })
  .meta({ id: 'ListedFinding', description: 'A finding: a doubt until a person decides' })

const columnValue = z.union([z.string(), z.number(), bilingual])

export const findingDetail = listedFinding
  .extend({
    plan: z.string(),
    version: z.number().int().describe('The check’s version'),
    subject: z.string(),
    columns: z.record(z.string(), columnValue),
    evidence: z.array(
      z.object({
        row: z.number().int().nullable().describe('The row in the source'),
        what: z.string(),
        instant: z.string().nullable(),
        officer: z.string().nullable().describe('The code by which the log shows the officer, never a name'),
        value: z.string().optional(),
      }),
    ),
    basis: z.array(
      z.object({
        ref: z.string(),
        title: z.string().nullable(),
        version: z.string().nullable(),
        text: z.string().nullable().describe('The article’s words, once the full text is imported'),
        gist: bilingual.nullable().describe('One sentence of our own'),
      }),
    ),
    innocent: z.array(bilingual).describe('Known innocent explanations'),
    guide: bilingual.describe('What to look at first'),
    decidedBy: z.string().nullable(),
    reason: z.string().nullable(),
    leadRequestedBy: z.string().nullable(),
    history: z.array(
      z.object({
        sequence: z.number().int(),
        step: z.enum(findingSteps),
        state: z.enum(findingStates),
        lead: z.enum(leadStates),
        officer: z.string().nullable(),
        reason: z.string().nullable(),
        before: bilingual.nullable().describe('What it said before the source restated it'),
        happenedAt: z.iso.datetime(),
      }),
    ),
  })
  .meta({ id: 'Finding', description: 'A finding with its evidence, its basis and its history' })

export const standing = z
  .object({ id: z.string(), state: z.enum(findingStates), lead: z.enum(leadStates) })
  .meta({ id: 'FindingStanding', description: 'Where a finding stands after an act' })

const reason = z.string().max(2000).describe('At least ten letters')

export const verification = z.strictObject({ outcome: z.enum(outcomes), reason })
export const leadRequest = z.strictObject({ reason })
export const leadAnswer = z.strictObject({ approve: z.boolean(), reason })

/** The filters of findings, shared by the list and its summary so that their numbers agree. */
export const findingFilters = z.object({
  state: z.enum(findingStates).optional(),
  issue: z.stringbool().optional().describe('Only issues (upheld, whole or in part), or only others'),
  lead: z.enum(leadStates).optional(),
  severity: severity.optional(),
  check: z.string().max(100).optional().describe('A check by id or code'),
  power: z.string().max(100).optional(),
  log: z.uuid().optional(),
  plan: z.string().max(100).optional().describe('The plan that judged it'),
  case: z.string().max(500).optional().describe('A case’s id within `log`'),
  source: z.enum(['current', 'withdrawn']).optional(),
  region: z.string().max(200).optional().describe('A region and all below it'),
  search: z.string().max(200).optional().describe('Part of a finding’s number or of a case’s id'),
})

const count = z.object({ key: z.string(), n: z.number().int() })

export const findingSummary = z
  .object({
    total: z.number().int(),
    states: z.array(count),
    severities: z.array(count),
    checks: z.array(count.extend({ code: z.string(), title: bilingual })),
    months: z.array(count).describe('Findings raised in each month, key YYYY-MM'),
  })
  .meta({ id: 'FindingSummary', description: 'How many findings, by state, severity, check and month' })

export const homeBody = z
  .object({
    counts: z.array(
      z.object({
        key: z.string().describe('What is counted, a key of the interface’s texts'),
        n: z.number().int(),
        opens: z.string().describe('The API list whose rows these are; its total equals n'),
      }),
    ),
  })
  .meta({ id: 'Home', description: 'The numbers of a role’s home, each with the list that opens its rows' })
