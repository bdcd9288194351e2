import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { caseView } from './case-view.ts'
import { anyLog, handLog, lettered } from './fixtures/hand-log.ts'
import { wholeLog } from './log-view.ts'
import { rework } from './rework.ts'

describe('rework', () => {
  it('tells what came at once again from what came back after other steps', () => {
    const log = handLog([
      {
        events: [
          ['A', 0],
          ['A', 10],
          ['B', 20],
          ['A', 40],
        ],
      },
      {
        events: [
          ['B', 0],
          ['A', 1],
          ['B', 5],
        ],
      },
      { events: [['C', 0]] },
    ])
    expect(rework(wholeLog(log))).toMatchObject({
      reworked: 2,
      rows: [
        { activity: 'A', cases: 1, extra: 2, direct: 1, back: 1, most: 3, loop: { n: 2, min: 600, max: 1800 } },
        { activity: 'B', cases: 1, extra: 1, direct: 0, back: 1, most: 2, loop: { n: 1, mean: 300 } },
      ],
    })
  })

  it('is none where every activity happens once', () => {
    expect(rework(wholeLog(lettered('ABC', 'A', '')))).toEqual({ reworked: 0, rows: [] })
  })

  it('counts what counting by hand counts', () => {
    fc.assert(
      fc.property(anyLog, (log) => {
        const cases = log.caseIds.map((_, c) => caseView(log, c).events.map(({ activity }) => activity))
        const times = (names: readonly string[], name: string) => names.filter((each) => each === name).length
        const { reworked, rows } = rework(wholeLog(log))
        expect(reworked).toBe(cases.filter((names) => new Set(names).size < names.length).length)
        for (const { activity, cases: inCases, extra, direct, back, most } of rows) {
          expect(inCases).toBe(cases.filter((names) => times(names, activity) > 1).length)
          expect(extra).toBe(cases.reduce((sum, names) => sum + Math.max(0, times(names, activity) - 1), 0))
          const again = cases.flatMap((names) => names.filter((name, i) => name === activity && names[i - 1] === name))
          expect([direct, back]).toEqual([again.length, extra - again.length])
          expect(most).toBe(Math.max(...cases.map((names) => times(names, activity))))
        }
      }),
    )
  })
})
