import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { compileCalendar } from '../worktime/calendar.ts'
import { zoneOf } from '../worktime/zone.ts'
import { caseMonths, durationBins } from './case-periods.ts'
import { caseDurations } from './case-times.ts'
import { anyLog, handLog } from './fixtures/hand-log.ts'
import { wholeLog } from './log-view.ts'
import { saysDuration } from './says-duration.ts'
import { workingDays } from './working-days.ts'

const zone = zoneOf('Asia/Shanghai')
const DAY = 24 * 60

describe('the months of a log', () => {
  it('hold what began and ended in each, those without a case among them', () => {
    const log = handLog([
      {
        events: [
          ['A', 0],
          ['B', 70 * DAY],
        ],
      },
      {
        events: [
          ['A', DAY],
          ['B', 2 * DAY],
        ],
      },
      // 31 January 16:00 UTC is 1 February in Shanghai
      { events: [['A', 30 * DAY + 16 * 60]] },
    ])
    expect(caseMonths(wholeLog(log), zone)).toMatchObject([
      { month: '2024-01', started: 2, ended: 1, duration: { n: 2, max: 70 * 86_400 } },
      { month: '2024-02', started: 1, ended: 1 },
      { month: '2024-03', started: 0, ended: 1, duration: null },
    ])
  })
})

describe('the bins of durations', () => {
  it('hold every case with an instant once, side by side from 0', () => {
    fc.assert(
      fc.property(anyLog, (log) => {
        const bins = durationBins(wholeLog(log))
        expect(bins.reduce((sum, { cases }) => sum + cases, 0)).toBe(caseDurations(wholeLog(log))?.n ?? 0)
        bins.forEach(({ from, to }, i) => {
          expect(to).toBeGreaterThan(from)
          expect(from).toBe(i === 0 ? 0 : bins[i - 1]?.to)
        })
        expect(bins.length).toBeLessThanOrEqual(31)
      }),
    )
  })
  it('keep a few very long cases in one last bin', () => {
    const log = handLog(
      Array.from({ length: 200 }, (_, i) => ({
        events: [
          ['A', 0],
          ['B', i === 0 ? 1_000_000 : i % 20],
        ],
      })),
    )
    const bins = durationBins(wholeLog(log))
    expect(bins[0]).toMatchObject({ from: 0, to: 60 })
    expect(bins.at(-1)).toMatchObject({ cases: 1, to: 60_000_001 })
  })
})

describe('durations in working days', () => {
  const calendar = compileCalendar({
    id: 't',
    weekend: [6, 7],
    years: [{ year: 2024, notice: 'n', off: [{ from: '2024-01-01', to: '2024-01-01' }], work: [] }],
  })
  it('leave out the first day and days of rest, and count apart what a calendar does not cover', () => {
    const log = handLog([
      // Friday 5 January to Monday 8 January: one working day
      {
        events: [
          ['A', 4 * DAY],
          ['B', 7 * DAY],
        ],
      },
      {
        events: [
          ['A', 4 * DAY],
          ['B', 4 * DAY + 60],
        ],
      },
      {
        events: [
          ['A', 4 * DAY],
          ['B', 500 * DAY],
        ],
      },
      { events: [['A', null]] },
    ])
    expect(workingDays(wholeLog(log), calendar, zone)).toMatchObject({ unjudged: 1, spread: { n: 2, min: 0, max: 1 } })
  })
})

describe('a duration in words', () => {
  it.each([
    [45, '45 秒', '45 s'],
    [90, '1.5 分钟', '1.5 min'],
    [7200, '2 小时', '2 h'],
    [86_400 * 3.25, '3.3 天', '3.3 d'],
    [0, '0 秒', '0 s'],
  ])('of %d seconds is %s, %s', (seconds, zh, en) => {
    expect(saysDuration(seconds)).toEqual({ zh, en })
  })
})
