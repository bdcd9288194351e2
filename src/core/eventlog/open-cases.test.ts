import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { zoneOf } from '../worktime/zone.ts'
import { filterLog } from './apply-filter.ts'
import { anyLog, handLog } from './fixtures/hand-log.ts'
import { wholeLog } from './log-view.ts'
import { openCases } from './open-cases.ts'

const zone = zoneOf('Asia/Shanghai')
const DAY = 24 * 60

describe('open cases over time', () => {
  it('begin with the first event and are closed on the day of the column that says so', () => {
    const log = handLog([
      {
        events: [
          ['A', 0],
          ['B', DAY],
        ],
        attributes: { end: '2024-01-03' },
      },
      { events: [['A', DAY]], attributes: { end: '2024-01-02T02:00:00Z' } },
      { events: [['A', DAY]] },
      { events: [['A', null]] },
    ])
    expect(openCases(wholeLog(log), zone, 'day')).toEqual({
      endBy: 'column',
      withoutEnd: 1,
      withoutTime: 1,
      rows: [
        { date: '2024-01-01', opened: 1, closed: 0, open: 1 },
        { date: '2024-01-02', opened: 2, closed: 1, open: 2 },
        { date: '2024-01-03', opened: 0, closed: 1, open: 1 },
      ],
    })
  })

  it('end with their last event where the log says nothing of ends, or with the activities that are named', () => {
    const log = handLog([
      {
        events: [
          ['A', 0],
          ['B', DAY],
        ],
      },
      {
        events: [
          ['A', 0],
          ['C', 2 * DAY],
        ],
      },
    ])
    expect(openCases(wholeLog(log), zone, 'day')).toMatchObject({ endBy: 'last-event', withoutEnd: 0 })
    expect(openCases(wholeLog(log), zone, 'day', ['B'])).toMatchObject({
      endBy: 'activity',
      withoutEnd: 1,
      rows: [{ open: 2 }, { closed: 1, open: 1 }, { open: 1 }],
    })
  })

  it('are none in a log that says neither when its steps happened nor when cases end', () => {
    const log = handLog([{ events: [['A', null]] }, { events: [] }])
    expect(openCases(wholeLog(log), zone, 'day')).toMatchObject({ withoutTime: 2, rows: [] })
    expect(filterLog(log, { outcome: 'open' }, zone).cases.length).toBe(0)
  })

  it('end with an ending step that has no instant at the last known instant of the case', () => {
    const log = handLog([
      {
        events: [
          ['A', DAY],
          ['B', null],
        ],
      },
      {
        events: [
          ['A', null],
          ['B', null],
        ],
      },
    ])
    expect(filterLog(log, { outcome: 'ended', endBy: ['B'] }, zone).cases.length).toBe(2)
    expect(openCases(wholeLog(log), zone, 'day', ['B'])).toMatchObject({
      withoutEnd: 0,
      withoutTime: 1,
      rows: [{ closed: 1 }],
    })
  })

  it('whose end stands before their beginning are closed on the day that they begin', () => {
    const log = handLog([{ events: [['A', 3 * DAY]], attributes: { end: '2024-01-01' } }])
    expect(openCases(wholeLog(log), zone, 'day').rows).toEqual([{ date: '2024-01-04', opened: 1, closed: 1, open: 0 }])
  })

  it('by week begin on Monday and by month on the first', () => {
    const log = handLog([
      {
        events: [
          ['A', 2 * DAY],
          ['B', 40 * DAY],
        ],
      },
    ])
    expect(openCases(wholeLog(log), zone, 'week').rows.map(({ date }) => date)).toEqual([
      '2024-01-01',
      '2024-01-08',
      '2024-01-15',
      '2024-01-22',
      '2024-01-29',
      '2024-02-05',
    ])
    expect(openCases(wholeLog(log), zone, 'month').rows).toEqual([
      { date: '2024-01-01', opened: 1, closed: 0, open: 1 },
      { date: '2024-02-01', opened: 0, closed: 1, open: 0 },
    ])
  })

  it('on each day are the cases that the filter of that day leaves', () => {
    fc.assert(
      fc.property(anyLog, fc.integer({ min: 0, max: 1000 }), (log, place) => {
        const { rows, withoutEnd, withoutTime } = openCases(wholeLog(log), zone, 'day')
        const row = rows[place % Math.max(1, rows.length)]
        if (row !== undefined) expect(filterLog(log, { openOn: row.date }, zone).cases.length).toBe(row.open)
        const sum = (of: 'opened' | 'closed') => rows.reduce((total, each) => total + each[of], 0)
        expect(sum('opened')).toBe(log.caseIds.length - withoutTime)
        expect(sum('closed')).toBe(log.caseIds.length - withoutTime - withoutEnd)
        expect(rows.every(({ open }) => open >= 0)).toBe(true)
        expect(rows.at(-1)?.open ?? 0).toBe(rows.length === 0 ? 0 : withoutEnd)
      }),
    )
  })
})
