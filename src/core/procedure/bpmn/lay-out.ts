import { layoutProcess } from 'bpmn-auto-layout'
import { BpmnModdle, type ModdleElement } from 'bpmn-moddle'
import { isRefusal, type Refusal, refuse } from '../../refusal/refusal.ts'
import { type Diagram, readDiagram } from './diagram.ts'

/** A BPMN file with a diagram, and that diagram for painting. */
export interface Drawn {
  readonly xml: string
  readonly diagram: Diagram
}

/** The layout follows a node's own list of flows, which BPMN lets a file leave out: written again from the flows. */
async function withFlowLists(xml: string): Promise<string> {
  const moddle = new BpmnModdle()
  const { rootElement } = await moddle.fromXML(xml)
  const scopes: ModdleElement[] = rootElement.get('rootElements').filter(({ $type }) => $type === 'bpmn:Process')
  for (const scope of scopes) {
    const elements = scope.get('flowElements')
    scopes.push(...elements.filter(({ $type }) => $type === 'bpmn:SubProcess'))
    for (const flow of elements.filter(({ $type }) => $type === 'bpmn:SequenceFlow')) {
      const [leaving, entering] = [flow.sourceRef?.get('outgoing'), flow.targetRef?.get('incoming')]
      if (leaving && !leaving.includes(flow)) leaving.push(flow)
      if (entering && !entering.includes(flow)) entering.push(flow)
    }
  }
  return (await moddle.toXML(rootElement, { format: true })).xml
}

/**
 * Gives a procedure's BPMN file a diagram where it has none; a diagram that it has stays as its author drew it. For files
 * that readBpmn reads. Refusals: `xml.*`, `procedure.layout`.
 */
export async function drawProcedure(xml: string, file = 'BPMN'): Promise<Drawn | Refusal> {
  const own = readDiagram(xml, file)
  if (isRefusal(own)) return own
  if (own) return { xml, diagram: own }
  const notDrawn = (why: string): Refusal => refuse('procedure.layout', { file, why }, { place: { file } })
  let laid: string
  try {
    laid = await layoutProcess(await withFlowLists(xml))
  } catch (error) {
    return notDrawn(error instanceof Error ? error.message : String(error))
  }
  const diagram = readDiagram(laid, file)
  if (isRefusal(diagram)) return diagram
  return diagram ? { xml: laid, diagram } : notDrawn('not every node was placed')
}
