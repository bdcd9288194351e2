import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { zoneOf } from '../worktime/zone.ts'
import { filterLog } from './apply-filter.ts'
import { caseView } from './case-view.ts'
import type { EventLog } from './event-log.ts'
import { anyLog, handLog, lettered } from './fixtures/hand-log.ts'
import type { LogFilter } from './log-filter.ts'
import { wholeLog } from './log-view.ts'
import { rhythm } from './rhythm.ts'

const zone = zoneOf('Asia/Shanghai')
const DAY = 24 * 60
const left = (log: EventLog, filter: LogFilter): string =>
  Array.from(filterLog(log, filter, zone).cases, (c) => log.caseIds[c]).join(' ')

describe('a filter by time', () => {
  // days in Shanghai: c0 1 January, c1 1–3 January, c2 3 January, c3 no instant
  const log = handLog([
    { events: [['A', 0]] },
    {
      events: [
        ['A', 60],
        ['B', 2 * DAY],
      ],
    },
    { events: [['A', 2 * DAY]] },
    { events: [['A', null]] },
  ])
  it.each<[NonNullable<LogFilter['time']>, string]>([
    [{ how: 'starts', from: '2024-01-01', to: '2024-01-01' }, 'c0 c1'],
    [{ how: 'ends', from: '2024-01-03', to: '2024-01-03' }, 'c1 c2'],
    [{ how: 'touches', from: '2024-01-02', to: '2024-01-02' }, 'c1'],
    [{ how: 'within', from: '2024-01-01', to: '2024-01-02' }, 'c0'],
    [{ how: 'starts', to: '2024-01-02' }, 'c0 c1'],
    [{ how: 'starts', from: '2024-01-02' }, 'c2'],
  ])('%o leaves %s', (time, expected) => {
    expect(left(log, { time })).toBe(expected)
  })
  it('begins and ends its days at midnight of the zone', () => {
    // 16:00 UTC on 1 January is midnight in Shanghai
    const night = handLog([{ events: [['A', 16 * 60 - 1]] }, { events: [['A', 16 * 60]] }])
    expect(left(night, { time: { how: 'starts', to: '2024-01-01' } })).toBe('c0')
  })
  it('by duration has both bounds in, by hour of the week any event', () => {
    expect(left(log, { duration: { least: 1 } })).toBe('c1')
    expect(left(log, { duration: { most: 0 } })).toBe('c0 c2')
    expect(left(log, { duration: { least: (2 * DAY - 60) * 60, most: (2 * DAY - 60) * 60 } })).toBe('c1')
    expect(left(log, { hours: [{ weekday: 3, hour: 8 }] })).toBe('c1 c2')
  })
})

describe('a filter by path', () => {
  const log = lettered('ABC', 'ACB', 'AABC', 'BC', '')
  it.each<[LogFilter, string]>([
    [{ contains: ['A', 'B'] }, 'c0 c1 c2'],
    [{ lacks: ['A'] }, 'c3 c4'],
    [{ lacks: ['A', 'B'] }, 'c4'],
    [{ startsWith: ['B'] }, 'c3'],
    [{ endsWith: ['B', 'X'] }, 'c1'],
    [{ follows: [{ from: 'A', to: 'B', how: 'directly' }] }, 'c0 c2'],
    [{ follows: [{ from: 'A', to: 'B', how: 'eventually' }] }, 'c0 c1 c2'],
    [{ follows: [{ from: 'A', to: 'A', how: 'eventually' }] }, 'c2'],
    [{ follows: [{ from: 'C', to: 'A', how: 'eventually' }] }, ''],
    [{ repeats: ['A'] }, 'c2'],
    [
      {
        variant: [
          ['B', 'C'],
          ['A', 'C', 'B'],
        ],
      },
      'c1 c3',
    ],
    [{ variant: [[]] }, 'c4'],
    [{ contains: ['unheard of'] }, ''],
    [{ lacks: ['unheard of'] }, 'c0 c1 c2 c3 c4'],
    [{ startsWith: ['unheard of'] }, ''],
  ])('%o leaves %s', (filter, expected) => {
    expect(left(log, filter)).toBe(expected)
  })
})

