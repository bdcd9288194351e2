import type { Refusal } from '../refusal/refusal.ts'
import { readBpmn } from './bpmn/read-bpmn.ts'
import { readPnml } from './pnml.ts'
import type { Procedure, Step } from './procedure.ts'

/** Whether an XML document is BPMN, by its root. */
export const isBpmn = (xml: string): boolean => /<(?:[\w.-]+:)?definitions[\s>]/.test(xml.slice(0, 100_000))

/** Reads a procedure from BPMN 2.0 or a net from PNML, told by content; PNML has steps without limits and no case acts. */
export function readModel(xml: string, file: string): Procedure | Refusal {
  if (isBpmn(xml)) return readBpmn(xml, file)
  const net = readPnml(xml, file)
  if ('kind' in net) return net
  const steps = new Map<string, Step>()
  for (const { id, label } of net.transitions) {
    if (label === null || steps.has(label)) continue
    const nothing = {
      role: null,
      limit: null,
      clock: null,
      mandatory: false,
      basis: [],
      risks: [],
      materials: [],
      calls: null,
    }
    steps.set(label, { element: id, activity: label, ...nothing })
  }
  return { id: file, name: file, net, steps: [...steps.values()], caseActs: [] }
}
