import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { caseView } from './case-view.ts'
import { anyLog, handLog } from './fixtures/hand-log.ts'
import { followsGraph } from './graph.ts'
import { wholeLog } from './log-view.ts'
import { spreadOf } from './spread.ts'

describe('a directly-follows graph', () => {
  it('counts what follows what, in how many cases, and how long it took', () => {
    const log = handLog([
      {
        events: [
          ['A', 0],
          ['B', 10],
          ['B', 30],
        ],
      },
      {
        events: [
          ['A', 0],
          ['B', 20],
        ],
      },
      {
        events: [
          ['B', 5],
          ['A', null],
        ],
      },
    ])
    const { nodes, edges } = followsGraph(wholeLog(log))
    expect(nodes).toEqual([
      { activity: 'B', events: 4, cases: 3, starts: 1, ends: 2 },
      { activity: 'A', events: 3, cases: 3, starts: 2, ends: 1 },
    ])
    expect(edges).toMatchObject([
      { from: 'A', to: 'B', count: 2, cases: 2, duration: { n: 2, mean: 900, min: 600, max: 1200 } },
      { from: 'B', to: 'A', count: 1, cases: 1, duration: null },
      { from: 'B', to: 'B', count: 1, cases: 1, duration: { n: 1, mean: 1200, sd: null } },
    ])
  })

  it('is, over some of the cases, the graph that counting by hand gives', () => {
    fc.assert(
      fc.property(anyLog, fc.array(fc.boolean(), { minLength: 12, maxLength: 12 }), (log, taken) => {
        const cases = log.caseIds.map((_, c) => c).filter((c) => taken[c])
        const edges = new Map<string, { count: number; cases: Set<number>; seconds: number[] }>()
        const nodes = new Map<string, { events: number; cases: Set<number>; starts: number; ends: number }>()
        for (const c of cases) {
          const { events } = caseView(log, c)
          events.forEach(({ activity, time }, i) => {
            const node = nodes.get(activity) ?? { events: 0, cases: new Set<number>(), starts: 0, ends: 0 }
            nodes.set(activity, node)
            node.events++
            node.cases.add(c)
            if (i === 0) node.starts++
            if (i === events.length - 1) node.ends++
            const before = events[i - 1]
            if (before === undefined) return
            const key = `${before.activity}>${activity}`
            const edge = edges.get(key) ?? { count: 0, cases: new Set<number>(), seconds: [] }
            edges.set(key, edge)
            edge.count++
            edge.cases.add(c)
            if (time !== null && before.time !== null) edge.seconds.push((time - before.time) / 1000)
          })
        }
        const graph = followsGraph({ log, cases: Int32Array.from(cases) })
        expect(Object.fromEntries(graph.nodes.map(({ activity, ...rest }) => [activity, rest]))).toEqual(
          Object.fromEntries([...nodes].map(([key, node]) => [key, { ...node, cases: node.cases.size }])),
        )
        expect(graph.edges.length).toBe(edges.size)
        for (const { from, to, count, cases: inCases, duration } of graph.edges) {
          const own = edges.get(`${from}>${to}`)
          expect([count, inCases]).toEqual([own?.count, own?.cases.size])
          expect(duration).toEqual(spreadOf(Float64Array.from(own?.seconds ?? [])))
        }
        const counts = graph.edges.map(({ count }) => count)
        expect(counts).toEqual([...counts].sort((a, b) => b - a))
      }),
    )
  })
})
