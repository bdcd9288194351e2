import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { twoTails, zOfTails } from './normal.ts'
import { falseDiscoveryRates, twoShares, twoValues } from './two-samples.ts'

const z = zOfTails(0.05)
const values = (...numbers: readonly number[]): Float64Array => Float64Array.from(numbers).sort()

describe('the normal distribution', () => {
  it.each([
    [0.5, 0.6170750774519738],
    [1.96, 0.04999579029644087],
    [3, 0.0026997960632601866],
    [6, 1.973175290075389e-9],
    [10, 1.523970604832094e-23],
  ])('has beyond ±%d what SciPy says', (at, tails) => {
    expect(twoTails(at) / tails).toBeCloseTo(1, 6)
    expect(twoTails(-at)).toBe(twoTails(at))
  })
  it('gives back the z of its tails', () => {
    expect(zOfTails(0.05)).toBeCloseTo(1.9599639845, 5)
    expect(zOfTails(0.001)).toBeCloseTo(3.2905267315, 5)
  })
})

describe('two shares', () => {
  it('56 of 70 and 48 of 80 differ as Newcombe’s example of 1998 has it', () => {
    const { effect, low, high, p } = twoShares(48, 80, 56, 70, z)
    expect(effect).toBeCloseTo(0.2, 12)
    expect([low, high].map((bound) => bound.toFixed(4))).toEqual(['0.0524', '0.3339'])
    expect(p).toBeCloseTo(0.00804508, 7)
  })
  it('of 0 and 0 are no difference, and of none and all of three cases no sure one at 99.9 %', () => {
    expect(twoShares(0, 50, 0, 60, z)).toMatchObject({ effect: 0, p: 1 })
    expect(twoShares(0, 3, 3, 3, zOfTails(0.001)).low).toBeLessThan(0)
  })
})

describe('two samples', () => {
  const [a, b] = [values(1, 2, 2, 3, 5, 8, 8), values(2, 4, 6, 8, 8, 9, 12, 15)]
  it('are tested as SciPy’s Mann–Whitney test does, with ties', () => {
    const { effect, p } = twoValues(a, b, z)
    expect(effect).toBeCloseTo(0.5714285714, 9)
    expect(p).toBeCloseTo(0.06927409, 7)
  })
  it('that do not overlap are no sure difference where they are three and three', () => {
    const few = twoValues(values(1, 2, 3), values(4, 5, 6), zOfTails(0.01))
    expect(few).toMatchObject({ effect: 1 })
    expect(few.low).toBeLessThan(0)
    expect(
      twoValues(values(...Array(60).keys()), values(...Array.from(Array(60).keys(), (k) => k + 100)), z).low,
    ).toBeGreaterThan(0.8)
  })
  it('that are all equal do not differ', () => {
    expect(twoValues(values(7, 7, 7), values(7, 7), z)).toMatchObject({ effect: 0, p: 1 })
  })
  it('change sign and keep their certainty when the sides change', () => {
    const sample = fc.array(fc.integer({ min: 0, max: 9 }), { minLength: 2, maxLength: 30 })
    fc.assert(
      fc.property(sample, sample, (x, y) => {
        const one = twoValues(values(...x), values(...y), z)
        const other = twoValues(values(...y), values(...x), z)
        expect(other.effect).toBeCloseTo(-one.effect, 9)
        expect(other.p).toBeCloseTo(one.p, 9)
        expect(other.low).toBeCloseTo(-one.high, 6)
        expect(one.low).toBeLessThanOrEqual(one.effect + 1e-9)
        expect(one.high).toBeGreaterThanOrEqual(one.effect - 1e-9)
      }),
    )
  })
  it('of zeros and ones have the effect of the two shares', () => {
    const bits = fc.array(fc.constantFrom(0, 1), { minLength: 1, maxLength: 40 })
    const ones = (list: readonly number[]) => list.reduce((sum, bit) => sum + bit, 0)
    fc.assert(
      fc.property(bits, bits, (x, y) => {
        const shares = twoShares(ones(x), x.length, ones(y), y.length, z)
        expect(twoValues(values(...x), values(...y), z).effect).toBeCloseTo(shares.effect, 9)
      }),
    )
  })
  it('of one source are held apart in about one of twenty draws, not oftener', () => {
    // a linear congruential generator: the same draws on every run
    let seed = 12345
    const draw = (): number => {
      seed = (Math.imul(seed, 1664525) + 1013904223) >>> 0
      return Math.floor((seed / 2 ** 32) * 40)
    }
    let apart = 0
    for (let round = 0; round < 2000; round++) {
      const { low, high } = twoValues(
        values(...Array.from({ length: 25 }, draw)),
        values(...Array.from({ length: 40 }, draw)),
        z,
      )
      if (low > 0 || high < 0) apart++
    }
    expect(apart).toBeGreaterThan(40)
    expect(apart).toBeLessThan(130)
  })
})

describe('p corrected for many comparisons', () => {
  it('is as Benjamini and Hochberg have it', () => {
    const q = falseDiscoveryRates([0.01, 0.04, 0.03, 0.5])
    expect(q.map((rate) => rate.toFixed(4))).toEqual(['0.0400', '0.0533', '0.0533', '0.5000'])
    expect(falseDiscoveryRates([])).toEqual([])
  })
})
