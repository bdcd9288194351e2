import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { isRefusal } from '../refusal/refusal.ts'
import { compileCalendar } from './calendar.ts'
import { countedDays } from './clock.ts'
import { clockDays } from './clock-days.ts'
import { dayOf } from './day.ts'

const calendar = compileCalendar({
  id: 'cn',
  weekend: [6, 7],
  years: [
    {
      year: 2025,
      notice: 'n',
      off: [{ from: '2025-10-01', to: '2025-10-08' }],
      work: ['2025-09-28', '2025-10-11'],
    },
  ],
})

describe('the days of a clock', () => {
  it('leave days of rest out, keep a make-up Saturday, and number no paused day', () => {
    const pause = [{ from: dayOf('2025-09-29'), to: dayOf('2025-10-09') }]
    const days = clockDays(dayOf('2025-09-26'), dayOf('2025-10-13'), 'working-day', pause, calendar)
    expect(days).toEqual([
      { date: '2025-09-28', number: 1 },
      { date: '2025-09-29', number: 2 },
      { date: '2025-09-30', number: null },
      { date: '2025-10-09', number: null },
      { date: '2025-10-10', number: 3 },
      { date: '2025-10-11', number: 4 },
      { date: '2025-10-13', number: 5 },
    ])
  })
  it('end with the number that the clock has counted, whatever the pauses', () => {
    const day = fc.integer({ min: dayOf('2025-01-02'), max: dayOf('2025-11-30') })
    fc.assert(
      fc.property(
        day,
        fc.nat(30),
        day,
        fc.nat(20),
        fc.constantFrom('working-day', 'calendar-day'),
        (start, length, from, lasts, unit) => {
          const through = start + length
          const pause = [{ from: Math.max(start, from), to: Math.max(start, from) + lasts }]
          const days = clockDays(start, through, unit, pause, calendar)
          if (isRefusal(days)) throw new Error(days.says.en)
          const counted = countedDays(start, through, unit, pause, calendar)
          expect(days.findLast((entry) => entry.number !== null)?.number ?? 0).toBe(counted)
        },
      ),
    )
  })
  it('say so where a year has no published notice', () => {
    const days = clockDays(dayOf('2025-12-30'), dayOf('2026-01-06'), 'working-day', [], calendar)
    expect(isRefusal(days) && days.code).toBe('worktime.no-calendar')
  })
})
