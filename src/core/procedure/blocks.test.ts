import { describe, expect, it } from 'vitest'
import { foldsToOneStep } from './blocks.ts'
import { randomNet, seeded } from './fixtures/random-net.ts'
import type { Net } from './net.ts'
import { checkSoundness } from './soundness.ts'

describe('a net that folds into one step', () => {
  it('is every net of blocks', () => {
    for (let seed = 1; seed <= 200; seed += 1) {
      const net = randomNet(seeded(seed), { faults: 0, silent: seed % 2 === 0 })
      expect([seed, foldsToOneStep(net)]).toEqual([seed, true])
    }
  })
  it('is sound wherever its states can be listed, whatever was joined or cut in it', () => {
    let [folds, sound] = [0, 0]
    for (let seed = 1; seed <= 3000; seed += 1) {
      const net = randomNet(seeded(seed), { faults: 1 + (seed % 3), silent: seed % 2 === 0 })
      const judged = checkSoundness(net, { maxMarkings: 5000 })
      if (judged.kind === 'sound') sound += 1
      if (!foldsToOneStep(net)) continue
      folds += 1
      expect([seed, judged.kind]).toEqual([seed, 'sound'])
    }
    expect(folds).toBeGreaterThan(100)
    expect(sound).toBeGreaterThanOrEqual(folds)
  })
  it('is found sound where its states are too many to list', () => {
    const ways = 30
    const places = Array.from({ length: 2 + 2 * ways }, (_, id) => ({ id: `p${id}` }))
    const entries = Array.from({ length: ways }, (_, way) => 2 + 2 * way)
    const net: Net = {
      places,
      transitions: [
        { id: 'split', label: null, inputs: [0], outputs: entries },
        ...entries.map((entry) => ({ id: `s${entry}`, label: `步${entry}`, inputs: [entry], outputs: [entry + 1] })),
        { id: 'join', label: null, inputs: entries.map((entry) => entry + 1), outputs: [1] },
      ],
      initial: [0],
      final: [1],
    }
    expect(checkSoundness(net, { maxMarkings: 1000 }).kind).toBe('sound')
    const cut = { ...net, transitions: net.transitions.slice(0, -1) }
    expect(checkSoundness(cut, { maxMarkings: 1000 }).kind).not.toBe('sound')
  })
})
