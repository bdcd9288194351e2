import type { LayeredDrawing, LayeredEdge, LayeredNode, Point, Woven } from './layered.ts'
import { type Box, straighten } from './straighten.ts'

/** The room between neighbours in a layer, and beside a node for the bow of its loop. */
export const gapAcross = 22
export const loopRoom = 30
const gapDown = 14
const labelHeight = 22

/** What the layers came to, to be turned into places. */
interface Laid {
  readonly nodes: readonly LayeredNode[]
  readonly edges: readonly LayeredEdge[]
  readonly turned: readonly boolean[]
  readonly woven: Woven
  readonly layers: readonly (readonly number[])[]
  /** Middles from left to right, around 0. */
  readonly x: readonly number[]
}

/** Gives every node, way and label its place, and every edge its own port at its nodes. */
export function draw({ nodes, edges, turned, woven, layers, x }: Laid): LayeredDrawing {
  const { widths, ways } = woven
  const left = Math.min(...x.map((middle, vertex) => middle - (widths[vertex] as number) / 2)) - gapAcross
  const right = Math.max(...x.map((middle, vertex) => middle + (widths[vertex] as number) / 2)) + gapAcross
  const bands = new Array<{ readonly top: number; readonly bottom: number }>(x.length)
  let top = gapDown
  for (const layer of layers) {
    const height = Math.max(labelHeight, ...layer.map((vertex) => nodes[vertex]?.height ?? 0))
    for (const vertex of layer) bands[vertex] = { top, bottom: top + height }
    top += height + gapDown
  }
  const band = (vertex: number) => bands[vertex] as { readonly top: number; readonly bottom: number }
  const spot = (vertex: number): Point => ({
    x: (x[vertex] as number) - left,
    y: (band(vertex).top + band(vertex).bottom) / 2,
  })
  // Through a layer a way goes straight down: a slant would cut the corners of what stands beside it.
  const through = (vertex: number): readonly [Point, Point] => {
    const { x: middle } = spot(vertex)
    return [
      { x: middle, y: band(vertex).top },
      { x: middle, y: band(vertex).bottom },
    ]
  }
  const placed = nodes.map((node, at) => ({ ...node, ...spot(at) }))
  const indexOf = new Map(nodes.map(({ id }, at) => [id, at]))
  const ends = edges.map(({ from, to }, i): readonly [number, number] => {
    const [a, b] = [indexOf.get(from) as number, indexOf.get(to) as number]
    return turned[i] ? [b, a] : [a, b]
  })
  const ports = portsOf(placed, ends, (i, end) => {
    const way = ways[i]?.vertices ?? []
    const next = end === 'bottom' ? (way[0] ?? ends[i]?.[1]) : (way.at(-1) ?? ends[i]?.[0])
    return spot(next as number).x
  })
  const boxes: (Box & { readonly of: number })[] = placed.map((node) => ({ ...node, of: -1 }))
  edges.forEach(({ labelWidth }, i) => {
    const { label, vertices } = ways[i] as Woven['ways'][number]
    if (vertices.length > 0) boxes.push({ ...spot(label), width: labelWidth, height: labelHeight - 6, of: i })
  })
  return {
    nodes: placed,
    edges: edges.map((edge, i) => {
      const [upper, lower] = (ends[i] ?? []).map((node) => placed[node as number]) as [Placed, Placed]
      if (upper === lower) return { ...edge, ...loopOf(upper, edge.labelWidth), back: false, loop: true }
      const { vertices, label } = ways[i] as Woven['ways'][number]
      const [head, foot] = ends[i] as readonly [number, number]
      const [out, into] = [ports.bottom[i] as number, ports.top[i] as number]
      const others = boxes.filter(({ of }) => of !== i)
      const labelled = vertices.indexOf(label)
      const [labelTop, labelBottom] = through(label)
      const points = [
        ...straighten(
          [
            { x: out, y: upper.y + upper.height / 2 },
            { x: out, y: band(head).bottom },
            ...vertices.slice(0, labelled).flatMap(through),
            labelTop,
          ],
          others,
        ),
        ...straighten(
          [
            labelBottom,
            ...vertices.slice(labelled + 1).flatMap(through),
            { x: into, y: band(foot).top },
            { x: into, y: lower.y - lower.height / 2 },
          ],
          others,
        ),
      ]
      const back = turned[i] === true
      return { ...edge, points: back ? points.toReversed() : points, label: spot(label), back, loop: false }
    }),
    width: right - left,
    height: top,
  }
}

type Placed = LayeredNode & Point

/** Where each edge leaves and meets its nodes: side by side along the lower and the upper side, in the order of their ways. */
function portsOf(
  nodes: readonly Placed[],
  ends: readonly (readonly [number, number])[],
  nextX: (edge: number, end: 'top' | 'bottom') => number,
) {
  const ports = { top: new Array<number>(ends.length), bottom: new Array<number>(ends.length) }
  for (const side of ['bottom', 'top'] as const) {
    const at = new Map<number, number[]>()
    ends.forEach(([upper, lower], edge) => {
      const node = side === 'bottom' ? upper : lower
      if (upper !== lower) at.set(node, [...(at.get(node) ?? []), edge])
    })
    for (const [node, edges] of at) {
      const { x, width } = nodes[node] as Placed
      const step = Math.min(18, (width - 24) / Math.max(1, edges.length - 1))
      edges.sort((a, b) => nextX(a, side) - nextX(b, side) || a - b)
      edges.forEach((edge, place) => {
        ports[side][edge] = x + (place - (edges.length - 1) / 2) * step
      })
    }
  }
  return ports
}

/** A loop bows out at the right side of its node, its label beside it. */
function loopOf(
  { x, y, width }: Placed,
  labelWidth: number,
): { readonly points: readonly Point[]; readonly label: Point } {
  const side = x + width / 2
  return {
    points: [
      { x: side, y: y - 9 },
      { x: side + loopRoom - 6, y: y - 9 },
      { x: side + loopRoom - 6, y: y + 9 },
      { x: side, y: y + 9 },
    ],
    label: { x: side + loopRoom + labelWidth / 2, y },
  }
}
