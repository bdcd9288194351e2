import { describe, expect, it } from 'vitest'
import { Aligner } from './alignment.ts'
import { randomNet, randomTrace, seeded } from './fixtures/random-net.ts'
import type { Net } from './net.ts'

/**
 * The least cost once more, without bound or memory: cheapest first over texts of marking and position. A log move costs
 * `more` than 10000 by a little, so that of equal costs the one with the fewest counts.
 */
function cheapest(
  net: Net,
  trace: readonly string[],
  unfinished: boolean,
  limit: number,
  more = 0,
): number | 'none' | 'too far' {
  const start = net.places.map((_, place) => Number(net.initial.includes(place)))
  const end = net.places.map((_, place) => Number(net.final.includes(place))).join()
  const best = new Map<string, number>()
  const open: { cost: number; tokens: number[]; at: number }[] = [{ cost: 0, tokens: start, at: 0 }]
  while (open.length > 0) {
    let lowest = 0
    open.forEach(({ cost }, index) => {
      if (cost < (open[lowest]?.cost as number)) lowest = index
    })
    const [state] = open.splice(lowest, 1) as [{ cost: number; tokens: number[]; at: number }]
    const key = `${state.tokens.join()} ${state.at}`
    if (best.has(key)) continue
    best.set(key, state.cost)
    if (best.size > limit) return 'too far'
    if (state.at === trace.length && (unfinished || state.tokens.join() === end)) return state.cost
    if (state.at < trace.length) open.push({ ...state, cost: state.cost + 10_000 + more, at: state.at + 1 })
    for (const { label, inputs, outputs } of net.transitions) {
      if (!inputs.every((place) => (state.tokens[place] as number) > 0)) continue
      const tokens = state.tokens.map(
        (held, place) => held - Number(inputs.includes(place)) + Number(outputs.includes(place)),
      )
      open.push({ cost: state.cost + (label === null ? 1 : 10_000), tokens, at: state.at })
      if (label !== null && label === trace[state.at]) open.push({ cost: state.cost, tokens, at: state.at + 1 })
    }
  }
  return 'none'
}

/** Walks an alignment: its events in their order, its steps a run of the net, its price the stated one. */
function walk(net: Net, trace: readonly string[], aligner: Aligner, unfinished: boolean): number {
  const alignment = aligner.align(trace, { unfinished })
  if (alignment.kind !== 'aligned') throw new Error(alignment.kind)
  const tokens = net.places.map((_, place) => Number(net.initial.includes(place)))
  let [price, event] = [0, 0]
  for (const move of alignment.moves) {
    if ('event' in move) {
      expect(move.event).toBe(event)
      event += 1
    }
    if ('transition' in move) {
      const step = net.transitions[move.transition] as Net['transitions'][number]
      expect(step.inputs.every((place) => (tokens[place] as number) > 0)).toBe(true)
      for (const place of step.inputs) tokens[place] = (tokens[place] as number) - 1
      for (const place of step.outputs) tokens[place] = (tokens[place] as number) + 1
      if (move.kind === 'synchronous') expect(step.label).toBe(trace[move.event])
      else expect(step.label === null).toBe(move.kind === 'silent')
    }
    price += { synchronous: 0, silent: 1, log: 10_000, model: 10_000 }[move.kind]
  }
  expect(event).toBe(trace.length)
  if (!unfinished) expect(tokens).toEqual(net.places.map((_, place) => Number(net.final.includes(place))))
  expect(price).toBe(alignment.cost)
  return alignment.cost
}

