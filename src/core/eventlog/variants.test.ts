import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { caseView } from './case-view.ts'
import type { EventLog } from './event-log.ts'
import { anyLog, handLog, lettered } from './fixtures/hand-log.ts'
import { variantsIn, variantsOf } from './variants.ts'

const named = (log: EventLog) =>
  variantsOf(log).variants.map(({ activities, cases }) => [
    Array.from(activities, (code) => log.activity.dictionary[code] ?? '').join(''),
    cases,
  ])

describe('the variants of a log', () => {
  it('stand by frequency, equal ones by their activities, a beginning before what goes on from it', () => {
    expect(named(lettered('B', 'ABC', 'AB', 'ACB', 'AB', 'A'))).toEqual([
      ['AB', 2],
      ['A', 1],
      ['ABC', 1],
      ['ACB', 1],
      ['B', 1],
    ])
  })

  it('stand in the same order however the cases are ordered', () => {
    fc.assert(
      fc.property(
        fc.array(fc.string({ unit: fc.constantFrom('A', 'B', 'C'), maxLength: 4 }), { minLength: 1 }),
        fc.infiniteStream(fc.double({ min: 0, max: 1, noNaN: true })),
        (traces, dice) => {
          const shuffled = traces
            .map((trace) => ({ trace, at: dice.next().value }))
            .sort((a, b) => a.at - b.at)
            .map(({ trace }) => trace)
          expect(named(lettered(...shuffled))).toEqual(named(lettered(...traces)))
        },
      ),
    )
  })

  it('are the groups that equal sequences form', () => {
    fc.assert(
      fc.property(anyLog, (log) => {
        const { variants, ofCase } = variantsOf(log)
        const texts = log.caseIds.map((_, c) => JSON.stringify(caseView(log, c).events.map(({ activity }) => activity)))
        const counts = new Map<string, number>()
        for (const text of texts) counts.set(text, (counts.get(text) ?? 0) + 1)
        expect(variants.length).toBe(counts.size)
        texts.forEach((text, c) => {
          const variant = variants[ofCase[c] as number]
          expect(variant?.cases).toBe(counts.get(text))
          const own = Array.from(variant?.activities ?? [], (code) => log.activity.dictionary[code] ?? '')
          expect(JSON.stringify(own)).toBe(text)
        })
      }),
    )
  })

  it('keep 1,600 sequences of one length apart that differ in any place', () => {
    const alphabet = Array.from({ length: 40 }, (_, i) => `step ${i}`)
    const pairs = alphabet.flatMap((a) => alphabet.map((b) => [a, b]))
    const log = handLog(
      pairs.map(([a, b]) => ({
        events: [
          [a as string, 0],
          [b as string, 1],
          [a as string, 2],
        ],
      })),
    )
    expect(variantsOf(log).variants.length).toBe(1600)
  })

  it('count only the cases of a view, by their place in it', () => {
    const log = lettered('A', 'B', 'A', 'B', 'B')
    const { variants, ofCase } = variantsIn({ log, cases: Int32Array.of(1, 2, 4) })
    expect(variants.map(({ cases, firstCase }) => [cases, firstCase])).toEqual([
      [2, 1],
      [1, 2],
    ])
    expect([...ofCase]).toEqual([0, 1, 0])
  })

  it('take activities of one name as one, whatever their codes', () => {
    const log = lettered('AB', 'AC')
    const merged = { ...log, activity: { dictionary: ['A', 'B', 'B'], codes: log.activity.codes } }
    expect(named(merged)).toEqual([['AB', 2]])
  })

  it('order names by code point beyond what JavaScript’s own order does', () => {
    const log = handLog([{ events: [['😀', 0]] }, { events: [['￿', 0]] }, { events: [['許', 0]] }])
    expect(named(log).map(([name]) => name)).toEqual(['許', '￿', '😀'])
  })
})
