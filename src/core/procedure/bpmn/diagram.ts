import type { Refusal } from '../../refusal/refusal.ts'
import { childOf, parseXml, type XmlElement } from '../xml.ts'
import { plain } from './extension.ts'

/** A node of a drawn procedure, in the units of the file's own diagram. */
export interface DiagramNode {
  /** The BPMN element's id: what a step's and a deviation's `element` names. */
  readonly id: string
  /** The element's name in BPMN: `task`, `exclusiveGateway`, `startEvent`, … */
  readonly kind: string
  readonly label: string
  readonly x: number
  readonly y: number
  readonly w: number
  readonly h: number
}

export interface DiagramPoint {
  readonly x: number
  readonly y: number
}

export interface DiagramEdge {
  readonly id: string
  readonly from: string
  readonly to: string
  readonly label: string
  readonly points: readonly DiagramPoint[]
}

/** A procedure as drawn; `x`, `y`, `w` and `h` frame all of it. */
export interface Diagram {
  readonly x: number
  readonly y: number
  readonly w: number
  readonly h: number
  readonly nodes: readonly DiagramNode[]
  readonly edges: readonly DiagramEdge[]
}

const numberOf = (element: XmlElement, name: string): number => Number(element.attributes.get(name))

function everyElement(element: XmlElement, visit: (element: XmlElement) => void): void {
  visit(element)
  for (const child of element.children) everyElement(child, visit)
}

/**
 * The drawing that a BPMN file carries (its diagram interchange), or null where it has none, or none for some flow node.
 * Lanes and pools come first, so that a painter meets them before what stands in them. Refusals: those of parseXml.
 */
export function readDiagram(xml: string, file = 'BPMN'): Diagram | Refusal | null {
  const root = parseXml(xml, file)
  if ('kind' in root) return root
  const byId = new Map<string, XmlElement>()
  const shapes: XmlElement[] = []
  const lines: XmlElement[] = []
  let undrawn = 0
  everyElement(root, (element) => {
    const id = element.attributes.get('id')
    if (element.name === 'BPMNShape') shapes.push(element)
    else if (element.name === 'BPMNEdge') lines.push(element)
    else if (id !== undefined) byId.set(id, element)
  })
  const drawn = new Set(shapes.map((shape) => shape.attributes.get('bpmnElement')))
  for (const [id, element] of byId) if (/(Event|Gateway|[tT]ask)$/.test(element.name) && !drawn.has(id)) undrawn += 1
  if (shapes.length === 0 || undrawn > 0) return null

  const nodes: DiagramNode[] = []
  for (const shape of shapes) {
    const element = byId.get(shape.attributes.get('bpmnElement') ?? '')
    const bounds = childOf(shape, 'Bounds')
    if (!element || !bounds) continue
    const [x, y, w, h] = ['x', 'y', 'width', 'height'].map((name) => numberOf(bounds, name)) as [
      number,
      number,
      number,
      number,
    ]
    if (![x, y, w, h].every(Number.isFinite)) return null
    const label = plain(element.attributes.get('name'))
    nodes.push({ id: element.attributes.get('id') as string, kind: element.name, label, x, y, w, h })
  }
  const edges: DiagramEdge[] = []
  for (const line of lines) {
    const flow = byId.get(line.attributes.get('bpmnElement') ?? '')
    if (flow?.name !== 'sequenceFlow') continue
    const points = line.children
      .filter(({ name }) => name === 'waypoint')
      .map((point) => ({ x: numberOf(point, 'x'), y: numberOf(point, 'y') }))
    if (points.length < 2 || !points.every(({ x, y }) => Number.isFinite(x) && Number.isFinite(y))) return null
    edges.push({
      id: flow.attributes.get('id') ?? '',
      from: flow.attributes.get('sourceRef') ?? '',
      to: flow.attributes.get('targetRef') ?? '',
      label: plain(flow.attributes.get('name')),
      points,
    })
  }
  const behind = (kind: string): number =>
    kind === 'participant' ? 0 : kind === 'lane' ? 1 : kind === 'subProcess' ? 2 : 3
  nodes.sort((a, b) => behind(a.kind) - behind(b.kind))
  const xs = [...nodes.flatMap(({ x, w }) => [x, x + w]), ...edges.flatMap(({ points }) => points.map(({ x }) => x))]
  const ys = [...nodes.flatMap(({ y, h }) => [y, y + h]), ...edges.flatMap(({ points }) => points.map(({ y }) => y))]
  const [left, top] = [Math.min(...xs), Math.min(...ys)]
  return { x: left, y: top, w: Math.max(...xs) - left, h: Math.max(...ys) - top, nodes, edges }
}
