import { describe, expect, it } from 'vitest'
import { filterLog } from '../../../../core/eventlog/apply-filter.ts'
import type { EventLog } from '../../../../core/eventlog/event-log.ts'
import { type HandCase, type HandEvent, handLog } from '../../../../core/eventlog/fixtures/hand-log.ts'
import type { LogFilter } from '../../../../core/eventlog/log-filter.ts'
import { wholeLog } from '../../../../core/eventlog/log-view.ts'
import { rework } from '../../../../core/eventlog/rework.ts'
import { zoneOf } from '../../../../core/worktime/zone.ts'
import { attention } from './attention.ts'

const zone = zoneOf('UTC')
const DAY = 24 * 60
const look = (log: EventLog) => attention(wholeLog(log), {}, zone, rework(wholeLog(log)).rows)

/** Cases begun on one working day after another at nine, with the steps and the end that are made for each. */
const daily = (
  count: number,
  made: (c: number, begun: number) => readonly HandEvent[],
  ended = (_: number) => true,
): HandCase[] =>
  Array.from({ length: count }, (_, c) => {
    const begun = Math.floor(c / 5) * 7 * DAY + (c % 5) * DAY + 9 * 60
    const events = made(c, begun)
    const end = new Date(Date.UTC(2024, 0, 1, 0, (events.at(-1)?.[1] ?? 0) as number)).toISOString()
    return { events, ...(ended(c) ? { attributes: { end } } : {}) }
  })

const plain = (_: number, begun: number): readonly HandEvent[] => [
  ['受理', begun],
  ['审查', begun + 60],
  ['决定', begun + 61],
]

describe('what deserves a look first in a log', () => {
  it('is the step that most waiting is before', () => {
    expect(look(handLog(daily(30, plain)))).toMatchObject([
      {
        kind: 'waiting',
        says: { zh: '等待最多的环节是“审查”：占全部等待的 98%，中位 1 小时。' },
        cases: 30,
        opens: { contains: ['审查'] },
      },
    ])
  })

  it('is what a twentieth of the cases repeats, and not what fewer do', () => {
    const again = (share: number) =>
      look(
        handLog(daily(100, (c, begun) => (c < share ? [...plain(c, begun), ['决定', begun + 62]] : plain(c, begun)))),
      ).filter(({ kind }) => kind === 'rework')
    expect(again(4)).toEqual([])
    expect(again(5)).toMatchObject([{ cases: 5, opens: { repeats: ['决定'] } }])
  })

  it('is what stays open longer than nine of ten cases take, and cases far longer than the rest', () => {
    const log = handLog(
      daily(
        100,
        (c, begun) =>
          c === 50
            ? [
                ['受理', begun],
                ['决定', begun + 30 * DAY],
              ]
            : plain(c, begun),
        (c) => c !== 3 && c !== 99,
      ),
    )
    const found = look(log)
    expect(found.find(({ kind }) => kind === 'open')).toMatchObject({ cases: 1, opens: { outcome: 'open' } })
    expect(found.find(({ kind }) => kind === 'slow')).toMatchObject({ cases: 1 })
  })

  it('is what happened in hours in which almost nobody works', () => {
    const log = handLog(
      daily(200, (c, begun) => (c === 7 ? [...plain(c, begun), ['送达', begun + 14 * 60]] : plain(c, begun))),
    )
    expect(look(log).find(({ kind }) => kind === 'out-of-hours')).toMatchObject({
      says: { en: '1 steps happened in hours in which almost nobody works.' },
      cases: 1,
    })
  })

  it('opens exactly the cases that it counts', () => {
    const log = handLog(
      daily(
        200,
        (c, begun) => {
          if (c === 7) return [...plain(c, begun), ['送达', begun + 14 * 60]]
          return c % 40 === 0
            ? [
                ['受理', begun],
                ['补正', begun + 20],
                ['受理', begun + 40],
                ['决定', begun + 40 * DAY],
              ]
            : plain(c, begun)
        },
        (c) => c % 9 !== 0,
      ),
    )
    const found = look(log)
    expect(found.map(({ kind }) => kind)).toEqual(['waiting', 'open', 'slow', 'out-of-hours'])
    for (const { opens, cases } of found) expect(filterLog(log, opens as LogFilter, zone).cases.length).toBe(cases)
  })

  it('is nothing in a log without cases', () => {
    expect(look(handLog([]))).toEqual([])
  })
})
