import { describe, expect, it } from 'vitest'
import { Aligner } from './alignment.ts'
import { randomNet, randomTrace, seeded } from './fixtures/random-net.ts'
import type { Net } from './net.ts'
import { type CaseState, canEnd, enabledSteps, move, startOf } from './walk.ts'

/** 受理, then silently either 审查 or 核查, then the end. */
const choice: Net = {
  places: [{ id: 'start' }, { id: 'accepted' }, { id: 'left' }, { id: 'right' }, { id: 'end' }],
  transitions: [
    { id: 'accept', label: '受理', inputs: [0], outputs: [1] },
    { id: 'left', label: null, inputs: [1], outputs: [2] },
    { id: 'right', label: null, inputs: [1], outputs: [3] },
    { id: 'review', label: '审查', inputs: [2], outputs: [4] },
    { id: 'inspect', label: '核查', inputs: [3], outputs: [4] },
    { id: 'none', label: null, inputs: [3], outputs: [4] },
  ],
  initial: [0],
  final: [4],
}

const stateAfter = (...steps: string[]): CaseState => {
  let state = startOf(choice)
  for (const step of steps) {
    const next = move(choice, state, step)
    if ('kind' in next) throw new Error(next.says.en)
    state = next
  }
  return state
}

describe('a step of a case', () => {
  it('may happen when silent routing leads to it', () => {
    expect(enabledSteps(choice, startOf(choice))).toEqual(['受理'])
    expect(stateAfter('受理')).toEqual([[1]])
    expect(enabledSteps(choice, stateAfter('受理'))).toEqual(['审查', '核查'])
    expect(stateAfter('受理', '核查')).toEqual([[4]])
  })
  it('is refused with what may happen instead when it may not', () => {
    expect(move(choice, startOf(choice), '审查')).toMatchObject({
      code: 'procedure.not-now',
      says: { zh: '现在不能做“审查”；现在可以做：“受理”。' },
    })
  })
  it('is refused when the procedure does not know it, or the case has ended', () => {
    expect(move(choice, startOf(choice), '收费')).toMatchObject({ code: 'procedure.unknown-activity' })
    expect(move(choice, stateAfter('受理', '审查'), '受理')).toMatchObject({ code: 'procedure.ended' })
  })
  it('leaves open whether the case can end', () => {
    expect(
      [startOf(choice), stateAfter('受理'), stateAfter('受理', '审查')].map((state) => canEnd(choice, state)),
    ).toEqual([false, true, true])
  })
})

it('A case can be walked to its end exactly when its alignment has no deviation, on 150 random nets', () => {
  let [whole, broken] = [0, 0]
  for (let seed = 1; seed <= 150; seed += 1) {
    const draw = seeded(seed * 17)
    const net = randomNet(draw, { faults: 0, silent: true })
    const aligner = new Aligner(net)
    for (let trial = 0; trial < 4; trial += 1) {
      const trace = randomTrace(net, draw)
      let state: CaseState | null = startOf(net)
      for (const step of trace) {
        const next: ReturnType<typeof move> | null = state && move(net, state, step)
        state = next === null || 'kind' in next ? null : next
      }
      const walked = state !== null && canEnd(net, state) === true
      const alignment = aligner.align(trace)
      expect([seed, walked]).toEqual([seed, alignment.kind === 'aligned' && alignment.cost < 10_000])
      if (walked) whole += 1
      else broken += 1
    }
  }
  expect(Math.min(whole, broken)).toBeGreaterThan(50)
})
