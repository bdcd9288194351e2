import { layoutProcess } from 'bpmn-auto-layout'
import { isRefusal, type Refusal, refuse } from '../../refusal/refusal.ts'
import { type Diagram, readDiagram } from './diagram.ts'

/** A BPMN file with a diagram, and that diagram for painting. */
export interface Drawn {
  readonly xml: string
  readonly diagram: Diagram
}

/**
 * Gives a procedure's BPMN file a diagram where it has none; a diagram that it has stays as its author drew it.
 * Refusals: `xml.*`, `procedure.layout`.
 */
export async function drawProcedure(xml: string, file = 'BPMN'): Promise<Drawn | Refusal> {
  const own = readDiagram(xml, file)
  if (isRefusal(own)) return own
  if (own) return { xml, diagram: own }
  let laid: string
  try {
    laid = await layoutProcess(xml)
  } catch (error) {
    return refuse(
      'procedure.layout',
      { file, why: error instanceof Error ? error.message : String(error) },
      { place: { file } },
    )
  }
  const diagram = readDiagram(laid, file)
  if (isRefusal(diagram)) return diagram
  return diagram
    ? { xml: laid, diagram }
    : refuse('procedure.layout', { file, why: 'not every node was placed' }, { place: { file } })
}
