/** A step of a directly-follows graph, as far as it is cut and drawn. */
export interface Node {
  readonly activity: string
  readonly events: number
  readonly cases: number
  readonly starts: number
  readonly ends: number
}

/** One step directly after another. */
export interface Edge {
  readonly from: string
  readonly to: string
  readonly count: number
  readonly cases: number
}

/** Where every case begins and ends in the drawing; no activity can be called so, since names hold no NUL. */
export const START = '\0start'
export const END = '\0end'

/** The graph with a beginning and an end of its own, the most frequent edges first. */
function withEnds<E extends Edge>(nodes: readonly Node[], edges: readonly E[]): readonly (E | Edge)[] {
  const starts = nodes
    .filter(({ starts }) => starts > 0)
    .map(({ activity, starts }) => ({ from: START, to: activity, count: starts, cases: starts }))
  const ends = nodes
    .filter(({ ends }) => ends > 0)
    .map(({ activity, ends }) => ({ from: activity, to: END, count: ends, cases: ends }))
  return [...edges, ...starts, ...ends].sort((a, b) => b.count - a.count)
}

/**
 * The part of a graph that is drawn: the `steps` most frequent steps and, of the edges between them, the `ways` most
 * frequent; besides, for each step its most frequent edge in and out, so that none hangs loose.
 */
export function cut<N extends Node, E extends Edge>(
  nodes: readonly N[],
  edges: readonly E[],
  { steps, ways }: { readonly steps: number; readonly ways: number },
): { readonly nodes: readonly N[]; readonly edges: readonly (E | Edge)[]; readonly of: number } {
  const kept = nodes.toSorted((a, b) => b.events - a.events).slice(0, steps)
  const names = new Set([START, END, ...kept.map(({ activity }) => activity)])
  const among = withEnds(nodes, edges).filter(({ from, to }) => names.has(from) && names.has(to))
  const chosen = new Set(among.slice(0, ways))
  for (const { activity } of kept) {
    const into = among.find(({ from, to }) => to === activity && from !== activity)
    const out = among.find(({ from, to }) => from === activity && to !== activity)
    if (into) chosen.add(into)
    if (out) chosen.add(out)
  }
  return { nodes: kept, edges: among.filter((edge) => chosen.has(edge)), of: among.length }
}
