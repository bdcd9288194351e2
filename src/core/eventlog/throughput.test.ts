import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { zoneOf } from '../worktime/zone.ts'
import { anyLog, handLog, lettered } from './fixtures/hand-log.ts'
import { wholeLog } from './log-view.ts'
import { throughput } from './throughput.ts'

const zone = zoneOf('Asia/Shanghai')
const WEEK = 7 * 24 * 60

describe('throughput', () => {
  it('tells waiting before a step from handling it where the log has beginnings', () => {
    const at = (minute: number) => ({ start: new Date(Date.UTC(2024, 0, 1, 0, minute)).toISOString() })
    const log = handLog([
      {
        events: [
          ['A', 10, at(0)],
          ['B', 60, at(40)],
        ],
      },
      {
        events: [
          ['A', 20, {}],
          ['B', 30, at(15)],
        ],
      },
    ])
    expect(throughput(wholeLog(log), 'step', zone).rows).toMatchObject([
      { key: 'A', events: 2, waiting: null, handling: { n: 1, mean: 600 } },
      // 40 − 10 minutes, and 0 where a step began before the one before it ended
      { key: 'B', events: 2, waiting: { n: 2, max: 1800, min: 0 }, handling: { n: 2, min: 900, max: 1200 } },
    ])
  })

  it('waits from event to event where the log has none', () => {
    expect(throughput(wholeLog(lettered('AB', 'AB')), 'step', zone).rows).toMatchObject([
      { key: 'A', waiting: null, handling: null },
      { key: 'B', waiting: { n: 2, median: 3600 }, handling: null },
    ])
  })

  it('by a unit counts what does not state it under no name', () => {
    const log = handLog([
      {
        events: [
          ['A', 0, { 'org:role': '窗口' }],
          ['B', 3 * WEEK],
        ],
      },
      { events: [['A', WEEK, { 'org:role': '窗口' }]] },
    ])
    expect(throughput(wholeLog(log), 'post', zone)).toMatchObject({
      known: true,
      rows: [
        { key: '窗口', events: 2, cases: 2, perWeek: 2 / 3 },
        { key: null, events: 1, cases: 1 },
      ],
    })
    expect(throughput(wholeLog(log), 'organ', zone)).toEqual({ known: false, rows: [] })
  })

  it('by region counts each event under the region of its case', () => {
    const log = handLog([
      {
        events: [
          ['A', 0],
          ['B', 1],
        ],
        attributes: { region: '99/1' },
      },
      { events: [['A', 0]], attributes: { region: '99/2' } },
    ])
    expect(throughput(wholeLog(log), 'region', zone).rows).toMatchObject([
      { key: '99/1', events: 2, cases: 1 },
      { key: '99/2', events: 1, cases: 1 },
    ])
  })

  it('has every event in one row, whatever it is grouped by', () => {
    fc.assert(
      fc.property(anyLog, fc.constantFrom('step', 'officer', 'region'), (log, by) => {
        const { known, rows } = throughput(wholeLog(log), by, zone)
        fc.pre(known)
        expect(rows.reduce((sum, row) => sum + row.events, 0)).toBe(log.time.length)
        expect(rows.every((row) => row.cases <= row.events)).toBe(true)
      }),
    )
  })
})
