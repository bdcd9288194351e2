/** An edge between nodes that are known by their index. */
export interface IndexedEdge {
  readonly from: number
  readonly to: number
  /** How heavily it pulls: the more frequent a step, the straighter its edge. */
  readonly weight: number
}

/**
 * Which edges must be turned so that none leads back: a sequence of the nodes is built greedily from both its ends
 * (Eades, Lin, Smyth 1993, with weights), and edges against it are turned. Loops at one node are left as they are.
 */
export function edgesToTurn(
  count: number,
  edges: readonly IndexedEdge[],
  first: readonly number[],
): readonly boolean[] {
  const left = new Set(Array.from({ length: count }, (_, node) => node))
  const out = new Float64Array(count)
  const into = new Float64Array(count)
  const incident: number[][] = Array.from({ length: count }, () => [])
  edges.forEach(({ from, to, weight }, index) => {
    if (from === to) return
    out[from] = (out[from] as number) + weight
    into[to] = (into[to] as number) + weight
    incident[from]?.push(index)
    incident[to]?.push(index)
  })
  const place = new Int32Array(count)
  let head = 0
  let tail = count - 1
  const take = (node: number, atHead: boolean): void => {
    left.delete(node)
    place[node] = atHead ? head++ : tail--
    for (const index of incident[node] ?? []) {
      const { from, to, weight } = edges[index] as IndexedEdge
      if (from === node && left.has(to)) into[to] = (into[to] as number) - weight
      if (to === node && left.has(from)) out[from] = (out[from] as number) - weight
    }
  }
  for (const node of first) take(node, true)
  while (left.size > 0) {
    const sink = [...left].find((node) => (out[node] as number) <= 0)
    if (sink !== undefined) {
      take(sink, false)
      continue
    }
    let best = -1
    for (const node of left) {
      const gain = (out[node] as number) - (into[node] as number)
      if (best < 0 || gain > (out[best] as number) - (into[best] as number)) best = node
    }
    take(best, true)
  }
  return edges.map(({ from, to }) => from !== to && (place[from] as number) > (place[to] as number))
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
