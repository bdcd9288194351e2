import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { isRefusal } from '../refusal/refusal.ts'
import { checkDigit, findingNumber, isFindingNumber } from './finding-number.ts'
import {
  afterSource,
  decideLead,
  type FindingStanding,
  findingStates,
  isIssue,
  outcomes,
  requestLead,
  verify,
} from './finding-state.ts'

describe('the number of a finding', () => {
  it('ends in the check digit of ISO 7064 MOD 11,10', () => {
    // The standard's own example: 0794 has the check digit 5.
    expect(checkDigit('0794')).toBe(5)
    expect(findingNumber(2026, 123)).toMatch(/^FX-2026-000123-\d$/)
    expect(isFindingNumber(findingNumber(2026, 123))).toBe(true)
    expect(isFindingNumber('FX-2026-000123')).toBe(false)
  })
  it('shows every single wrong digit', () => {
    fc.assert(
      fc.property(
        fc.integer({ min: 2020, max: 2099 }),
        fc.integer({ min: 1, max: 9_999_999 }),
        fc.nat(20),
        fc.integer({ min: 1, max: 9 }),
        (year, serial, where, by) => {
          const number = findingNumber(year, serial)
          const digits = [...number].flatMap((letter, at) => (/\d/.test(letter) ? [at] : []))
          const at = digits[where % digits.length] as number
          const wrong = (Number(number[at]) + by) % 10
          expect(isFindingNumber(`${number.slice(0, at)}${wrong}${number.slice(at + 1)}`)).toBe(false)
        },
      ),
    )
  })
})

const doubt: FindingStanding = {
  state: 'doubt',
  lead: 'none',
  shows: (officer) => officer === 'o-7',
  leadRequestedBy: null,
}
const reason = '调阅纸质卷宗，决定书落款日期晚于期限'
const code = (value: unknown) => (isRefusal(value) ? value.code : value)

describe('a doubt', () => {
  it.each(outcomes)('becomes %s by a person with a reason', (outcome) => {
    expect(verify(doubt, { officer: 'o-1', outcome, reason })).toBe(outcome)
  })
  it('is never decided by a program', () => {
    expect(code(verify(doubt, { officer: null, outcome: 'upheld', reason }))).toBe('finding.not-a-person')
  })
  it('is not decided without a reason, and blanks are none', () => {
    expect(code(verify(doubt, { officer: 'o-1', outcome: 'upheld', reason: '属实。。。。。。。。。。。' }))).toBe(
      'finding.reason-too-short',
    )
  })
  it('is not decided by the officer whom it is about', () => {
    expect(code(verify(doubt, { officer: 'o-7', outcome: 'not-upheld', reason }))).toBe('finding.own-case')
  })
  it('that could not be verified may be taken up again; any other decision stands', () => {
    for (const state of findingStates) {
      const answer = verify({ ...doubt, state }, { officer: 'o-1', outcome: 'upheld', reason })
      expect(code(answer)).toBe(state === 'doubt' || state === 'unverifiable' ? 'upheld' : 'finding.already-decided')
    }
  })
})

describe('a lead', () => {
  const upheld: FindingStanding = { ...doubt, state: 'upheld' }
  it('is asked for an issue only', () => {
    for (const state of findingStates)
      expect(code(requestLead({ ...doubt, state }, { officer: 'o-1', reason }))).toBe(
        isIssue(state) ? 'requested' : 'finding.not-an-issue',
      )
  })
  it('is approved by another person only', () => {
    const asked: FindingStanding = { ...upheld, lead: 'requested', leadRequestedBy: 'o-1' }
    expect(code(decideLead(asked, { officer: 'o-1', approve: true, reason }))).toBe('finding.own-request')
    expect(decideLead(asked, { officer: 'o-2', approve: true, reason })).toBe('approved')
    expect(decideLead(asked, { officer: 'o-2', approve: false, reason })).toBe('declined')
    expect(code(decideLead(upheld, { officer: 'o-2', approve: true, reason }))).toBe('finding.no-lead-asked')
  })
  it('that was declined may be asked for again, one under way may not', () => {
    expect(requestLead({ ...upheld, lead: 'declined' }, { officer: 'o-1', reason })).toBe('requested')
    expect(code(requestLead({ ...upheld, lead: 'approved' }, { officer: 'o-1', reason }))).toBe(
      'finding.lead-under-way',
    )
  })
})

describe('a corrected source', () => {
  it('closes a doubt, and opens it again if the result comes back', () => {
    expect(afterSource('doubt', 'withdrawn')).toBe('closed')
    expect(afterSource('closed', 'returned')).toBe('doubt')
  })
  it('never undoes what a person decided', () => {
    for (const state of ['upheld', 'partly-upheld', 'not-upheld'] as const)
      for (const change of ['withdrawn', 'returned', 'restated'] as const)
        expect(afterSource(state, change)).toBe(state)
  })
})
