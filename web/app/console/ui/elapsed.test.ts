import { describe, expect, it } from 'vitest'
import { elapsedParts } from './elapsed.client.ts'

describe('a stretch of time in words', () => {
  it('is told in the unit that a person would use, with a decimal where it matters', () => {
    expect(elapsedParts(0)).toEqual({ value: 0, unit: 'second' })
    expect(elapsedParts(119)).toEqual({ value: 119, unit: 'second' })
    expect(elapsedParts(5400)).toEqual({ value: 90, unit: 'minute' })
    expect(elapsedParts(30 * 3600)).toEqual({ value: 30, unit: 'hour' })
    expect(elapsedParts(9.44 * 86400)).toEqual({ value: 9.4, unit: 'day' })
    expect(elapsedParts(1203.6 * 86400)).toEqual({ value: 1204, unit: 'day' })
  })
  it('keeps its sign where a later event was written down earlier', () => {
    expect(elapsedParts(-3 * 86400)).toEqual({ value: -3, unit: 'day' })
  })
})
