import type { FlowDiagram } from './flow.tsx'

const isGateway = (kind: string): boolean => /gateway/i.test(kind)

/** The marked nodes of a drawing and what stands next to them, a gateway being no stop: what a reader needs to see them in place. */
export function around(diagram: FlowDiagram, marked: ReadonlySet<string>): ReadonlySet<string> {
  const gateways = new Set(diagram.nodes.filter(({ kind }) => isGateway(kind)).map(({ id }) => id))
  const kept = new Set(marked)
  const walk = (from: string, ahead: boolean): void => {
    for (const edge of diagram.edges) {
      const [own, next] = ahead ? [edge.from, edge.to] : [edge.to, edge.from]
      if (own !== from || kept.has(next)) continue
      kept.add(next)
      if (gateways.has(next)) walk(next, ahead)
    }
  }
  for (const node of marked) {
    walk(node, true)
    walk(node, false)
  }
  return kept
}
