import { isRefusal, type Refusal, refuse } from '../../refusal/refusal.ts'
import type { Procedure } from '../procedure.ts'
import { parseXml, type XmlElement } from '../xml.ts'
import { compileProcess } from './compile.ts'
import { plain, readCaseActs } from './extension.ts'
import { readLanes, readScope } from './read-flow-graph.ts'

/** Namespace of BPMN 2.0 (OMG formal/2011-01-03). */
export const bpmnNamespace = 'http://www.omg.org/spec/BPMN/20100524/MODEL'

/** The one process of a file; pools without a process of their own are only drawn. */
function oneProcess(root: XmlElement, file: string): XmlElement | Refusal {
  const here = { place: { file } }
  for (const collaboration of root.children.filter(({ name }) => name === 'collaboration')) {
    const message = collaboration.children.find(({ name }) => name === 'messageFlow')
    if (message) return refuse('procedure.message-flow', { file }, { place: { file, row: message.row } })
  }
  const processes = root.children.filter(({ name }) => name === 'process')
  const filled = processes.filter(({ children }) => children.some(({ name }) => name.endsWith('Event')))
  const [process, second] = filled.length > 0 ? filled : processes
  if (!process) return refuse('procedure.no-process', { file }, here)
  if (second) return refuse('procedure.several-pools', { file, count: filled.length }, here)
  return process
}

/** The first id that two elements of the model have, if any; the drawing's own ids do not matter. */
function doubledId(element: XmlElement, file: string, seen: Set<string>): Refusal | null {
  const id = element.attributes.get('id')
  if (id !== undefined && element.namespace === bpmnNamespace) {
    if (seen.has(id)) return refuse('net.id-twice', { id }, { place: { file, row: element.row } })
    seen.add(id)
  }
  for (const child of element.children) {
    const doubled = doubledId(child, file, seen)
    if (doubled) return doubled
  }
  return null
}

/**
 * Reads a procedure in BPMN 2.0 with Daylight's typed extension and compiles it to one net. Tasks and call activities are
 * the steps that a log shows, by their name or their `activity`; gateways, events and sub-processes are silent routing.
 * Several flows into a step each start it; several flows out of a step run at once; an interrupting boundary event takes
 * the place of its step. Refused by name, never ignored: inclusive and complex gateways and conditional flows, compensation,
 * multi-instance, message flows and several pools, several starts, non-interrupting events, and any element unknown here.
 */
export function readBpmn(xml: string, file = 'BPMN'): Procedure | Refusal {
  const root = parseXml(xml, file)
  if ('kind' in root) return root
  if (root.name !== 'definitions' || root.namespace !== bpmnNamespace) {
    return refuse('procedure.not-bpmn', { file, root: root.name }, { place: { file, row: root.row } })
  }
  const doubled = doubledId(root, file, new Set())
  if (doubled) return doubled
  const process = oneProcess(root, file)
  if (isRefusal(process)) return process
  const lanes = new Map<string, string>()
  readLanes(process, lanes)
  const scope = readScope(process, { file, nested: false, lanes })
  if (isRefusal(scope)) return scope
  const caseActs = readCaseActs(process, file)
  if (isRefusal(caseActs)) return caseActs
  const compiled = compileProcess(scope, file)
  if (isRefusal(compiled)) return compiled
  const { net, steps } = compiled
  const elements = new Set(steps.map(({ element }) => element))
  for (const { limit, activity } of steps) {
    if (limit && !elements.has(limit.from))
      return refuse('procedure.limit-from', { name: activity, from: limit.from }, { place: { file } })
  }
  const taken = new Set(steps.map(({ activity }) => activity))
  for (const { activity } of caseActs) {
    if (taken.has(activity)) return refuse('procedure.act-is-step', { name: activity }, { place: { file } })
    taken.add(activity)
  }
  const id = process.attributes.get('id') ?? ''
  return { id, name: plain(process.attributes.get('name')) || id, net, steps, caseActs }
}
