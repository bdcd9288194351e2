import { describe, expect, it } from 'vitest'
import { cut, END, START } from './cut.ts'

const nodes = [
  { activity: '受理', events: 100, cases: 100, starts: 100, ends: 0 },
  { activity: '审查', events: 120, cases: 90, starts: 0, ends: 10 },
  { activity: '决定', events: 80, cases: 80, starts: 0, ends: 80 },
  { activity: '听证', events: 2, cases: 2, starts: 0, ends: 0 },
]
const edge = (from: string, to: string, count: number) => ({ from, to, count, cases: count })
const edges = [
  edge('受理', '审查', 98),
  edge('审查', '审查', 30),
  edge('审查', '决定', 78),
  edge('受理', '听证', 2),
  edge('听证', '决定', 2),
  edge('决定', '审查', 1),
]
const ways = (drawn: ReturnType<typeof cut>) => drawn.edges.map(({ from, to }) => `${from}→${to}`)

describe('the part of a graph that is drawn', () => {
  it('has the most frequent edges, beginnings and ends among them', () => {
    const drawn = cut(nodes, edges, { steps: 4, ways: 4 })
    expect(ways(drawn)).toEqual(expect.arrayContaining([`${START}→受理`, '受理→审查', `决定→${END}`, '审查→决定']))
    expect(ways(drawn)).not.toContain('决定→审查')
  })
  it('leaves no step hanging loose, however rare', () => {
    const drawn = cut(nodes, edges, { steps: 4, ways: 1 })
    expect(ways(drawn)).toEqual(expect.arrayContaining(['受理→听证', '听证→决定']))
    for (const { activity } of drawn.nodes) {
      expect(drawn.edges.some(({ to, from }) => to === activity && from !== activity)).toBe(true)
      expect(drawn.edges.some(({ to, from }) => from === activity && to !== activity)).toBe(true)
    }
  })
  it('has the most frequent steps only, and no edge of another', () => {
    const drawn = cut(nodes, edges, { steps: 2, ways: 100 })
    expect(drawn.nodes.map(({ activity }) => activity)).toEqual(['审查', '受理'])
    expect(ways(drawn)).toEqual([`${START}→受理`, '受理→审查', '审查→审查', `审查→${END}`])
  })
})
