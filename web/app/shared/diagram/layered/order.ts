/** A link between neighbouring layers. */
export interface Link {
  readonly upper: number
  readonly lower: number
  readonly weight: number
}

/** The links of each vertex to the layer above and to the layer below. */
export interface Neighbours {
  readonly above: readonly (readonly Link[])[]
  readonly below: readonly (readonly Link[])[]
}

/** How many pairs of links cross between all layers. */
export function crossings(layers: readonly (readonly number[])[], { below }: Neighbours): number {
  let sum = 0
  for (let at = 0; at + 1 < layers.length; at++) {
    const place = new Map((layers[at + 1] ?? []).map((vertex, index) => [vertex, index]))
    const ends = (layers[at] ?? []).flatMap((vertex) =>
      (below[vertex] ?? []).map(({ lower }) => place.get(lower) ?? 0).sort((a, b) => a - b),
    )
    sum += inversions(ends, (layers[at + 1] ?? []).length)
  }
  return sum
}

/** How many pairs stand the wrong way round, by a tree of counts. */
function inversions(values: readonly number[], size: number): number {
  const tree = new Int32Array(size + 1)
  let sum = 0
  values.forEach((value, seen) => {
    let notAbove = 0
    for (let at = value + 1; at > 0; at -= at & -at) notAbove += tree[at] as number
    sum += seen - notAbove
    for (let at = value + 1; at <= size; at += at & -at) tree[at] = (tree[at] as number) + 1
  })
  return sum
}

/**
 * Orders the vertices of every layer so that few links cross: sweeps down and up by the mean place of the neighbours,
 * keeping the best order seen (Sugiyama, Tagawa, Toda 1981). The same graph gives the same order.
 */
export function orderLayers(layers: readonly (readonly number[])[], neighbours: Neighbours): readonly number[][] {
  let current = layers.map((layer) => [...layer])
  let best = current
  let fewest = crossings(current, neighbours)
  for (let sweep = 0; sweep < 24 && fewest > 0; sweep++) {
    current = sweep % 2 === 0 ? sweepDown(current, neighbours) : sweepUp(current, neighbours)
    const count = crossings(current, neighbours)
    if (count < fewest) {
      best = current
      fewest = count
    }
  }
  return best
}

function sweepDown(layers: readonly (readonly number[])[], { above }: Neighbours): number[][] {
  const next: number[][] = []
  layers.forEach((layer, at) => {
    next.push(at === 0 ? [...layer] : byMean(layer, next[at - 1] ?? [], (vertex) => (above[vertex] ?? []).map(upperOf)))
  })
  return next
}

function sweepUp(layers: readonly (readonly number[])[], { below }: Neighbours): number[][] {
  const next: number[][] = []
  layers.toReversed().forEach((layer, at) => {
    next.push(at === 0 ? [...layer] : byMean(layer, next[at - 1] ?? [], (vertex) => (below[vertex] ?? []).map(lowerOf)))
  })
  return next.reverse()
}

const upperOf = ({ upper, weight }: Link) => ({ vertex: upper, weight })
const lowerOf = ({ lower, weight }: Link) => ({ vertex: lower, weight })

/** Sorts a layer by the mean place of its neighbours in a fixed one; who has none keeps its place. */
function byMean(
  layer: readonly number[],
  fixed: readonly number[],
  linked: (vertex: number) => readonly { readonly vertex: number; readonly weight: number }[],
): number[] {
  const place = new Map(fixed.map((vertex, index) => [vertex, index]))
  const keyed = layer.map((vertex, index) => {
    let sum = 0
    let weights = 0
    for (const { vertex: other, weight } of linked(vertex)) {
      sum += (place.get(other) ?? 0) * weight
      weights += weight
    }
    return { vertex, index, key: weights === 0 ? (index * fixed.length) / layer.length : sum / weights }
  })
  return keyed.sort((a, b) => a.key - b.key || a.index - b.index).map(({ vertex }) => vertex)
}
