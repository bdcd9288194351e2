import type { FlowDiagram, FlowNode } from './flow.tsx'

type Edge = FlowDiagram['edges'][number]

const gap = { x: 26, y: 60 } as const
const isGateway = (kind: string): boolean => /gateway/i.test(kind)

/**
 * The part of a procedure that a case went along or missed, drawn close together: steps keep their order from left to
 * right and from top to bottom, and a gateway that only one way leads through is left out. The whole drawing stays one
 * press away; nothing that was done or is missing is ever folded.
 */
export function fold(diagram: FlowDiagram, kept: ReadonlySet<string>): FlowDiagram {
  const nodes = diagram.nodes.filter((node) => kept.has(node.id))
  const edges = diagram.edges.filter((edge) => kept.has(edge.from) && kept.has(edge.to))
  const { nodes: shown, edges: joined } = withoutPassages(nodes, edges)
  return layOut(shown, joined)
}

/** Joins the edges of a gateway that has one way in and one way out. */
function withoutPassages(nodes: readonly FlowNode[], edges: readonly Edge[]) {
  let left = [...nodes]
  let joined = [...edges]
  for (const node of nodes) {
    if (!isGateway(node.kind)) continue
    const into = joined.filter((edge) => edge.to === node.id)
    const out = joined.filter((edge) => edge.from === node.id)
    const [before, after] = [into[0], out[0]]
    if (into.length !== 1 || out.length !== 1 || !before || !after || before.from === after.to) continue
    left = left.filter((one) => one !== node)
    // The edge out of the gateway names both: a case that went in went out.
    joined = joined.filter((edge) => edge !== before && edge !== after)
    joined.push({ ...after, from: before.from })
  }
  return { nodes: left, edges: joined }
}

/** Places the nodes of each column and row of the old drawing side by side, and draws the edges anew. */
function layOut(nodes: readonly FlowNode[], edges: readonly Edge[]): FlowDiagram {
  const columnOf = (node: FlowNode) => Math.round(node.x + node.w / 2)
  const rowOf = (node: FlowNode) => Math.round(node.y + node.h / 2)
  const columns = [...new Set(nodes.map(columnOf))].sort((a, b) => a - b)
  const rows = [...new Set(nodes.map(rowOf))].sort((a, b) => a - b)
  const middles = new Map<number, number>()
  let x = 0
  for (const column of columns) {
    const width = Math.max(...nodes.filter((node) => columnOf(node) === column).map((node) => node.w))
    middles.set(column, x + width / 2)
    x += width + gap.x
  }
  const placed = new Map<string, FlowNode>()
  for (const node of nodes) {
    const centre = rows.indexOf(rowOf(node)) * (80 + gap.y)
    placed.set(node.id, { ...node, x: (middles.get(columnOf(node)) ?? 0) - node.w / 2, y: centre - node.h / 2 })
  }
  const bottom = Math.max(...[...placed.values()].map((node) => node.y + node.h))
  return {
    nodes: [...placed.values()],
    edges: edges.flatMap((edge) => {
      const [from, to] = [placed.get(edge.from), placed.get(edge.to)]
      return from && to ? [{ ...edge, label: '', points: route(from, to, bottom) }] : []
    }),
  }
}

/** A way of level and upright legs: onward from side to side, back under everything. */
function route(from: FlowNode, to: FlowNode, bottom: number): FlowDiagram['edges'][number]['points'] {
  const start = { x: from.x + from.w, y: from.y + from.h / 2 }
  const end = { x: to.x, y: to.y + to.h / 2 }
  if (end.x < start.x) {
    const under = bottom + gap.y / 2
    const [left, right] = [to.x + to.w / 2, from.x + from.w / 2]
    return [
      { x: right, y: from.y + from.h },
      { x: right, y: under },
      { x: left, y: under },
      { x: left, y: to.y + to.h },
    ]
  }
  if (start.y === end.y) return [start, end]
  // The turn stands close to the step that it leads to, so that long ways do not cross what lies between.
  const turn = end.x - gap.x / 2
  return [start, { x: turn, y: start.y }, { x: turn, y: end.y }, end]
}
