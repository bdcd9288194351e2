import { draw, gapAcross, loopRoom } from './draw.ts'
import { type Link, type Neighbours, orderLayers } from './order.ts'
import { placeAcross } from './place.ts'
import { edgesToTurn, type IndexedEdge, ranksOf } from './ranks.ts'

/** A node to be placed; widths and heights are in the drawing's units. */
export interface LayeredNode {
  readonly id: string
  readonly width: number
  readonly height: number
}

/** An edge to be drawn, with the room that its label needs. */
export interface LayeredEdge {
  readonly from: string
  readonly to: string
  readonly weight: number
  readonly labelWidth: number
}

export interface Point {
  readonly x: number
  readonly y: number
}

/** Where everything stands: middles of nodes; for each edge its way from the first node to the second, and its label. */
export interface LayeredDrawing {
  readonly nodes: readonly (LayeredNode & Point)[]
  readonly edges: readonly (LayeredEdge & {
    readonly points: readonly Point[]
    readonly label: Point
    /** It leads back up, against the order of the drawing; a loop leads to its own node. */
    readonly back: boolean
    readonly loop: boolean
  })[]
  readonly width: number
  readonly height: number
}

// Every edge leads over one rank of its own between two ranks of nodes: there its label has room.
const span = 2

/** Draws a graph from top to bottom in layers, between `ends` where it has them. The same graph gives the same drawing. */
export function layOut(
  nodes: readonly LayeredNode[],
  edges: readonly LayeredEdge[],
  ends: { readonly first: readonly string[]; readonly last: readonly string[] } = { first: [], last: [] },
): LayeredDrawing {
  const index = new Map(nodes.map(({ id }, at) => [id, at]))
  const at = (id: string): number => {
    const found = index.get(id)
    if (found === undefined) throw new Error(`an edge at a node that is not drawn: ${id}`)
    return found
  }
  const heaviest = Math.max(1, ...edges.map(({ weight }) => weight))
  const indexed = edges.map(({ from, to, weight }) => ({
    from: at(from),
    to: at(to),
    weight: pullOf(weight, heaviest),
  }))
  const turned = edgesToTurn(
    nodes.length,
    edges.map(({ from, to, weight }) => ({ from: at(from), to: at(to), weight })),
    ends.first.map(at),
    ends.last.map(at),
  )
  const acyclic = indexed.map((edge, i) => (turned[i] ? { ...edge, from: edge.to, to: edge.from } : edge))
  const rank = ranksOf(
    nodes.length,
    acyclic.filter(({ from, to }) => from !== to),
    span,
  )
  const woven = weave(nodes, edges, acyclic, rank)
  const layers = orderLayers(woven.layers, woven.neighbours)
  const x = placeAcross(layers, woven.widths, woven.neighbours, gapAcross)
  return draw({ nodes, edges, turned, woven, layers, x })
}

/** Frequent edges pull harder, but a thousandfold one not a thousand times. */
const pullOf = (weight: number, heaviest: number): number => 1 + 7 * Math.sqrt(Math.max(0, weight) / heaviest)

/** A graph whose links join neighbouring layers only. */
export interface Woven {
  readonly layers: readonly (readonly number[])[]
  readonly widths: readonly number[]
  readonly neighbours: Neighbours
  /** Of each edge, the vertices on its way between its two nodes, from top to bottom, and the one with its label. */
  readonly ways: readonly { readonly vertices: readonly number[]; readonly label: number }[]
}

/** Puts a vertex into every rank that an edge passes, so that links join neighbouring ranks only. */
function weave(
  nodes: readonly LayeredNode[],
  edges: readonly LayeredEdge[],
  acyclic: readonly IndexedEdge[],
  rank: readonly number[],
): Woven {
  const layers: number[][] = Array.from({ length: Math.max(0, ...rank) + 1 }, () => [])
  // A loop at a node stands at its side and needs room there.
  const loops = new Map(acyclic.flatMap(({ from, to }, i) => (from === to ? [[from, edges[i]?.labelWidth ?? 0]] : [])))
  const widths = nodes.map(({ width }, node) => width + (loops.has(node) ? 2 * (loopRoom + (loops.get(node) ?? 0)) : 0))
  nodes.forEach((_, node) => {
    layers[rank[node] as number]?.push(node)
  })
  const above: Link[][] = nodes.map(() => [])
  const below: Link[][] = nodes.map(() => [])
  const ways = acyclic.map(({ from, to, weight }, i) => {
    const way: number[] = []
    if (from === to) return { vertices: way, label: from }
    const [top, bottom] = [rank[from] as number, rank[to] as number]
    const labelled = labelRank(top, bottom)
    let upper = from
    let label = from
    for (let layer = top + 1; layer < bottom; layer++) {
      const vertex = widths.push(layer === labelled ? (edges[i]?.labelWidth ?? 0) : 4) - 1
      above.push([])
      below.push([])
      layers[layer]?.push(vertex)
      way.push(vertex)
      if (layer === labelled) label = vertex
      link(upper, vertex, upper === from ? weight : weight * 4)
      upper = vertex
    }
    link(upper, to, weight)
    return { vertices: way, label }
  })
  function link(upper: number, lower: number, weight: number): void {
    const one = { upper, lower, weight }
    below[upper]?.push(one)
    above[lower]?.push(one)
  }
  return { layers, widths, neighbours: { above, below }, ways }
}

/** A rank of the edges' own that is near to the middle of an edge: nodes may stand on even ranks only. */
const labelRank = (top: number, bottom: number): number => {
  const middle = Math.floor((top + bottom) / 2)
  return middle % 2 === 1 ? middle : middle + 1
}
