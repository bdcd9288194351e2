import { describe, expect, it } from 'vitest'
import type { FlowDiagram } from './flow.tsx'
import { fold } from './fold.ts'

const node = (id: string, kind: string, x: number, y: number) => ({ id, kind, label: id, x, y, w: 100, h: 80 })
const edge = (from: string, to: string) => ({ id: `${from}-${to}`, from, to, points: [], label: 'x' })
const diagram: FlowDiagram = {
  nodes: [
    node('apply', 'task', 0, 0),
    node('choice', 'exclusiveGateway', 300, 0),
    node('refuse', 'task', 600, 0),
    node('accept', 'task', 600, 900),
    node('decide', 'task', 2000, 900),
  ],
  edges: [edge('apply', 'choice'), edge('choice', 'refuse'), edge('choice', 'accept'), edge('accept', 'decide')],
}

describe('the folded drawing of a case', () => {
  const folded = fold(diagram, new Set(['apply', 'choice', 'accept', 'decide']))
  it('keeps every step that is done or missing, and leaves out what the case never came to', () => {
    expect(folded.nodes.map(({ id }) => id)).toEqual(['apply', 'accept', 'decide'])
  })
  it('joins the ways through a gateway that had one way on', () => {
    expect(folded.edges.map(({ from, to }) => `${from} ${to}`)).toEqual(['accept decide', 'apply accept'])
  })
  it('stands close together, in the order of the whole', () => {
    const [apply, accept, decide] = folded.nodes
    expect(accept?.x).toBeGreaterThan((apply?.x ?? 0) + 100)
    expect(decide?.x).toBeLessThan(400)
    expect(accept?.y).toBe(decide?.y)
    expect(accept?.y).toBeGreaterThan(apply?.y ?? 0)
  })
  it('keeps a gateway where two kept ways part', () => {
    expect(fold(diagram, new Set(diagram.nodes.map(({ id }) => id))).nodes).toHaveLength(5)
  })
})
