import { describe, expect, it } from 'vitest'
import type { FlowDiagram } from './flow.tsx'
import { type PathMove, paintOf } from './paint.ts'

const node = (id: string, kind: string) => ({ id, kind, label: id, x: 0, y: 0, w: 10, h: 10 })
const edge = (from: string, to: string) => ({ id: `${from}-${to}`, from, to, points: [], label: '' })
/** apply → ◇ → review → ◇ → decide → end, and back from the second gateway to the first. */
const diagram: FlowDiagram = {
  nodes: [
    node('start', 'startEvent'),
    node('apply', 'task'),
    node('g1', 'exclusiveGateway'),
    node('review', 'task'),
    node('g2', 'exclusiveGateway'),
    node('decide', 'task'),
    node('end', 'endEvent'),
  ],
  edges: [
    edge('start', 'apply'),
    edge('apply', 'g1'),
    edge('g1', 'review'),
    edge('review', 'g2'),
    edge('g2', 'g1'),
    edge('g2', 'decide'),
    edge('decide', 'end'),
  ],
}
const done = (element: string, event: number): PathMove => ({ element, kind: 'synchronous', event })
const missing = (element: string): PathMove => ({ element, kind: 'model', event: null })
const note = (event: number) => ({ activity: event === 9 ? 'review' : '', note: `day ${event}` })

describe('the paint of a case on its procedure', () => {
  it('marks the whole way of a case that kept to it, through its gateways to the end', () => {
    const paint = paintOf(diagram, [done('apply', 0), done('review', 1), done('decide', 2)], [], note, false)
    expect(Object.values(paint.nodes).map(({ tone }) => tone)).toEqual(Array(7).fill('done'))
    expect(paint.nodes.review?.note).toBe('day 1')
    expect([...paint.walked].sort()).toEqual([
      'apply-g1',
      'decide-end',
      'g1-review',
      'g2-decide',
      'review-g2',
      'start-apply',
    ])
  })
  it('shows a step that is missing, and draws no way that nobody went', () => {
    const skipped = { kind: 'skipped', step: 'review', element: 'review' } as const
    const paint = paintOf(diagram, [done('apply', 0), missing('review'), done('decide', 1)], [skipped], note, false)
    expect(paint.nodes.review?.tone).toBe('missing')
    expect(paint.walked.has('g1-review')).toBe(false)
    expect(paint.walked.has('g2-decide')).toBe(false)
  })
  it('shows where an open case stands now, and nothing beyond', () => {
    const paint = paintOf(diagram, [done('apply', 0), done('review', 1)], [], note, true)
    expect(paint.nodes.review?.tone).toBe('now')
    expect(paint.nodes.decide).toBeUndefined()
    expect(paint.nodes.end).toBeUndefined()
  })
  it('puts a step that came too late where the procedure has it, with its day', () => {
    const late: PathMove = { element: null, kind: 'log', event: 9 }
    const paint = paintOf(diagram, [done('apply', 0), missing('review'), done('decide', 1), late], [], note, false)
    expect(paint.nodes.review).toEqual({ tone: 'yellow', note: 'day 9' })
  })
  it('draws both ways of steps that are done side by side, in whatever order they were logged', () => {
    const parallel: FlowDiagram = {
      nodes: [
        node('a', 'task'),
        node('p', 'parallelGateway'),
        node('b', 'task'),
        node('c', 'task'),
        node('q', 'parallelGateway'),
        node('d', 'task'),
      ],
      edges: [edge('a', 'p'), edge('p', 'b'), edge('p', 'c'), edge('b', 'q'), edge('c', 'q'), edge('q', 'd')],
    }
    for (const [first, second] of [
      ['b', 'c'],
      ['c', 'b'],
    ] as const) {
      const path = [done('a', 0), done(first, 1), done(second, 2), done('d', 3)]
      expect(paintOf(parallel, path, [], note, false).walked.size).toBe(6)
    }
  })
  it('keeps a deviation in sight on a step that was also done in order', () => {
    const order = { kind: 'order', step: 'review', element: 'review' } as const
    const paint = paintOf(diagram, [done('apply', 0), done('review', 1), done('decide', 2)], [order], note, false)
    expect(paint.nodes.review).toEqual({ tone: 'red', note: 'day 1' })
  })
})
