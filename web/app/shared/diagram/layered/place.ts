import type { Link, Neighbours } from './order.ts'

/** Places in a row that keep an order and a least distance, as near as can be to where each would like to stand. */
export function settleRow(wanted: readonly number[], pulls: readonly number[], apart: readonly number[]): number[] {
  // Taking the distances off leaves a sequence that must not fall: isotonic regression, by pooling adjacent violators.
  const offsets: number[] = []
  let offset = 0
  wanted.forEach((_, index) => {
    if (index > 0) offset += apart[index - 1] as number
    offsets.push(offset)
  })
  const pools: { sum: number; pull: number; size: number }[] = []
  wanted.forEach((value, index) => {
    const pull = pulls[index] as number
    let pool = { sum: (value - (offsets[index] as number)) * pull, pull, size: 1 }
    for (let last = pools.at(-1); last && last.sum / last.pull > pool.sum / pool.pull; last = pools.at(-1)) {
      pools.pop()
      pool = { sum: pool.sum + last.sum, pull: pool.pull + last.pull, size: pool.size + last.size }
    }
    pools.push(pool)
  })
  const placed: number[] = []
  for (const { sum, pull, size } of pools) {
    for (let i = 0; i < size; i++) placed.push(sum / pull + (offsets[placed.length] as number))
  }
  return placed
}

/** The middles of all vertices from left to right: links are drawn straight where they can be, the heaviest first. */
export function placeAcross(
  layers: readonly (readonly number[])[],
  widths: readonly number[],
  { above, below }: Neighbours,
  gap: number,
): readonly number[] {
  const x = new Array<number>(widths.length).fill(0)
  const apartOf = layers.map((layer) =>
    layer.slice(1).map((vertex, index) => {
      const before = layer[index] as number
      return ((widths[before] as number) + (widths[vertex] as number)) / 2 + gap
    }),
  )
  layers.forEach((layer, at) => {
    let left = 0
    layer.forEach((vertex, index) => {
      left += index === 0 ? 0 : (apartOf[at]?.[index - 1] as number)
      x[vertex] = left
    })
    for (const vertex of layer) x[vertex] = (x[vertex] as number) - left / 2
  })
  const sweeps = 16
  for (let sweep = 0; sweep < sweeps; sweep++) {
    const down = sweep % 2 === 0
    const last = sweep >= sweeps - 2
    const rows = layers.map((layer, at) => ({ layer, at }))
    for (const { layer, at } of down ? rows : rows.reverse()) {
      const wanted: number[] = []
      const pulls: number[] = []
      for (const vertex of layer) {
        // The last sweeps look both ways, so that neither end is drawn at the other's expense.
        const links = [
          ...(down || last ? (above[vertex] ?? []).map((link) => [link.upper, link] as const) : []),
          ...(!down || last ? (below[vertex] ?? []).map((link) => [link.lower, link] as const) : []),
        ]
        const { mean, pull } = meanOf(links, x)
        wanted.push(mean ?? (x[vertex] as number))
        pulls.push(pull)
      }
      const placed = settleRow(wanted, pulls, apartOf[at] ?? [])
      layer.forEach((vertex, index) => {
        x[vertex] = placed[index] as number
      })
    }
  }
  return x
}

function meanOf(links: readonly (readonly [number, Link])[], x: readonly number[]) {
  let sum = 0
  let pull = 0
  for (const [vertex, { weight }] of links) {
    sum += (x[vertex] as number) * weight
    pull += weight
  }
  return { mean: pull === 0 ? null : sum / pull, pull: Math.max(pull, 0.01) }
}
