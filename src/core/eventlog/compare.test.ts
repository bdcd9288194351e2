import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { zoneOf } from '../worktime/zone.ts'
import { compareViews, type Difference } from './compare.ts'
import { anyLog, type HandCase, type HandEvent, handLog } from './fixtures/hand-log.ts'
import type { LogView } from './log-view.ts'
import { saysDifference } from './says-difference.ts'

const zone = zoneOf('Asia/Shanghai')

/** Cases 0 … n − 1 on side a, the rest on side b. */
function sides(a: readonly HandCase[], b: readonly HandCase[]): { readonly a: LogView; readonly b: LogView } {
  const log = handLog([...a, ...b])
  const cases = Int32Array.from(log.caseIds, (_, c) => c)
  return { a: { log, cases: cases.subarray(0, a.length) }, b: { log, cases: cases.subarray(a.length) } }
}

const many = (count: number, events: (i: number) => readonly HandEvent[]): HandCase[] =>
  Array.from({ length: count }, (_, i) => ({ events: events(i) }))

const named = ({ compared }: Difference): string =>
  [compared.kind, 'activity' in compared ? compared.activity : '', 'to' in compared ? compared.to : ''].join(' ').trim()

describe('two groups of cases', () => {
  it('that differ in one thing have this thing first, and how large it surely is', () => {
    const spent = (i: number) => 60 + (i % 17)
    const { a, b } = sides(
      many(200, (i) => [
        ['受理', 0],
        ['审查', spent(i)],
        ['决定', spent(i) + 30],
      ]),
      many(200, (i) =>
        i % 2 === 0
          ? [
              ['受理', 0],
              ['审查', spent(i)],
              ['决定', spent(i) + 30],
            ]
          : [
              ['受理', 0],
              ['决定', spent(i) + 30],
            ],
      ),
    )
    const { differences } = compareViews(a, b, zone)
    const [first] = differences
    expect(first).toMatchObject({
      compared: { kind: 'step', activity: '审查' },
      unit: 'share',
      a: { n: 200, value: 1, cases: 200 },
      b: { n: 200, value: 0.5, cases: 100 },
      effect: -0.5,
      sure: 'sure',
    })
    expect(first?.atLeast).toBeLessThan(-0.3)
    expect(first?.atLeast).toBeGreaterThan(-0.5)
    // where both steps happen their order is the same: the missing step is not told again as other edges
    expect(differences.filter(({ weight }) => weight > 0).map(named)).not.toContain('edge 受理 审查')
    expect(first && saysDifference(first)).toEqual({
      zh: '经过“审查”的办件：甲 100.0%，乙 50.0%；差异可靠。',
      en: 'Cases with “审查”: 100.0% in A, 50.0% in B; the difference is sure.',
    })
  })

  it('that wait differently before one step have this waiting, and the duration that follows from it, first', () => {
    const { a, b } = sides(
      many(100, (i) => [
        ['A', 0],
        ['B', 60 + i],
        ['C', 1000 + i],
      ]),
      many(100, (i) => [
        ['A', 0],
        ['B', 600 + i],
        ['C', 1540 + i],
      ]),
    )
    const { differences } = compareViews(a, b, zone)
    const leading = differences.filter(({ weight }) => weight > 0)
    expect(leading.map(named).sort()).toEqual(['duration', 'waiting B'])
    expect(leading.find(({ compared }) => compared.kind === 'waiting')).toMatchObject({
      unit: 'seconds',
      a: { n: 100, value: (60 + 49.5) * 60 },
      b: { n: 100, value: (600 + 49.5) * 60 },
      effect: 1,
    })
  })

  it('of few cases have no sure difference, however large it looks', () => {
    const { a, b } = sides(
      many(6, () => [
        ['A', 0],
        ['B', 10],
      ]),
      many(6, (i) =>
        i < 3
          ? [
              ['A', 0],
              ['C', 10],
            ]
          : [
              ['A', 0],
              ['B', 10],
            ],
      ),
    )
    const { differences, compared } = compareViews(a, b, zone)
    expect(compared).toBeGreaterThan(5)
    for (const difference of differences) expect(difference).toMatchObject({ weight: 0, atLeast: 0 })
  })

  it('a time that differs surely but by less than a hundredth of a case weighs nothing', () => {
    const { a, b } = sides(
      many(300, (i) => [
        ['A', 0],
        ['B', 1],
        ['C', 10_000 + i],
      ]),
      many(300, (i) => [
        ['A', 0],
        ['B', 2],
        ['C', 10_000 + i],
      ]),
    )
    const difference = compareViews(a, b, zone).differences.find((one) => named(one) === 'waiting B')
    expect(difference).toMatchObject({ effect: 1, sure: 'sure', weight: 0 })
  })

  it('compare the deviations that conformance found, among the cases that were judged', () => {
    const { a, b } = sides(
      many(100, () => [['A', 0]]),
      many(100, () => [['A', 0]]),
    )
    const { differences } = compareViews(a, b, zone, {
      deviations: {
        a: { judged: 90, byKey: new Map([['skipped:审查', 60]]) },
        b: {
          judged: 80,
          byKey: new Map([
            ['skipped:审查', 4],
            ['order:a:b', 6],
          ]),
        },
      },
    })
    expect(differences[0]).toMatchObject({
      compared: { kind: 'deviation', how: 'skipped', step: '审查' },
      a: { n: 90, cases: 60 },
      b: { n: 80, cases: 4 },
    })
    expect(differences.find(({ compared }) => 'step' in compared && compared.how === 'order')?.compared).toMatchObject({
      step: 'a:b',
    })
  })

  it('drawn from one source lead with nothing in all but a few of a hundred draws', () => {
    let seed = 7
    const draw = (below: number): number => {
      seed = (Math.imul(seed, 1664525) + 1013904223) >>> 0
      return Math.floor((seed / 2 ** 32) * below)
    }
    const steps = ['A', 'B', 'C', 'D', 'E', 'F', 'G', 'H']
    const drawn = () =>
      many(60, () => {
        let minute = 0
        return Array.from({ length: 1 + draw(7) }, (): HandEvent => {
          minute += draw(500)
          return [steps[draw(8)] as string, minute]
        })
      })
    let led = 0
    for (let round = 0; round < 100; round++) {
      const { a, b } = sides(drawn(), drawn())
      if (compareViews(a, b, zone).differences.some(({ weight }) => weight > 0)) led++
    }
    expect(led).toBeLessThanOrEqual(8)
  })

  it('change signs and keep their order of weights when the sides change', () => {
    fc.assert(
      fc.property(anyLog, (log) => {
        const cases = Int32Array.from(log.caseIds, (_, c) => c)
        const half = cases.length >> 1
        const [a, b] = [
          { log, cases: cases.subarray(0, half) },
          { log, cases: cases.subarray(half) },
        ]
        const one = compareViews(a, b, zone, { least: 1 })
        const other = compareViews(b, a, zone, { least: 1 })
        expect(other.compared).toBe(one.compared)
        const effects = new Map(other.differences.map((each) => [JSON.stringify(each.compared), each.effect]))
        for (const each of one.differences)
          expect(effects.get(JSON.stringify(each.compared))).toBeCloseTo(-each.effect, 9)
      }),
    )
  })
})
