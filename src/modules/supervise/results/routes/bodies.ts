// The bodies of the routes of plans, judgements and checks.
import { z } from 'zod'
import { severity } from '../../../../core/check/check-file.ts'
import { allFacts } from '../../../../core/check/facts.ts'

export const bilingual = z.object({ zh: z.string(), en: z.string() })

export const ruleSummary = z
  .object({
    check: z.string(),
    code: z.string().describe('E.g. EM-04'),
    version: z.number().int(),
    severity,
    title: bilingual,
    result: z.enum(['found', 'none', 'cannot-be-judged']),
    n: z.number().int().describe('Results found'),
    cases: z.number().int().describe('Cases in which something was found'),
    judged: z.number().int().describe('Cases whose facts were there'),
    notApplicable: z.number().int().describe('Cases that the rule does not ask about'),
    lacks: z.array(
      z.object({
        fact: z.enum(allFacts),
        detail: z.string(),
        cases: z.number().int(),
        says: bilingual,
      }),
    ),
  })
  .meta({ id: 'RuleSummary', description: 'What one rule says of a log: found n, none, or cannot be judged' })

export const judgement = z
  .object({
    log: z.string(),
    plan: z.string(),
    title: bilingual,
    number: z.number().int().describe('Counts the judgements of this log by this plan'),
    stale: z.boolean().describe('A later import has come in since'),
    cases: z.number().int(),
    judgedAt: z.iso.datetime(),
    judgedBy: z.string().nullable(),
    unseen: z.array(z.string()).describe('Names that the plan states and the log never shows'),
    rules: z.array(ruleSummary),
  })
  .meta({ id: 'Judgement', description: 'The last judgement of a log by a plan' })

export const knownPlan = z
  .object({
    plan: z.string(),
    title: bilingual,
    source: z.enum(['pack', 'saved']),
    revision: z.number().int(),
    definition: z.looseObject({ plan: z.string() }).describe('The plan as stated'),
  })
  .meta({ id: 'KnownPlan', description: 'A plan of supervision: how a log is read and judged' })

export const drawnClock = z
  .object({
    plan: z.string(),
    clock: z
      .object({
        unit: z.enum(['working-day', 'calendar-day']),
        startedOn: z.string(),
        endedOn: z.string().nullable(),
        throughOn: z.string().describe('The day that the clock has come to'),
        used: z.number().int().describe('Days that count'),
        paused: z.number().int().describe('Days that do not count'),
        limits: z.array(
          z.object({
            which: z.enum(['promised', 'statutory']),
            value: z.number().int().nullable(),
            unit: z.enum(['working-day', 'calendar-day']).nullable(),
            lastOn: z.string(),
            late: z.boolean(),
          }),
        ),
        days: z.array(z.object({ date: z.string(), number: z.number().int().nullable() })),
      })
      .nullable()
      .describe('Null where it cannot be told; `lacks` says why'),
    lacks: z.object({ fact: z.enum(allFacts), detail: z.string(), says: bilingual }).nullable(),
  })
  .meta({ id: 'CaseClock', description: 'The clock of one case under a plan, day by day' })

export const listedCheck = z
  .object({
    check: z.string(),
    code: z.string(),
    kind: z.enum(['clock', 'order']),
    version: z.number().int(),
    status: z.enum(['draft', 'trial', 'active', 'retired']),
    title: bilingual,
    asks: bilingual,
    severity,
    applies: z.array(z.enum(['instant', 'promised', 'commitment'])),
    current: z.number().int().describe('Results within reach that the sources still show'),
  })
  .meta({ id: 'ListedCheck', description: 'A rule of supervision' })

export const checkDetail = listedCheck
  .extend({
    reads: z.array(z.object({ fact: z.enum(allFacts), says: bilingual })),
    basis: z.array(z.string()),
    says: bilingual,
    innocent: z.array(bilingual),
    guide: bilingual,
    parameters: z.array(
      z.object({
        name: z.string(),
        title: bilingual,
        values: z.array(z.object({ from: z.string(), value: z.number() })),
      }),
    ),
    examples: z.array(z.object({ name: z.string(), fires: z.boolean() })),
  })
  .meta({ id: 'CheckDetail', description: 'A rule with what it reads, its basis, its parameters and its examples' })
