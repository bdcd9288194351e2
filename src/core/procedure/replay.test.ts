import { describe, expect, it } from 'vitest'
import { Aligner } from './alignment.ts'
import { randomNet, randomTrace, seeded } from './fixtures/random-net.ts'
import type { Net } from './net.ts'
import { Replayer } from './replay.ts'

/** Token replay once more, as PM4Py's documentation tells it, on bags of place names. */
function reference(net: Net, trace: readonly string[]): object {
  const bag: string[] = []
  const name = (place: number): string => net.places[place]?.id as string
  let [missing, consumed, produced] = [0, 0, 0]
  const take = (place: string): void => {
    const at = bag.indexOf(place)
    if (at < 0) missing += 1
    else bag.splice(at, 1)
    consumed += 1
  }
  const put = (place: string): void => {
    bag.push(place)
    produced += 1
  }
  for (const place of net.initial) put(name(place))
  for (const activity of trace) {
    const step = net.transitions.find(({ label }) => label === activity)
    for (const place of step?.inputs ?? []) take(name(place))
    for (const place of step?.outputs ?? []) put(name(place))
  }
  for (const place of net.final) take(name(place))
  return { missing, remaining: bag.length, consumed, produced }
}

describe('token replay', () => {
  it('counts as a separate reference does on 200 nets without silent steps', () => {
    let deviating = 0
    for (let seed = 1; seed <= 200; seed += 1) {
      const draw = seeded(seed * 7)
      const net = randomNet(draw, { faults: seed % 3, silent: false })
      for (let trace = 0; trace < 5; trace += 1) {
        const events = randomTrace(net, draw)
        const counts = new Replayer(net).replay(events)
        expect([seed, counts]).toEqual([seed, reference(net, events)])
        if (counts.missing > 0) deviating += 1
      }
    }
    expect(deviating).toBeGreaterThan(100)
  })

  it('finds nothing missing and nothing over, on nets with silent steps, exactly for cases that fit', () => {
    let [fitting, deviating] = [0, 0]
    for (let seed = 1; seed <= 120; seed += 1) {
      const draw = seeded(seed * 11)
      const net = randomNet(draw, { faults: 0, silent: true })
      const aligner = new Aligner(net)
      for (let trace = 0; trace < 4; trace += 1) {
        const events = randomTrace(net, draw).filter((activity) => activity !== '收取费用')
        const alignment = aligner.align(events)
        if (alignment.kind !== 'aligned') throw new Error(`seed ${seed} has an end`)
        const { missing, remaining } = new Replayer(net).replay(events, alignment.moves)
        const fits = alignment.cost < 10_000
        if (fits) {
          expect([seed, missing + remaining]).toEqual([seed, 0])
          fitting += 1
        } else deviating += 1
      }
    }
    expect(Math.min(fitting, deviating)).toBeGreaterThan(50)
  })

  it('fires, of two steps with one name, the one that lacks fewer tokens', () => {
    const net: Net = {
      places: [{ id: 'start' }, { id: 'other' }, { id: 'end' }],
      transitions: [
        { id: 'a', label: '审核', inputs: [1], outputs: [2] },
        { id: 'b', label: '审核', inputs: [0], outputs: [2] },
      ],
      initial: [0],
      final: [2],
    }
    expect(new Replayer(net).replay(['审核'])).toEqual({ missing: 0, remaining: 0, consumed: 2, produced: 2 })
  })
})
