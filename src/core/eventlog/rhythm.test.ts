import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { zoneOf } from '../worktime/zone.ts'
import { anyLog, handLog } from './fixtures/hand-log.ts'
import { wholeLog } from './log-view.ts'
import { rhythm } from './rhythm.ts'

const shanghai = zoneOf('Asia/Shanghai')
const newYork = zoneOf('America/New_York')

describe('the rhythm of a log', () => {
  // minute 0 is Monday 2024-01-01 00:00 UTC
  const log = handLog([
    {
      events: [
        ['A', 0, { organ: '甲局' }],
        ['B', 60 * 17, { organ: '乙局' }],
      ],
    },
    {
      events: [
        ['A', 60 * 16, {}],
        ['B', null, { organ: '甲局' }],
      ],
    },
  ])

  it('is told by the wall clock of the zone', () => {
    const { hours, withoutTime, atMidnight } = rhythm(wholeLog(log), null, shanghai)
    expect(withoutTime).toBe(1)
    // 00:00 UTC is 08:00 on Monday, 16:00 UTC is midnight and 17:00 UTC is 01:00 on Tuesday in Shanghai
    expect([hours[0]?.[8], hours[1]?.[0], hours[1]?.[1]]).toEqual([1, 1, 1])
    expect(atMidnight).toBe(1)
    expect(rhythm(wholeLog(log), null, newYork).hours[6]?.[19]).toBe(1)
  })

  it('of each party adds up to that of all where every event states its party', () => {
    const { groups, known } = rhythm(wholeLog(log), 'organ', shanghai)
    expect(known).toBe(true)
    expect(groups.map(({ key, events }) => [key, events])).toEqual([
      ['乙局', 1],
      ['甲局', 1],
    ])
    expect(rhythm(wholeLog(log), 'officer', shanghai)).toMatchObject({ known: false, groups: [] })
  })

  it('counts each event with an instant in the hour that Temporal reads', () => {
    fc.assert(
      fc.property(anyLog, fc.constantFrom(shanghai, newYork), (drawn, zone) => {
        const expected = Array.from({ length: 7 }, () => new Array<number>(24).fill(0))
        for (const at of drawn.time) {
          if (Number.isNaN(at)) continue
          const { dayOfWeek, hour } = Temporal.Instant.fromEpochMilliseconds(at).toZonedDateTimeISO(zone.id)
          const day = expected[dayOfWeek - 1] as number[]
          day[hour] = (day[hour] as number) + 1
        }
        expect(rhythm(wholeLog(drawn), null, zone).hours).toEqual(expected)
      }),
    )
  })
})
