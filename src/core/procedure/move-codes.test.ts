import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import type { Move } from './deviation.ts'
import { decodeMoves, encodeMoves } from './move-codes.ts'
import type { Net } from './net.ts'

const net: Net = {
  places: [],
  transitions: ['受理', null, '决定', null].map((label, at) => ({ id: `t${at}`, label, inputs: [], outputs: [] })),
  initial: [],
  final: [],
}

const event = fc.nat(100_000)
const moves = fc.array(
  fc.oneof(
    fc.record({ kind: fc.constant('synchronous' as const), event, transition: fc.constantFrom(0, 2) }),
    fc.record({ kind: fc.constant('log' as const), event }),
    fc.record({ kind: fc.constant('model' as const), transition: fc.constantFrom(0, 2) }),
    fc.record({ kind: fc.constant('silent' as const), transition: fc.constantFrom(1, 3) }),
  ),
)

describe('moves that pass between threads', () => {
  it('are read back as they were written', () => {
    fc.assert(
      fc.property(moves, (some: Move[]) => {
        expect(decodeMoves(encodeMoves(some), net)).toEqual(some)
      }),
    )
  })
})
