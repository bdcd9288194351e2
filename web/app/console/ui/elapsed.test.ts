import { describe, expect, it } from 'vitest'
import { elapsedParts } from './elapsed.client.ts'

describe('a stretch of time in words', () => {
  it('is told in its largest unit, with one decimal', () => {
    expect(elapsedParts(0)).toEqual({ value: 0, unit: 'second' })
    expect(elapsedParts(59)).toEqual({ value: 59, unit: 'second' })
    expect(elapsedParts(5370)).toEqual({ value: 1.5, unit: 'hour' })
    expect(elapsedParts(30 * 3600)).toEqual({ value: 1.3, unit: 'day' })
    expect(elapsedParts(9.44 * 86400)).toEqual({ value: 9.4, unit: 'day' })
  })
  it('keeps its sign where a later event was written down earlier', () => {
    expect(elapsedParts(-3 * 86400)).toEqual({ value: -3, unit: 'day' })
  })
})
