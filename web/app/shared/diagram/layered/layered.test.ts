import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { layOut } from './layered.ts'
import { crossings, orderLayers } from './order.ts'
import { settleRow } from './place.ts'
import { edgesToTurn, ranksOf } from './ranks.ts'
import { straighten, touches } from './straighten.ts'

const node = (id: string) => ({ id, width: 100, height: 40 })
const edge = (from: string, to: string, weight = 1) => ({ from, to, weight, labelWidth: 30 })

const graphs = fc.integer({ min: 1, max: 9 }).chain((count) => {
  const one = fc.nat({ max: count - 1 })
  const edges = fc.uniqueArray(fc.tuple(one, one, fc.integer({ min: 1, max: 1000 })), {
    maxLength: 24,
    selector: ([from, to]) => `${from} ${to}`,
  })
  return fc.record({ count: fc.constant(count), edges })
})
const named = ({ count, edges }: { count: number; edges: readonly (readonly [number, number, number])[] }) =>
  layOut(
    Array.from({ length: count }, (_, i) => node(`n${i}`)),
    edges.map(([from, to, weight]) => edge(`n${from}`, `n${to}`, weight)),
  )

describe('a graph drawn in layers', () => {
  it('stands from top to bottom in the order in which its steps follow', () => {
    const { nodes } = layOut(['a', 'b', 'c'].map(node), [edge('a', 'b'), edge('b', 'c'), edge('a', 'c')])
    const y = new Map(nodes.map((one) => [one.id, one.y]))
    expect(y.get('a')).toBeLessThan(y.get('b') as number)
    expect(y.get('b')).toBeLessThan(y.get('c') as number)
  })

  it('turns the rare way back, not the frequent way on', () => {
    const { edges } = layOut(['a', 'b'].map(node), [edge('a', 'b', 100), edge('b', 'a', 3)])
    expect(edges.map(({ back }) => back)).toEqual([false, true])
    const [on, back] = edges
    expect(on?.points[0]?.y).toBeLessThan(on?.points.at(-1)?.y as number)
    expect(back?.points[0]?.y).toBeGreaterThan(back?.points.at(-1)?.y as number)
  })

  it('puts no node on another, and no label on a node or another label, whatever the graph', () => {
    fc.assert(
      fc.property(graphs, (graph) => {
        const { nodes, edges } = named(graph)
        const boxes = [
          ...nodes.map(({ x, y, width, height }) => ({ x, y, width, height })),
          ...edges.map(({ label, labelWidth }) => ({ ...label, width: labelWidth, height: 14 })),
        ]
        boxes.forEach((a, i) => {
          for (const b of boxes.slice(i + 1)) {
            const apart =
              Math.abs(a.x - b.x) >= (a.width + b.width) / 2 - 0.01 || Math.abs(a.y - b.y) >= (a.height + b.height) / 2
            expect(apart).toBe(true)
          }
        })
      }),
    )
  })

  it('leads every edge from its first node to its second, within the drawing', () => {
    fc.assert(
      fc.property(graphs, (graph) => {
        const { nodes, edges, width, height } = named(graph)
        const byId = new Map(nodes.map((one) => [one.id, one]))
        for (const { from, to, points } of edges) {
          for (const [point, id] of [
            [points[0], from],
            [points.at(-1), to],
          ] as const) {
            const at = byId.get(id)
            expect(Math.abs((point?.x ?? Number.NaN) - (at?.x ?? 0))).toBeLessThanOrEqual(50.01)
            expect(Math.abs((point?.y ?? Number.NaN) - (at?.y ?? 0))).toBeLessThanOrEqual(20.01)
          }
          for (const { x, y } of points) {
            expect(x).toBeGreaterThanOrEqual(0)
            expect(x).toBeLessThanOrEqual(width)
            expect(y).toBeGreaterThanOrEqual(0)
            expect(y).toBeLessThanOrEqual(height)
          }
        }
      }),
    )
  })

  it('leads no edge through a node', () => {
    fc.assert(
      fc.property(graphs, (graph) => {
        const { nodes, edges } = named(graph)
        for (const { from, to, points, back } of edges.filter((one) => !one.loop)) {
          const down = back ? points.toReversed() : points
          const others = nodes.filter(({ id }) => id !== from && id !== to)
          down.slice(1).forEach((point, at) => {
            // The distance kept from a box may be less where the layers themselves leave no more.
            const near = others.filter((box) =>
              touches(down[at] as { x: number; y: number }, point, {
                ...box,
                width: box.width - 12,
                height: box.height - 12,
              }),
            )
            expect(near, `${from} ${to}`).toEqual([])
          })
        }
      }),
    )
  })

  it('is the same for the same graph', () => {
    fc.assert(
      fc.property(graphs, (graph) => {
        expect(named(graph)).toEqual(named(graph))
      }),
    )
  })
})

