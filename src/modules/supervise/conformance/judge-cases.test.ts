import { describe, expect, it } from 'vitest'
import { analyse } from '../../../core/procedure/analyse.ts'
import { logOf } from '../../../core/procedure/fixtures/log-of.ts'
import { randomNet, randomTrace, seeded } from '../../../core/procedure/fixtures/random-net.ts'
import type { LogConformance } from '../../../core/procedure/log-conformance.ts'
import type { Net } from '../../../core/procedure/net.ts'
import { type JudgingLimits, judgeCases } from './judge-cases.ts'
import type { JudgingProgress } from './judging-tally.ts'

const limits: JudgingLimits = { threads: 2, memory: 512, seconds: 60, caseSeconds: null }

const told = ({ ofCase, ...result }: LogConformance) => ({
  ...result,
  byCase: result.variants.map((_, c) => ofCase(c)),
})

const step = (id: string, from: number, to: number) => ({ id, label: id, inputs: [from], outputs: [to] })
const permit: Net = {
  places: ['start', 'accepted', 'decided', 'end'].map((id) => ({ id })),
  transitions: [step('受理', 0, 1), step('决定', 1, 2), step('送达', 2, 3)],
  initial: [0],
  final: [3],
}

/** Every order of many steps side by side: too wide to be listed, and no trace of it is cheap to align. */
function sideBySide(steps: number): Net {
  const transitions = Array.from({ length: steps }, (_, at) => step(`办${at}`, at, steps + at))
  const all = Array.from({ length: steps }, (_, at) => at)
  const places = Array.from({ length: 2 * steps }, (_, at) => ({ id: `p${at}` }))
  return { places, transitions, initial: all, final: all.map((at) => steps + at) }
}

describe('a log judged in threads', () => {
  it('has the result that one thread without a pool has, whatever the number of threads', async () => {
    for (let seed = 1; seed <= 4; seed += 1) {
      const draw = seeded(seed * 31)
      const net = randomNet(draw, { faults: seed % 2, silent: true })
      const log = logOf(Array.from({ length: 300 }, () => randomTrace(net, draw)))
      const unfinished = (index: number): boolean => index % 3 === 0
      const expected = told(analyse(log, net, { unfinished }))
      for (const threads of [1, 3]) {
        const result = await judgeCases(log, { net, caseActs: [] }, { ...limits, threads }, { unfinished })
        expect([seed, threads, told(result)]).toEqual([seed, threads, expected])
      }
    }
  })
  it('tells how far it has come, and in the end that all cases are judged', async () => {
    const seen: JudgingProgress[] = []
    const log = logOf([['受理', '决定', '送达'], ['受理'], ['受理'], []])
    await judgeCases(log, { net: permit, caseActs: [] }, limits, { onProgress: (now) => seen.push(now) })
    expect(seen.at(-1)).toEqual({ judged: 4, cases: 4, unsolved: 0, gap: 0 })
    expect(seen.map(({ judged }) => judged)).toEqual(seen.map(({ judged }) => judged).sort((a, b) => a - b))
  })
  it('counts an activity that the procedure does not know as a deviation of the case that has it, and judges the others', async () => {
    const log = logOf([['受理', '决定', '送达'], ['受理', '收费', '决定', '送达'], ['收费']])
    const result = await judgeCases(log, { net: permit, caseActs: [] }, limits)
    expect([0, 1, 2].map((index) => result.ofCase(index).cost)).toEqual([0, 10_000, 40_000])
    expect(result.ofCase(1).deviations).toEqual([{ kind: 'unknown', step: '收费', events: [1] }])
  })
  it('leaves blank what the time does not suffice for, with bounds that hold', async () => {
    const log = logOf([['受理', '决定', '送达'], ['受理', '送达', '收费'], [], ['受理']])
    const optimal = [0, 20_000, 30_000, 0]
    const unfinished = (index: number): boolean => index === 3
    const hasty = { ...limits, caseSeconds: 1e-6 }
    const result = await judgeCases(log, { net: permit, caseActs: [] }, hasty, { unfinished })
    expect(result).toMatchObject({ unsolved: 4, unsolvedBy: { time: 4 }, fitness: null })
    optimal.forEach((cost, index) => {
      const { bounds, ...blank } = result.ofCase(index)
      expect(blank).toMatchObject({ cost: null, fits: null, fitness: null, why: 'time' })
      expect(bounds?.lower).toBeLessThanOrEqual(cost)
      expect(bounds?.upper ?? Number.POSITIVE_INFINITY).toBeGreaterThanOrEqual(cost)
    })
  })
  it('leaves every case blank and says so where the memory does not suffice for a thread', async () => {
    const log = logOf([
      ['受理', '决定', '送达'],
      ['受理', '收费'],
    ])
    const result = await judgeCases(log, { net: permit, caseActs: [] }, { ...limits, memory: 1 })
    expect(result).toMatchObject({ unsolved: 2, unsolvedBy: { memory: 2 }, fitness: null, fitnessBounds: null })
    expect(result.ofCase(1)).toMatchObject({ cost: null, why: 'memory', bounds: { lower: 10_000, upper: null } })
    expect(result.ofCase(1).replay).toEqual({ missing: 1, remaining: 1, consumed: 2, produced: 2 })
  })
  it('leaves blank what a defect of the program does not let it judge, and tells of the defect', async () => {
    const broken = { ...permit, transitions: [...permit.transitions, { id: 'x', label: '收费' }] } as unknown as Net
    const told: unknown[] = []
    const log = logOf([
      ['受理', '决定', '送达'],
      ['受理', '盖章'],
    ])
    const result = await judgeCases(log, { net: broken, caseActs: [] }, limits, {
      onDefect: (error) => told.push(error),
    })
    expect(result).toMatchObject({ unsolved: 2, unsolvedBy: { defect: 2 } })
    expect(result.ofCase(1)).toMatchObject({ cost: null, why: 'defect', bounds: { lower: 10_000, upper: null } })
    expect(told.length).toBeGreaterThan(0)
    expect(told.every((error) => error instanceof Error)).toBe(true)
  })
  it('ends within a second of being cancelled', async () => {
    const net = sideBySide(60)
    const names = net.transitions.map(({ label }) => label as string)
    const draw = seeded(5)
    const log = logOf(Array.from({ length: 400 }, () => [...names, ...names].sort(() => draw(3) - 1)))
    const controller = new AbortController()
    const judging = judgeCases(log, { net, caseActs: [] }, limits, { signal: controller.signal })
    await new Promise((go) => setTimeout(go, 300))
    const began = performance.now()
    controller.abort(new Error('enough'))
    await expect(judging).rejects.toThrow('enough')
    expect(performance.now() - began).toBeLessThan(1000)
  })
})
