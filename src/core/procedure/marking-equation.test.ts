import { expect, it } from 'vitest'
import { Aligner } from './alignment.ts'
import { randomNet, randomTrace, seeded } from './fixtures/random-net.ts'
import { MarkingEquation } from './marking-equation.ts'
import { MarkingSpace } from './marking-space.ts'
import type { Net } from './net.ts'
import { unreachable } from './state-graph.ts'

/** The equation of a net, asked about a whole trace from the start. */
function equationOf(net: Net) {
  const labels = [...new Set(net.transitions.flatMap(({ label }) => (label === null ? [] : [label])))]
  const labelOf = Int32Array.from(net.transitions, ({ label }) => (label === null ? -1 : labels.indexOf(label)))
  const equation = new MarkingEquation(net, labelOf, labels.length)
  const space = new MarkingSpace(net)
  const ask = (trace: readonly string[]): number | null => {
    const toCome = Int32Array.from(labels, (label) => trace.filter((activity) => activity === label).length)
    return equation.bound(space, space.initial, toCome)
  }
  return { ask, provesNoEnd: () => equation.provesNoEnd(space), labels }
}

it('The bound is never more than an optimal alignment costs, and often all of it, on 200 random nets', () => {
  let [whole, less, impossible] = [0, 0, 0]
  for (let seed = 1; seed <= 200; seed += 1) {
    const draw = seeded(seed * 23)
    const net = randomNet(draw, { faults: seed % 3, silent: seed % 2 === 0 })
    const { ask, labels } = equationOf(net)
    const aligner = new Aligner(net, { maxStates: 20_000 })
    for (let trial = 0; trial < 3; trial += 1) {
      const trace = randomTrace(net, draw).filter((activity) => labels.includes(activity))
      const bound = ask(trace)
      const alignment = aligner.align(trace)
      if (bound === unreachable) {
        expect([seed, alignment.kind]).toEqual([seed, 'no-end'])
        impossible += 1
      } else if (alignment.kind === 'aligned') {
        expect([seed, (bound as number) <= alignment.cost]).toEqual([seed, true])
        if (bound === alignment.cost) whole += 1
        else less += 1
      }
    }
  }
  expect(whole).toBeGreaterThan(200)
  expect(less).toBeGreaterThan(20)
  expect(impossible).toBeGreaterThan(5)
})

it('An end out of reach is proven by weights that no step lowers, though the net has no end of markings', () => {
  // Each 收件 puts two tokens that only 归档 takes, one at a time, and each 归档 starts another 收件.
  const net: Net = {
    places: ['start', 'one', 'two', 'end'].map((id) => ({ id })),
    transitions: [
      { id: 'a', label: '收件', inputs: [0], outputs: [1, 2] },
      { id: 'b', label: '归档', inputs: [1], outputs: [0, 3] },
    ],
    initial: [0],
    final: [3],
  }
  expect(equationOf(net).provesNoEnd()).toBe(true)
  expect(new Aligner(net).align(['收件', '归档'])).toEqual({ kind: 'no-end' })
  expect(equationOf({ ...net, final: [0, 2, 3] }).provesNoEnd()).toBe(false)
})