describe('the pieces of the drawing', () => {
  it('leave no edge leading back once the chosen ones are turned, and rank every edge downward', () => {
    fc.assert(
      fc.property(graphs, ({ count, edges }) => {
        const all = edges.map(([from, to, weight]) => ({ from, to, weight }))
        const turned = edgesToTurn(count, all)
        const acyclic = all
          .filter(({ from, to }) => from !== to)
          .map((one) => (turned[all.indexOf(one)] ? { ...one, from: one.to, to: one.from } : one))
        const rank = ranksOf(count, acyclic, 2)
        for (const { from, to } of acyclic) expect((rank[to] ?? 0) - (rank[from] ?? 0)).toBeGreaterThanOrEqual(2)
      }),
    )
  })

  it('turn no more weight than any order of few nodes would', () => {
    const orders = (nodes: readonly number[]): readonly (readonly number[])[] =>
      nodes.length === 0
        ? [[]]
        : nodes.flatMap((node) => orders(nodes.filter((one) => one !== node)).map((rest) => [node, ...rest]))
    const cycle = [
      { from: 1, to: 0, weight: 4166 },
      { from: 0, to: 2, weight: 2499 },
      { from: 2, to: 3, weight: 3794 },
      { from: 3, to: 1, weight: 12 },
      { from: 0, to: 3, weight: 24 },
      { from: 3, to: 2, weight: 209 },
    ]
    const back = (order: readonly number[]) =>
      cycle.reduce((sum, { from, to, weight }) => sum + (order.indexOf(from) > order.indexOf(to) ? weight : 0), 0)
    const turned = edgesToTurn(4, cycle)
    const weight = cycle.reduce((sum, edge, at) => sum + (turned[at] ? edge.weight : 0), 0)
    expect(weight).toBe(Math.min(...orders([0, 1, 2, 3]).map(back)))
  })

  it('leave out bends only where the straight line touches nothing', () => {
    const bent = [
      { x: 0, y: 0 },
      { x: 40, y: 50 },
      { x: 0, y: 100 },
    ]
    expect(straighten(bent, [])).toEqual([bent[0], bent[2]])
    expect(straighten(bent, [{ x: 0, y: 50, width: 20, height: 20 }])).toEqual(bent)
    expect(straighten(bent, [{ x: 90, y: 50, width: 20, height: 20 }])).toHaveLength(2)
  })

  it('undo a crossing that need not be', () => {
    const link = (upper: number, lower: number) => ({ upper, lower, weight: 1 })
    const neighbours = {
      above: [[], [], [link(1, 2)], [link(0, 3)]],
      below: [[link(0, 3)], [link(1, 2)], [], []],
    }
    const crossed = [
      [0, 1],
      [2, 3],
    ]
    expect(crossings(crossed, neighbours)).toBe(1)
    expect(crossings(orderLayers(crossed, neighbours), neighbours)).toBe(0)
  })

  it('keep a row in order and apart, and leave who fits where they want to stand', () => {
    expect(settleRow([0, 50, 200], [1, 1, 1], [20, 20])).toEqual([0, 50, 200])
    expect(settleRow([10, 10], [1, 1], [20])).toEqual([0, 20])
    expect(settleRow([100, 0], [3, 1], [10])).toEqual([72.5, 82.5])
  })
})
