import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { anyLog, handLog, lettered } from './fixtures/hand-log.ts'
import { wholeLog } from './log-view.ts'
import { spreadOf } from './spread.ts'
import { defaultZeta, temporalDeviations, temporalProfile } from './temporal-profile.ts'

describe('a temporal profile', () => {
  it('takes every two events of a case, not neighbours alone, with the sample standard deviation', () => {
    const log = handLog([
      {
        events: [
          ['A', 0],
          ['B', 10],
          ['C', 30],
        ],
      },
      {
        events: [
          ['A', 0],
          ['B', 20],
          ['C', 30],
        ],
      },
    ])
    expect(temporalProfile(wholeLog(log)).pairs).toEqual([
      { from: 'A', to: 'B', n: 2, mean: 900, sd: Math.sqrt(2 * 300 ** 2) },
      { from: 'A', to: 'C', n: 2, mean: 1800, sd: 0 },
      { from: 'B', to: 'C', n: 2, mean: 900, sd: Math.sqrt(2 * 300 ** 2) },
    ])
  })

  it('equals mean and standard deviation of all times between ordered events', () => {
    fc.assert(
      fc.property(anyLog, (log) => {
        const seconds = new Map<string, number[]>()
        for (let c = 0; c < log.caseIds.length; c++) {
          const [from, to] = [log.caseStart[c] as number, log.caseStart[c + 1] as number]
          for (let i = from; i < to; i++) {
            for (let j = i + 1; j < to; j++) {
              const time = ((log.time[j] as number) - (log.time[i] as number)) / 1000
              if (Number.isNaN(time) || time < 0) continue
              const names = [i, j].map((k) => log.activity.dictionary[log.activity.codes[k] as number])
              const key = names.join('>')
              seconds.set(key, [...(seconds.get(key) ?? []), time])
            }
          }
        }
        const { pairs, leftOut } = temporalProfile(wholeLog(log))
        expect(leftOut).toBe(0)
        expect(pairs.map(({ from, to }) => `${from}>${to}`).sort()).toEqual([...seconds.keys()].sort())
        for (const { from, to, n, mean, sd } of pairs) {
          const naive = spreadOf(Float64Array.from(seconds.get(`${from}>${to}`) ?? []))
          expect(n).toBe(naive?.n)
          expect(mean).toBeCloseTo(naive?.mean ?? Number.NaN, 5)
          expect(sd).toBeCloseTo(naive?.sd ?? 0, 5)
        }
      }),
    )
  })

  it('leaves out cases too long to compare pair by pair, and says how many', () => {
    const { pairs, leftOut } = temporalProfile(wholeLog(lettered('AB', 'ABAB', 'AB')), 3)
    expect(leftOut).toBe(1)
    expect(pairs).toEqual([{ from: 'A', to: 'B', n: 2, mean: 3600, sd: 0 }])
  })
})

describe('a temporal deviation', () => {
  const minutes = [...Array.from({ length: 50 }, (_, i) => 60 + (i % 3)), 600]
  const log = handLog(
    minutes.map((minute) => ({
      events: [
        ['A', 0],
        ['B', minute],
      ],
    })),
  )
  const profile = temporalProfile(wholeLog(log))

  it('is farther from the mean than ζ standard deviations, by default six', () => {
    const found = temporalDeviations(wholeLog(log), profile)
    expect(found).toMatchObject([{ caseIndex: 50, pair: 0, fromEvent: 100, toEvent: 101, seconds: 36_000 }])
    const [pair] = profile.pairs
    const distance = (36_000 - (pair?.mean ?? 0)) / (pair?.sd ?? 1)
    expect(found[0]?.deviates).toBeCloseTo(distance)
    expect(distance).toBeGreaterThan(defaultZeta)
    expect(temporalDeviations(wholeLog(log), profile, Math.ceil(distance))).toEqual([])
    expect(temporalDeviations(wholeLog(log), profile, 0).length).toBe(51)
  })

  it('where all times were equal is any other time, and no number of standard deviations tells how far', () => {
    const same = temporalProfile(wholeLog(lettered('AB', 'AB')))
    const other = handLog([
      {
        events: [
          ['A', 0],
          ['B', 61],
        ],
      },
    ])
    expect(temporalDeviations(wholeLog(other), same)).toMatchObject([{ seconds: 3660, deviates: null }])
  })

  it('is not what the profile has never seen', () => {
    expect(temporalDeviations(wholeLog(lettered('BA', 'XY')), profile)).toEqual([])
  })
})
