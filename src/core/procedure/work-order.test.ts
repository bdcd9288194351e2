import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { workOrder } from './work-order.ts'

const variants = fc.array(
  fc.record({ trace: fc.array(fc.constantFrom('受理', '审查', '决定'), { maxLength: 6 }), unfinished: fc.boolean() }),
  { maxLength: 30 },
)
type Few = readonly { readonly trace: readonly string[]; readonly unfinished: boolean }[]

const inOrder = (some: Few): Few => Array.from(workOrder(some), (place) => some[place] as Few[number])

const shared = (a: readonly string[], b: readonly string[]): number => {
  const at = a.toReversed().findIndex((activity, index) => activity !== b.at(-1 - index))
  return at < 0 ? a.length : at
}

describe('the order in which variants are judged', () => {
  it('has each once, and does not depend on the order in which they came', () => {
    fc.assert(
      fc.property(variants, (some) => {
        expect([...workOrder(some)].sort((a, b) => a - b)).toEqual(some.map((_, place) => place))
        expect(inOrder([...some].reverse())).toEqual(inOrder(some))
      }),
    )
  })
  it('puts before each trace, of all that come earlier, one that shares the longest ending with it', () => {
    fc.assert(
      fc.property(variants, (some) => {
        const ended = inOrder(some).filter(({ unfinished }) => !unfinished)
        ended.forEach(({ trace }, at) => {
          const best = Math.max(0, ...ended.slice(0, at).map((earlier) => shared(trace, earlier.trace)))
          expect(shared(trace, ended[at - 1]?.trace ?? [])).toBe(best)
        })
      }),
    )
  })
})
