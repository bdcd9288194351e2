import { describe, expect, it } from 'vitest'
import { narrow } from './narrow.ts'

describe('a filter narrowed to the rows of a number', () => {
  it('adds what it says nothing of yet', () => {
    expect(narrow({ outcome: 'ended' }, { contains: ['听证'] })).toEqual({ outcome: 'ended', contains: ['听证'] })
  })
  it('asks for every step of two lists of steps', () => {
    expect(narrow({ contains: ['受理'] }, { contains: ['听证'] })).toEqual({ contains: ['受理', '听证'] })
  })
  it('takes the one that lies within many, and says the same thing once', () => {
    expect(narrow({ organ: ['甲', '乙'] }, { organ: ['乙'] })).toEqual({ organ: ['乙'] })
    expect(narrow({ organ: ['甲'] }, { organ: ['甲'] })).toEqual({ organ: ['甲'] })
  })
  it('gives up rather than open other cases: acted by 甲 and by 乙 is not acted by either', () => {
    expect(narrow({ organ: ['甲'] }, { organ: ['乙'] })).toBeNull()
    expect(narrow({ organ: ['甲', '乙'] }, { organ: ['丙'] })).toBeNull()
    expect(narrow({ duration: { least: 5 } }, { duration: { least: 9 } })).toBeNull()
    expect(narrow({ outcome: 'open' }, { outcome: 'ended' })).toBeNull()
  })
})
