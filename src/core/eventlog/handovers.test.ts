import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { caseView } from './case-view.ts'
import { anyLog, handLog, lettered } from './fixtures/hand-log.ts'
import { handovers } from './handovers.ts'
import { wholeLog } from './log-view.ts'

const by = (officer: string) => ({ officer })

describe('hand-overs', () => {
  it('are successive events of a case in different hands, with the time between them', () => {
    const log = handLog([
      {
        events: [
          ['A', 0, by('甲')],
          ['B', 10, by('乙')],
          ['C', 20, by('乙')],
          ['D', 50, by('甲')],
        ],
      },
      {
        events: [
          ['A', 0, by('甲')],
          ['B', 30, by('乙')],
          ['C', 40],
        ],
      },
    ])
    expect(handovers(wholeLog(log), 'officer')).toMatchObject({
      known: true,
      unstated: 1,
      same: 1,
      parties: [
        { key: '乙', events: 3, gave: 1, took: 2 },
        { key: '甲', events: 3, gave: 2, took: 1 },
      ],
      rows: [
        { from: '甲', to: '乙', count: 2, cases: 2, duration: { median: 1200, n: 2 } },
        { from: '乙', to: '甲', count: 1, cases: 1, duration: { median: 1800 } },
      ],
    })
  })

  it('are unknown where the log names no party, which is not the same as none', () => {
    expect(handovers(wholeLog(lettered('AB')), 'organ')).toMatchObject({ known: false, rows: [] })
  })

  it('with those in one hand and those unstated are all successions of events', () => {
    fc.assert(
      fc.property(anyLog, (log) => {
        const { known, unstated, same, rows, parties } = handovers(wholeLog(log), 'officer')
        fc.pre(known)
        const successions = log.caseIds.reduce((sum, _, c) => sum + Math.max(0, caseView(log, c).events.length - 1), 0)
        const handed = rows.reduce((sum, row) => sum + row.count, 0)
        expect(unstated + same + handed).toBe(successions)
        for (const { key, gave, took } of parties) {
          expect(gave).toBe(rows.filter(({ from }) => from === key).reduce((sum, row) => sum + row.count, 0))
          expect(took).toBe(rows.filter(({ to }) => to === key).reduce((sum, row) => sum + row.count, 0))
        }
        for (const { from, to } of rows) expect(from).not.toBe(to)
      }),
    )
  })
})
