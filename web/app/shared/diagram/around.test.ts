import { describe, expect, it } from 'vitest'
import { around } from './around.ts'
import type { FlowDiagram } from './flow.tsx'

const node = (id: string, kind = 'task') => ({ id, kind, label: id, x: 0, y: 0, w: 1, h: 1 })
const edge = (from: string, to: string) => ({ id: `${from}-${to}`, from, to, points: [], label: '' })
const diagram: FlowDiagram = {
  nodes: [
    node('apply'),
    node('accept'),
    node('choice', 'exclusiveGateway'),
    node('hear'),
    node('review'),
    node('decide'),
  ],
  edges: [
    edge('apply', 'accept'),
    edge('accept', 'choice'),
    edge('choice', 'hear'),
    edge('choice', 'review'),
    edge('review', 'decide'),
  ],
}

describe('what stands around a step that deviates', () => {
  it('is the steps before and after it, through the gateways between', () => {
    expect([...around(diagram, new Set(['accept']))].sort()).toEqual(['accept', 'apply', 'choice', 'hear', 'review'])
    expect([...around(diagram, new Set(['decide']))].sort()).toEqual(['decide', 'review'])
  })
  it('is nothing where nothing deviates', () => {
    expect(around(diagram, new Set()).size).toBe(0)
  })
})
