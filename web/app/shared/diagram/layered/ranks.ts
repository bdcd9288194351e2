/** An edge between nodes that are known by their index. */
export interface IndexedEdge {
  readonly from: number
  readonly to: number
  /** How heavily it pulls: the more frequent a step, the straighter its edge. */
  readonly weight: number
}

/**
 * Which edges must be turned so that none leads back, as little of their weight as can be found: the nodes stand in a
 * row, `first` before and `last` behind all others, and each in turn moves to its best place until none does. Edges
 * against the row are turned; loops at one node are left as they are.
 */
export function edgesToTurn(
  count: number,
  edges: readonly IndexedEdge[],
  first: readonly number[] = [],
  last: readonly number[] = [],
): readonly boolean[] {
  const fixed = new Set([...first, ...last])
  const free = Array.from({ length: count }, (_, node) => node).filter((node) => !fixed.has(node))
  const weights = new Map<number, number>()
  for (const { from, to, weight } of edges) {
    weights.set(from * count + to, (weights.get(from * count + to) ?? 0) + weight)
  }
  const between = (from: number, to: number) => weights.get(from * count + to) ?? 0
  let row: readonly number[] = free
  for (let moved = true, pass = 0; moved && pass < passes; pass++) {
    moved = false
    for (const node of free) {
      const next = sifted(row, node, between)
      moved ||= next !== row
      row = next
    }
  }
  const place = new Int32Array(count)
  ;[...first, ...row, ...last].forEach((node, at) => {
    place[node] = at
  })
  return edges.map(({ from, to }) => from !== to && (place[from] as number) > (place[to] as number))
}

// It ends by itself: every move takes weight off. The limit is for graphs that nobody could read anyway.
const passes = 40

/** The row with one node moved to where least weight leads back; the same row where it stands best already. */
function sifted(
  row: readonly number[],
  node: number,
  between: (from: number, to: number) => number,
): readonly number[] {
  const others = row.filter((other) => other !== node)
  const at = row.indexOf(node)
  // What leads back when the node stands before others[0], and how that changes as it passes each of them.
  let back = others.reduce((sum, other) => sum + between(other, node), 0)
  const costs = [back]
  for (const other of others) {
    back += between(node, other) - between(other, node)
    costs.push(back)
  }
  const least = Math.min(...costs)
  if ((costs[at] as number) <= least) return row
  const best = costs.indexOf(least)
  return [...others.slice(0, best), node, ...others.slice(best)]
}

/** The rank of each node, from 0 at the top: every edge leads at least `span` ranks down, and edges are kept short. */
export function ranksOf(count: number, edges: readonly IndexedEdge[], span: number): readonly number[] {
  const down: IndexedEdge[][] = Array.from({ length: count }, () => [])
  const up: IndexedEdge[][] = Array.from({ length: count }, () => [])
  for (const edge of edges) {
    down[edge.from]?.push(edge)
    up[edge.to]?.push(edge)
  }
  const order = topological(down, up)
  const rank = new Array<number>(count).fill(0)
  for (const node of order) {
    for (const { to } of down[node] ?? []) rank[to] = Math.max(rank[to] as number, (rank[node] as number) + span)
  }
  // Longest paths pull everything down; each node then goes where its edges are shortest by weight.
  for (let sweep = 0; sweep < 8; sweep++) {
    let moved = false
    for (const node of sweep % 2 === 0 ? order.toReversed() : order) {
      const above = up[node] ?? []
      const below = down[node] ?? []
      const pull = (all: readonly IndexedEdge[]) => all.reduce((sum, { weight }) => sum + weight, 0)
      const highest = Math.max(0, ...above.map(({ from }) => (rank[from] as number) + span))
      const lowest = Math.min(...below.map(({ to }) => (rank[to] as number) - span))
      const wanted = below.length > 0 && pull(below) > pull(above) ? lowest : highest
      if (wanted !== rank[node]) {
        rank[node] = wanted
        moved = true
      }
    }
    if (!moved) break
  }
  return rank
}

function topological(down: readonly (readonly IndexedEdge[])[], up: readonly (readonly IndexedEdge[])[]): number[] {
  const waiting = up.map((edges) => edges.length)
  const order = waiting.flatMap((edges, node) => (edges === 0 ? [node] : []))
  for (let at = 0; at < order.length; at++) {
    for (const { to } of down[order[at] as number] ?? []) {
      waiting[to] = (waiting[to] as number) - 1
      if (waiting[to] === 0) order.push(to)
    }
  }
  return order
}
