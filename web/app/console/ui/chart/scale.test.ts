import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { evenly, heatOf, ticksTo } from './scale.ts'

describe('the scale of a chart', () => {
  it('begins at zero, ends at or above the greatest value, and goes in round steps', () => {
    expect(ticksTo(142, 4)).toEqual([0, 50, 100, 150])
    expect(ticksTo(3, 4)).toEqual([0, 1, 2, 3])
    fc.assert(
      fc.property(fc.integer({ min: 1, max: 10_000_000 }), (most) => {
        const ticks = ticksTo(most, 4)
        expect(ticks[0]).toBe(0)
        expect(ticks.at(-1)).toBeGreaterThanOrEqual(most)
        expect(ticks.at(-2)).toBeLessThan(most)
        expect(ticks.length).toBeLessThanOrEqual(6)
      }),
    )
  })
  it('has an upper end even where there is nothing', () => {
    expect(ticksTo(0, 4)).toEqual([0, 1])
  })
  it('names the first and the last day however few names there is room for', () => {
    fc.assert(
      fc.property(fc.integer({ min: 1, max: 4000 }), fc.integer({ min: 2, max: 12 }), (length, count) => {
        const places = evenly(length, count)
        expect(places[0]).toBe(0)
        expect(places.at(-1)).toBe(length - 1)
        expect(places.length).toBeLessThanOrEqual(Math.max(count, 1))
      }),
    )
  })
  it('shows heat for whatever happened once, and none where nothing did', () => {
    expect(heatOf(1, 1_000_000)).toBe(1)
    expect(heatOf(0, 10)).toBe(0)
    expect(heatOf(10, 10)).toBe(5)
  })
})
