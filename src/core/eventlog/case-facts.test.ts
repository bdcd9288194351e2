import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { zoneOf } from '../worktime/zone.ts'
import { caseFacts, casesWithBoth } from './case-facts.ts'
import { caseView } from './case-view.ts'
import { anyLog, lettered } from './fixtures/hand-log.ts'
import { wholeLog } from './log-view.ts'
import { PairIndex } from './pair-index.ts'

const zone = zoneOf('Asia/Shanghai')

describe('the cases in which both activities of a pair happened', () => {
  it('are those that hold both, whether a case has few activities or more than there are pairs', () => {
    fc.assert(
      fc.property(anyLog, fc.array(fc.tuple(fc.nat(4), fc.nat(4)), { minLength: 1, maxLength: 25 }), (log, known) => {
        const letters = ['A', 'B', 'C', 'D', 'E']
        const present = letters.filter((letter) => log.activity.dictionary.includes(letter))
        const pairs = new PairIndex(present.length)
        for (const [from, to] of known) {
          if (from < present.length && to < present.length) pairs.of(from, to)
        }
        const cases = log.caseIds.map((_, c) => new Set(caseView(log, c).events.map(({ activity }) => activity)))
        const both = casesWithBoth(wholeLog(log), pairs)
        for (let pair = 0; pair < pairs.size; pair++) {
          const [a, b] = [present[pairs.from[pair] as number], present[pairs.to[pair] as number]]
          expect(both[pair]).toBe(cases.filter((own) => own.has(a as string) && own.has(b as string)).length)
        }
      }),
    )
  })
})

describe('the facts of cases', () => {
  it('count each case once for what it contains, repeats, begins and ends with', () => {
    const log = lettered('ABA', 'B', 'BB', '')
    const { contain, repeat, start, end, cases, open, events } = caseFacts(wholeLog(log), new PairIndex(2), zone)
    expect([[...contain], [...repeat], [...start], [...end]]).toEqual([
      [1, 3],
      [1, 1],
      [1, 2],
      [1, 2],
    ])
    expect([cases, open, [...events]]).toEqual([4, 0, [0, 1, 2, 3]])
  })
})
