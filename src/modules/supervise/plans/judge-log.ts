// Judges a log by a plan with what the packs hold: calendar, checks, parameters, procedure.
import { join } from 'node:path'
import type { Check } from '../../../core/check/check-file.ts'
import { judge } from '../../../core/check/judge.ts'
import { relabel } from '../../../core/check/relabel.ts'
import type { RuleResult } from '../../../core/check/result.ts'
import { unseenNames } from '../../../core/check/unseen-names.ts'
import type { EventLog } from '../../../core/eventlog/event-log.ts'
import { isRefusal, type Refusal, refuse } from '../../../core/refusal/refusal.ts'
import { compileCalendar } from '../../../core/worktime/calendar.ts'
import { readCalendar } from '../../../kernel/packs/packs.ts'
import { loadSupervision, parametersOn, type SupervisionPack } from '../checks/load-checks.ts'
import { type JudgingLimits, judgeCases, modestLimits } from '../conformance/judge-cases.ts'
import { alignedBy, type JudgingNet, readJudgingNet, underWay } from './align-log.ts'
import type { Plan } from './plan-file.ts'

/** What a plan says of a log. */
export interface Judgement {
  readonly results: readonly RuleResult[]
  /** The checks that judged, at their version. */
  readonly checks: readonly Check[]
  /** Names that the plan states and the log never shows. */
  readonly unseen: readonly string[]
}

/** The checks that a plan asks for, by id or code; retired and draft ones only when they are named. */
export function checksOf(plan: Plan, pack: SupervisionPack): readonly Check[] | Refusal {
  const all = pack.checks.map((folder) => folder.check)
  if (plan.checks === 'all') return all.filter((check) => check.status === 'trial' || check.status === 'active')
  const asked: Check[] = []
  for (const name of plan.checks) {
    const check = all.find((one) => one.check === name || one.code === name)
    if (check === undefined)
      return refuse('plan.unknown-check', {
        check: name,
        checks: all.map((one) => `${one.code} ${one.check}`).join(', '),
      })
    asked.push(check)
  }
  return asked
}

/** Where judging finds its grounds. */
export interface JudgeSetting {
  /** The folder of packs. */
  readonly packs: string
  /** The folder that paths in the plan start from. */
  readonly folder: string
  /** The ISO date whose parameters hold. */
  readonly date: string
  /** What judging by the procedure may take; modest limits where nobody states any. */
  readonly limits?: JudgingLimits | undefined
  readonly onProgress?: (judged: number, cases: number) => void
  /** Told of a defect of the program that left a case unsolved. */
  readonly onDefect?: (error: unknown) => void
  /** Ends judging at once: it then throws the signal's reason. */
  readonly signal?: AbortSignal | undefined
}

/**
 * Judges a log by a plan. The same log, plan, packs and date give the same results. Refusals: `pack.*`, `plan.*`,
 * `worktime.unknown-calendar`, and what reading the procedure refuses.
 */
export async function judgeLog(log: EventLog, plan: Plan, setting: JudgeSetting): Promise<Judgement | Refusal> {
  const { packs, folder, date } = setting
  const pack = await loadSupervision(join(packs, 'supervision'))
  if (isRefusal(pack)) return pack
  const checks = checksOf(plan, pack)
  if (isRefusal(checks)) return checks
  const read = plan.calendar === undefined ? null : await readCalendar(plan.calendar, [join(packs, 'calendars')])
  if (isRefusal(read)) return read
  const named = relabel(log, plan.steps ?? {})
  const by = plan.procedure === undefined ? null : await readJudgingNet(plan.procedure, packs, folder)
  if (isRefusal(by)) return by
  const aligned = by === null ? { conformance: null, procedure: null } : await align(named, plan, by, setting)
  const results = judge(named, plan, {
    checks,
    parameters: parametersOn(pack.parameters, date),
    calendar: read === null ? null : compileCalendar(read),
    ...aligned,
  })
  return isRefusal(results) ? results : { results, checks, unseen: unseenNames(named, plan) }
}

/** Judges the log's cases by the plan's procedure, in threads. */
async function align(log: EventLog, plan: Plan, by: JudgingNet, setting: JudgeSetting) {
  const { limits = modestLimits, onProgress, onDefect, signal } = setting
  const conformance = await judgeCases(log, { net: by.net, caseActs: by.caseActs }, limits, {
    unfinished: underWay(log, plan),
    onProgress: ({ judged, cases }) => onProgress?.(judged, cases),
    ...(onDefect === undefined ? {} : { onDefect }),
    signal,
  })
  return alignedBy(by, conformance)
}
