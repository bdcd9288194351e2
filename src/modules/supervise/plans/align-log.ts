// The procedure that a plan names, and a log's alignment with it.
import { access, readFile } from 'node:fs/promises'
import { join, resolve } from 'node:path'
import type { Grounds } from '../../../core/check/judge.ts'
import type { PlanTerms } from '../../../core/check/plan-terms.ts'
import { codesOf, listOf } from '../../../core/check/trace-events.ts'
import type { EventLog } from '../../../core/eventlog/event-log.ts'
import { analyse } from '../../../core/procedure/analyse.ts'
import { readBpmn } from '../../../core/procedure/bpmn/read-bpmn.ts'
import type { Net } from '../../../core/procedure/net.ts'
import { readPnml } from '../../../core/procedure/pnml.ts'
import type { CaseAct } from '../../../core/procedure/procedure.ts'
import { decodeXml } from '../../../core/procedure/xml.ts'
import { isRefusal, type Refusal, refuse } from '../../../core/refusal/refusal.ts'

/** The net that a log is judged by, and what its procedure states beside it. */
export interface JudgingNet {
  readonly net: Net
  readonly caseActs: readonly CaseAct[]
  /** Null where the net comes without such a statement (PNML). */
  readonly mandatory: readonly string[] | null
}

/**
 * Reads a procedure by its id in the packs, or a BPMN or PNML file by its path from `folder`. Refusals: `pack.file-missing`
 * and what the readers refuse.
 */
export async function readJudgingNet(name: string, packs: string, folder: string): Promise<JudgingNet | Refusal> {
  const packed = join(packs, 'procedures', name, 'procedure.bpmn')
  const path = /^[a-z0-9-]+$/.test(name) && (await exists(packed)) ? packed : resolve(folder, name)
  let bytes: Uint8Array
  try {
    bytes = await readFile(path)
  } catch (error) {
    const why = (error as NodeJS.ErrnoException).code ?? 'unreadable'
    return refuse('pack.file-missing', { file: path, why }, { place: { file: path } })
  }
  const xml = decodeXml(bytes, path)
  if (isRefusal(xml)) return xml
  if (/<(?:\w+:)?pnml[\s>]/.test(xml.slice(0, 4000))) {
    const net = readPnml(xml, path)
    return isRefusal(net) ? net : { net, caseActs: [], mandatory: null }
  }
  const procedure = readBpmn(xml, path)
  if (isRefusal(procedure)) return procedure
  const mandatory = procedure.steps.filter((step) => step.mandatory).map((step) => step.activity)
  return { net: procedure.net, caseActs: procedure.caseActs, mandatory }
}

/** Aligns a log, already in the plan's words. A case without the plan's end is still under way. */
export function alignLog(
  log: EventLog,
  plan: PlanTerms,
  by: JudgingNet,
  onProgress?: (judged: number, cases: number) => void,
): Pick<Grounds, 'conformance' | 'procedure'> {
  const end = plan.clock?.end
  const ends = end !== undefined && 'activity' in end ? codesOf(log.activity, listOf(end.activity)) : null
  const ended = end !== undefined && 'column' in end ? log.caseAttributes.get(end.column) : undefined
  const unfinished = (index: number): boolean => {
    if (ended !== undefined) return (ended.codes[index] ?? -1) < 0
    if (ends === null) return false
    const to = log.caseStart[index + 1] ?? 0
    for (let event = log.caseStart[index] ?? to; event < to; event++)
      if (ends[log.activity.codes[event] ?? -1] === 1) return false
    return true
  }
  const options = { caseActs: by.caseActs, unfinished, ...(onProgress === undefined ? undefined : { onProgress }) }
  const conformance = analyse(log, by.net, options)
  return {
    conformance: { ofCase: conformance.ofCase, labelOf: (transition) => by.net.transitions[transition]?.label ?? null },
    procedure: { mandatory: by.mandatory, separate: null },
  }
}

const exists = (path: string): Promise<boolean> =>
  access(path).then(
    () => true,
    () => false,
  )