describe('an optimal alignment', () => {
  it('costs as little as an exhaustive search finds, and is a run of the net, for ended cases and cases under way', () => {
    let [compared, unending] = [0, 0]
    for (let seed = 1; seed <= 250; seed += 1) {
      const draw = seeded(seed * 13)
      const net = randomNet(draw, { faults: (seed >> 2) % 3, silent: seed % 2 === 0 })
      const guides = [{}, { maxMarkings: 0 }, { maxMarkings: 0, maxUnguided: 0 }]
      const aligner = new Aligner(net, { ...guides[seed % 3], maxStates: 20_000 })
      for (const unfinished of [false, true]) {
        const trace = randomTrace(net, draw)
        const expected = cheapest(net, trace, unfinished, 1500)
        if (expected === 'too far') continue
        if (expected === 'none') {
          expect([seed, aligner.align(trace).kind]).toEqual([seed, 'no-end'])
          unending += 1
        } else {
          expect([seed, unfinished, walk(net, trace, aligner, unfinished)]).toEqual([seed, unfinished, expected])
          compared += 1
        }
      }
    }
    expect(compared).toBeGreaterThan(300)
    expect(unending).toBeGreaterThan(5)
  })

  it('of equally cheap ones has the most synchronous moves', () => {
    let [compared, withLogMoves] = [0, 0]
    for (let seed = 1; seed <= 120; seed += 1) {
      const draw = seeded(seed * 29)
      const net = randomNet(draw, { faults: 0, silent: seed % 2 === 0 })
      const trace = randomTrace(net, draw)
      const more = 1 / 1024
      const expected = cheapest(net, trace, false, 1200, more)
      if (typeof expected === 'string') continue
      const alignment = new Aligner(net, seed % 3 === 0 ? { maxMarkings: 0 } : {}).align(trace)
      if (alignment.kind !== 'aligned') throw new Error(alignment.kind)
      const logMoves = alignment.moves.filter(({ kind }) => kind === 'log').length
      expect([seed, alignment.cost + logMoves * more]).toEqual([seed, expected])
      compared += 1
      if (logMoves > 0) withLogMoves += 1
    }
    expect(compared).toBeGreaterThan(60)
    expect(withLogMoves).toBeGreaterThan(20)
  })

  it('is the same whatever traces were aligned before it', () => {
    const draw = seeded(4)
    const net = randomNet(draw, { faults: 0, silent: true })
    const traces = Array.from({ length: 30 }, () => randomTrace(net, draw))
    const forward = new Aligner(net)
    const backward = new Aligner(net)
    const first = traces.map((trace) => forward.align(trace))
    const last = traces
      .toReversed()
      .map((trace) => backward.align(trace))
      .toReversed()
    expect(last).toEqual(first)
  })

  it('says that it was left unsolved when its limit is met, and when time has run out', () => {
    const net = randomNet(seeded(21), { faults: 0, silent: true })
    const trace = Array.from({ length: 400 }, (_, at) => net.transitions[at % net.transitions.length]?.label ?? '收件')
    expect(new Aligner(net, { maxStates: 50 }).align(trace).kind).toBe('unsolved')
    expect(new Aligner(net, { expired: () => true, maxMarkings: 0 }).align(trace).kind).toBe('unsolved')
  })

  it('proves that an end is out of reach where every step only adds to what must be used up', () => {
    const net: Net = {
      places: [{ id: 'start' }, { id: 'end' }],
      transitions: [
        { id: 'a', label: '收件', inputs: [0], outputs: [0, 1] },
        { id: 'b', label: '归档', inputs: [0], outputs: [1] },
      ],
      initial: [0],
      final: [],
    }
    const aligner = new Aligner(net)
    expect(aligner.endReachable).toBe(false)
    expect(aligner.align(['收件'])).toEqual({ kind: 'no-end' })
  })

  it('counts the first of two equal events as done and the second as too many', () => {
    const net: Net = {
      places: [{ id: 'start' }, { id: 'end' }],
      transitions: [{ id: 'a', label: '归档', inputs: [0], outputs: [1] }],
      initial: [0],
      final: [1],
    }
    expect(new Aligner(net).align(['归档', '归档'])).toEqual({
      kind: 'aligned',
      cost: 10_000,
      moves: [
        { kind: 'synchronous', event: 0, transition: 0 },
        { kind: 'log', event: 1 },
      ],
    })
  })
})
