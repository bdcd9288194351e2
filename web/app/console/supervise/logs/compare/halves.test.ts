import { describe, expect, it } from 'vitest'
import { middleOf } from './halves.ts'

describe('the two halves of a log in time', () => {
  it('meet without a gap and without a day in both', () => {
    expect(middleOf('2026-01-01', '2026-12-31')).toEqual({ until: '2026-07-02', after: '2026-07-03' })
    expect(middleOf('2026-03-01', '2026-03-02')).toEqual({ until: '2026-03-01', after: '2026-03-02' })
  })
})