describe('a filter by unit, item and outcome', () => {
  const log = handLog([
    {
      events: [
        ['A', 0, { organ: '甲局', officer: 'a' }],
        ['B', 1, { organ: '乙局', officer: 'b' }],
      ],
      attributes: { region: '99/01', power: 'p1', end: '2024-01-02', 渠道: '网上' },
    },
    {
      events: [['A', 0, { organ: '甲局', officer: 'b' }]],
      attributes: { region: '99/01/02', power: 'p2', 渠道: '窗口' },
    },
    { events: [['A', 0, {}]], attributes: { region: '99/011' } },
  ])
  it.each<[LogFilter, string]>([
    [{ organ: ['乙局'] }, 'c0'],
    [{ organ: ['甲局', '乙局'] }, 'c0 c1'],
    [{ officer: ['b'] }, 'c0 c1'],
    [{ post: ['窗口'] }, ''],
    [{ region: ['99/01'] }, 'c0 c1'],
    [{ region: ['99'] }, 'c0 c1 c2'],
    [{ power: ['p2', 'p3'] }, 'c1'],
    [{ outcome: 'ended' }, 'c0'],
    [{ outcome: 'open' }, 'c1 c2'],
    [{ openOn: '2024-01-01' }, 'c0 c1 c2'],
    [{ openOn: '2024-01-02' }, 'c1 c2'],
    [{ attribute: [{ key: '渠道', values: ['网上'] }] }, 'c0'],
    [{ attribute: [{ key: 'unheard of', values: ['网上'] }] }, ''],
    [{ handover: [{ by: 'officer', from: 'a', to: 'b' }] }, 'c0'],
    [{ handover: [{ by: 'organ', from: '乙局', to: '甲局' }] }, ''],
    [{ organ: ['甲局'], outcome: 'open' }, 'c1'],
  ])('%o leaves %s', (filter, expected) => {
    expect(left(log, filter)).toBe(expected)
  })
  it('tells ends by the activities that it names where no column does', () => {
    expect(left(lettered('AB', 'A'), { outcome: 'open', endBy: ['B'] })).toBe('c1')
  })
})

const anyFilter: fc.Arbitrary<LogFilter> = fc.oneof(
  fc.constantFrom<LogFilter>(
    {},
    { contains: ['A'] },
    { lacks: ['B'] },
    { repeats: ['C'] },
    { outcome: 'open' },
    { region: ['99/1'] },
    { officer: ['甲'] },
    { duration: { least: 3600 } },
    { time: { how: 'starts', from: '2024-06-01' } },
    { follows: [{ from: 'A', to: 'B', how: 'eventually' }] },
  ),
)

describe('any two filters', () => {
  it('together leave the cases that each leaves', () => {
    fc.assert(
      fc.property(anyLog, anyFilter, anyFilter, (log, one, other) => {
        fc.pre(Object.keys(one).every((key) => !(key in other)))
        const both = new Set(filterLog(log, one, zone).cases)
        const expected = [...filterLog(log, other, zone).cases].filter((c) => both.has(c))
        expect([...filterLog(log, { ...one, ...other }, zone).cases]).toEqual(expected)
      }),
    )
  })

  it('of one activity contained and lacked part the log in two', () => {
    fc.assert(
      fc.property(anyLog, fc.constantFrom('A', 'B', 'Z'), (log, name) => {
        const has = filterLog(log, { contains: [name] }, zone).cases
        const lacks = filterLog(log, { lacks: [name] }, zone).cases
        expect([...has, ...lacks].sort((a, b) => a - b)).toEqual([...wholeLog(log).cases])
        for (const c of has) expect(caseView(log, c).events.some(({ activity }) => activity === name)).toBe(true)
      }),
    )
  })

  it('by hour open the cases whose events the hour counts', () => {
    fc.assert(
      fc.property(anyLog, fc.integer({ min: 1, max: 7 }), fc.integer({ min: 0, max: 23 }), (log, weekday, hour) => {
        const view = filterLog(log, { hours: [{ weekday, hour }] }, zone)
        const counted = (cases: Int32Array) => rhythm({ log, cases }, null, zone).hours[weekday - 1]?.[hour]
        expect(counted(view.cases)).toBe(counted(wholeLog(log).cases))
        for (const c of view.cases) expect(counted(Int32Array.of(c))).toBeGreaterThan(0)
      }),
    )
  })
})
