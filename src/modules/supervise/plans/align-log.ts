// The procedure that a plan names, and what checks learn from a log's conformance to it.
import { access } from 'node:fs/promises'
import { join, resolve } from 'node:path'
import type { Grounds } from '../../../core/check/judge.ts'
import type { LeastOfficers, PlanTerms } from '../../../core/check/plan-terms.ts'
import { codesOf, listOf } from '../../../core/check/trace-events.ts'
import type { EventLog } from '../../../core/eventlog/event-log.ts'
import type { LogConformance } from '../../../core/procedure/log-conformance.ts'
import type { Net } from '../../../core/procedure/net.ts'
import type { CaseAct } from '../../../core/procedure/procedure.ts'
import { isRefusal, type Refusal } from '../../../core/refusal/refusal.ts'
import { readModelFile, readProcedureFolder } from '../../../kernel/packs/procedures.ts'

/** The net that a log is judged by, and what its procedure states beside it; null where the file states nothing. */
export interface JudgingNet {
  readonly net: Net
  readonly caseActs: readonly CaseAct[]
  readonly mandatory: readonly string[] | null
  readonly separate: readonly (readonly string[])[] | null
  /** Steps that need several officers. */
  readonly least: readonly LeastOfficers[]
}

/**
 * Reads a procedure by its id in the packs, or a BPMN or PNML file by its path from `folder`. Refusals: `pack.*` and what
 * the readers refuse.
 */
export async function readJudgingNet(name: string, packs: string, folder: string): Promise<JudgingNet | Refusal> {
  const packed = join(packs, 'procedures', name)
  const inPacks = /^[a-z0-9-]+$/.test(name) && (await exists(packed))
  const pack = inPacks ? await readProcedureFolder(packed) : null
  if (isRefusal(pack)) return pack
  const model = pack ?? (await readModelFile(resolve(folder, name)))
  if (isRefusal(model)) return model
  const { net, steps, caseActs } = model.procedure
  const mandatory = steps.filter((step) => step.mandatory).map((step) => step.activity)
  return {
    net,
    caseActs,
    mandatory: mandatory.length === 0 ? null : mandatory,
    separate: pack === null ? null : pack.about.separated.map((pair) => pair.activities),
    least: (pack?.about.officers ?? []).map(({ activity: step, least, basis }) => ({ step, least, basis })),
  }
}

/** Which cases of a log, already in the plan's words, are still under way: those without the plan's end. */
export function underWay(log: EventLog, plan: PlanTerms): (caseIndex: number) => boolean {
  const end = plan.clock?.end
  const ends = end !== undefined && 'activity' in end ? codesOf(log.activity, listOf(end.activity)) : null
  const ended = end !== undefined && 'column' in end ? log.caseAttributes.get(end.column) : undefined
  return (index) => {
    if (ended !== undefined) return (ended.codes[index] ?? -1) < 0
    if (ends === null) return false
    const to = log.caseStart[index + 1] ?? 0
    for (let event = log.caseStart[index] ?? to; event < to; event++)
      if (ends[log.activity.codes[event] ?? -1] === 1) return false
    return true
  }
}

/** What checks learn from a log's conformance to a net. */
export function alignedBy(by: JudgingNet, conformance: LogConformance): Pick<Grounds, 'conformance' | 'procedure'> {
  return {
    conformance: { ofCase: conformance.ofCase, labelOf: (transition) => by.net.transitions[transition]?.label ?? null },
    procedure: { mandatory: by.mandatory, separate: by.separate, least: by.least },
  }
}

const exists = (path: string): Promise<boolean> =>
  access(path).then(
    () => true,
    () => false,
  )
