import { describe, expect, it } from 'vitest'
import { randomNet, randomTrace, seeded } from './fixtures/random-net.ts'
import { nothingHappened, sumUp } from './log-conformance.ts'
import { TraceJudge, type TraceVerdict } from './trace-judge.ts'

describe('what a net says of a log', () => {
  it('lies, with some cases unsolved, between bounds that hold: of each case’s cost and of the log’s fitness', () => {
    let told = 0
    for (let seed = 1; seed <= 60; seed += 1) {
      const draw = seeded(seed * 17)
      const net = randomNet(draw, { faults: 0, silent: seed % 2 === 0 })
      const judge = new TraceJudge({ net, caseActs: [] })
      const variants = Array.from({ length: 6 }, (_, index) => ({
        trace: [...randomTrace(net, draw), ...(draw(3) === 0 ? ['收费'] : [])],
        unfinished: draw(4) === 0,
        cases: [2 * index, 2 * index + 1],
      }))
      const verdicts = variants.map(({ trace, unfinished }) => judge.judge(trace, unfinished))
      const nothing = judge.judge(nothingHappened.trace, false)
      const whole = sumUp(12, variants, verdicts, nothing)
      expect(whole.fitnessBounds).toEqual({ lower: whole.fitness, upper: whole.fitness })
      const some = verdicts.map((verdict, at): TraceVerdict => {
        if (draw(2) === 0) return verdict
        const { trace, unfinished } = variants[at] as (typeof variants)[number]
        return judge.unsolved(trace, unfinished, 'memory')
      })
      const partly = sumUp(12, variants, some, nothing)
      expect(partly.unsolved).toBe(partly.unsolvedBy.memory ?? 0)
      expect(partly.fitting + partly.deviating + partly.unsolved).toBe(12)
      const { lower, upper } = partly.fitnessBounds as { lower: number; upper: number }
      expect(lower).toBeLessThanOrEqual((whole.fitness as number) + 1e-12)
      expect(upper).toBeGreaterThanOrEqual((whole.fitness as number) - 1e-12)
      partly.variants.forEach(({ bounds, cost, why }, at) => {
        const known = whole.variants[at]?.cost as number
        if (why === null) expect(cost).toBe(known)
        else told += 1
        expect(bounds?.lower).toBeLessThanOrEqual(known)
        expect(bounds?.upper).toBeGreaterThanOrEqual(known)
      })
    }
    expect(told).toBeGreaterThan(100)
  })
  it('leaves the fitness of a case blank while the shortest run of the net is not known', () => {
    const draw = seeded(3)
    const net = randomNet(draw, { faults: 0, silent: false })
    const judge = new TraceJudge({ net, caseActs: [] })
    const variants = [{ trace: randomTrace(net, draw), unfinished: false, cases: [0] }]
    const verdicts = variants.map(({ trace, unfinished }) => judge.judge(trace, unfinished))
    const result = sumUp(1, variants, verdicts, judge.unsolved([], false, 'time'))
    expect(result).toMatchObject({ unsolved: 0, fitness: null, fitnessBounds: null, noEnd: false })
    expect(result.ofCase(0)).toMatchObject({ fitness: null, why: null })
  })
})
