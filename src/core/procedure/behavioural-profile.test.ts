import { describe, expect, it } from 'vitest'
import { type BehaviouralProfile, behaviouralProfile } from './behavioural-profile.ts'
import { randomNet, seeded } from './fixtures/random-net.ts'
import type { Net } from './net.ts'

function profile(net: Net, maxMarkings?: number): BehaviouralProfile {
  const found = behaviouralProfile(net, maxMarkings)
  if ('code' in found) throw new Error(found.says.en)
  return found
}

const net = (steps: readonly (readonly [string | null, readonly number[], readonly number[]])[]): Net => ({
  places: Array.from({ length: 12 }, (_, id) => ({ id: `p${id}` })),
  transitions: steps.map(([label, inputs, outputs], index) => ({ id: `t${index}`, label, inputs, outputs })),
  initial: [0],
  final: [1],
})

const everyPair = ({ activities, relation }: BehaviouralProfile): string[] =>
  activities.flatMap((a) => activities.map((b) => `${a} ${relation(a, b)} ${b}`))

describe('the order relations of a net', () => {
  const shape = net([
    ['A', [0], [2, 3]],
    ['B', [2], [4]],
    ['C', [3], [5]],
    [null, [4, 5], [6]],
    ['D', [6], [7]],
    ['E', [6], [7]],
    ['F', [7], [8]],
    ['G', [8], [7]],
    ['H', [8], [1]],
  ])
  it.each([
    ['A', 'before', 'D'],
    ['H', 'after', 'C'],
    ['B', 'either-order', 'C'],
    ['D', 'exclusive', 'E'],
    ['F', 'either-order', 'G'],
    ['F', 'either-order', 'F'],
    ['A', 'exclusive', 'A'],
  ] as const)('say that %s stands %s %s', (a, said, b) => {
    expect(profile(shape).relation(a, b)).toBe(said)
    expect(profile(shape, 0).relation(a, b)).toBe(said)
  })
  it('are the same by the markings and by the arcs, whatever the blocks of a net', () => {
    let pairs = 0
    for (let seed = 1; seed <= 150; seed += 1) {
      const drawn = randomNet(seeded(seed * 3), { faults: 0, silent: seed % 2 === 0 })
      const listed = everyPair(profile(drawn, 50_000))
      expect(everyPair(profile(drawn, 0))).toEqual(listed)
      pairs += listed.length
    }
    expect(pairs).toBeGreaterThan(2000)
  })
  it('are refused for a net of too many states whose choices are not free', () => {
    const odd = net([
      ['A', [0], [2, 3]],
      ['B', [2], [4]],
      ['C', [2, 3], [4, 3]],
      ['D', [3, 4], [1]],
    ])
    expect(behaviouralProfile(odd, 2)).toMatchObject({ code: 'procedure.too-wide-to-compare' })
    expect(profile(odd).relation('B', 'C')).toBe('exclusive')
  })
})
