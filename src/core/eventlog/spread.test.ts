import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { grouped, quantile, spreadOf, spreadsOf } from './spread.ts'

describe('a spread', () => {
  it('of 1, 2, 3, 4, 10 is what a hand calculates', () => {
    expect(spreadOf(Float64Array.of(10, 3, 1, 4, 2))).toEqual({
      n: 5,
      mean: 4,
      median: 3,
      p90: expect.closeTo(7.6, 12),
      min: 1,
      max: 10,
      sd: Math.sqrt(50 / 4),
      sum: 20,
    })
  })
  it('of a single value has no standard deviation, and of no value there is none', () => {
    expect(spreadOf(Float64Array.of(7))).toMatchObject({ n: 1, median: 7, p90: 7, sd: null })
    expect(spreadOf(new Float64Array())).toBeNull()
  })
  it('keeps small deviations of large values', () => {
    const values = Float64Array.from({ length: 1000 }, (_, i) => 1.7e12 + (i % 2))
    expect(spreadOf(values)?.sd).toBeCloseTo(Math.sqrt(250 / 999), 6)
  })
  it('has its quantiles between the values beside them', () => {
    fc.assert(
      fc.property(
        fc.array(fc.double({ min: -1e9, max: 1e9, noNaN: true }), { minLength: 1 }),
        fc.double({ min: 0, max: 1, noNaN: true }),
        (numbers, q) => {
          const sorted = Float64Array.from(numbers).sort()
          const at = (sorted.length - 1) * q
          const value = quantile(sorted, q)
          expect(value).toBeGreaterThanOrEqual((sorted[Math.floor(at)] as number) - 1e-6)
          expect(value).toBeLessThanOrEqual((sorted[Math.ceil(at)] as number) + 1e-6)
        },
      ),
    )
  })
})

describe('values by group', () => {
  it('stand in their groups, without those of no group and those that are no number', () => {
    const groups = grouped(Int32Array.of(1, 0, -1, 1, 1), Float64Array.of(5, 6, 7, Number.NaN, 3), 5, 3)
    expect([...groups.start]).toEqual([0, 1, 3, 3])
    expect([...groups.values]).toEqual([6, 5, 3])
    expect(spreadsOf(groups).map((spread) => spread?.mean ?? null)).toEqual([6, 4, null])
  })
})
