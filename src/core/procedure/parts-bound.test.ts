import { expect, it } from 'vitest'
import { Aligner } from './alignment.ts'
import { randomNet, randomTrace, seeded } from './fixtures/random-net.ts'
import { MarkingSpace } from './marking-space.ts'
import type { Net } from './net.ts'
import { PartsBound } from './parts-bound.ts'
import { stateMachines } from './state-machines.ts'

const costs = { log: 10_000, model: 10_000, silent: 1 }

/** The bound of a net, asked about a whole trace from the start. */
function boundOf(net: Net, trace: readonly string[], unfinished: boolean): number {
  const labels = [...new Set(net.transitions.flatMap(({ label }) => (label === null ? [] : [label])))]
  const labelOf = Int32Array.from(net.transitions, ({ label }) => (label === null ? -1 : labels.indexOf(label)))
  const codes = trace.map((activity) => labels.indexOf(activity)).filter((code) => code >= 0)
  const space = new MarkingSpace(net)
  const bound = new PartsBound(net, labelOf, labels.length).of(space, Int32Array.from(codes), costs, unfinished)
  return bound(space.initial, 0) + 10_000 * (trace.length - codes.length)
}

it('A state machine holds one token in every marking, and the machines of a sound net hold all its places', () => {
  for (let seed = 1; seed <= 150; seed += 1) {
    const faults = seed % 3
    const net = randomNet(seeded(seed * 31), { faults, silent: true })
    const machines = stateMachines(net)
    if (faults === 0) expect(new Set(machines.flatMap((places) => [...places])).size).toBe(net.places.length)
    const space = new MarkingSpace(net)
    for (let marking = 0; marking < Math.min(space.count, 300); marking += 1) {
      if (marking !== space.final) space.stepsOf(marking)
      for (const places of machines) {
        expect([seed, places.reduce((sum, place) => sum + space.tokens(marking, place), 0)]).toEqual([seed, 1])
      }
    }
  }
})

it('The bound is never more than an optimal alignment costs, and often all of it, on 300 random nets', () => {
  let [whole, less] = [0, 0]
  for (let seed = 1; seed <= 300; seed += 1) {
    const draw = seeded(seed * 37)
    const net = randomNet(draw, { faults: seed % 3, silent: seed % 2 === 0 })
    // Judged through the listed markings or the equation, not by the bound under test.
    const aligner = new Aligner(net, { maxStates: 20_000, maxUnguided: 0 })
    const trace = randomTrace(net, draw)
    const alignment = aligner.align(trace)
    if (alignment.kind !== 'aligned') continue
    const bound = boundOf(net, trace, false)
    expect([seed, bound <= alignment.cost]).toEqual([seed, true])
    expect([seed, boundOf(net, trace, true) <= bound]).toEqual([seed, true])
    if (bound === alignment.cost) whole += 1
    else less += 1
  }
  expect(whole).toBeGreaterThan(100)
  expect(less).toBeGreaterThan(10)
})

it('A net too wide to list is aligned by its parts as by its markings', () => {
  for (let seed = 1; seed <= 200; seed += 1) {
    const draw = seeded(seed * 41)
    const net = randomNet(draw, { faults: seed % 4 === 0 ? 1 : 0, silent: true })
    const [listed, parts] = [
      new Aligner(net, { maxStates: 20_000 }),
      new Aligner(net, { maxMarkings: 0, maxStates: 20_000 }),
    ]
    const trace = randomTrace(net, draw)
    const [expected, found] = [listed.align(trace), parts.align(trace)]
    if (expected.kind !== 'aligned') continue
    expect([seed, found.kind === 'aligned' && found.cost]).toEqual([seed, expected.cost])
  }
})

it('A long case far from its procedure is aligned, however much it costs', () => {
  const net: Net = {
    places: [{ id: 'start' }, { id: 'end' }],
    transitions: [{ id: 'a', label: '归档', inputs: [0], outputs: [1] }],
    initial: [0],
    final: [1],
  }
  const trace = Array.from({ length: 3_000 }, () => '归档')
  for (const limits of [{}, { maxMarkings: 0 }]) {
    expect(new Aligner(net, limits).align(trace)).toMatchObject({ kind: 'aligned', cost: 29_990_000 })
  }
})
