import { describe, expect, it } from 'vitest'
import { analyse } from './analyse.ts'
import { commonDeviations } from './common-deviations.ts'
import { logOf } from './fixtures/log-of.ts'
import type { Net } from './net.ts'
import type { CaseAct } from './procedure.ts'

const net: Net = {
  places: ['start', 'accepted', 'decided', 'end'].map((id) => ({ id })),
  transitions: [
    { id: 'a', label: '受理', inputs: [0], outputs: [1] },
    { id: 'b', label: '决定', inputs: [1], outputs: [2] },
    { id: 'c', label: '送达', inputs: [2], outputs: [3] },
  ],
  initial: [0],
  final: [3],
}

const act = (activity: string, clock: CaseAct['clock']): CaseAct => ({
  act: clock === 'ends' ? 'withdraw' : 'suspend',
  activity,
  role: 'applicant',
  clock,
  extension: null,
  basis: [],
})

describe('a log judged by a procedure', () => {
  it('counts what fits and what does not, each variant once, and how far the log is from fitting', () => {
    const result = analyse(logOf([['受理', '决定', '送达'], ['受理', '送达'], ['受理', '决定', '送达'], ['收费']]), net)
    expect(result).toMatchObject({ cases: 4, fitting: 2, deviating: 2, unsolved: 0, noEnd: false })
    expect(result.variants.map(({ variant }) => variant.cases)).toEqual([[0, 2], [1], [3]])
    expect(result.ofCase(1)).toMatchObject({ fits: false, cost: 10_000, fitness: 0.8 })
    expect(result.ofCase(3)).toMatchObject({ cost: 40_000, fitness: 0 })
    expect(result.fitness).toBeCloseTo(1 - 5 / (6 + 5 + 6 + 4), 12)
    expect(commonDeviations(result)[0]).toMatchObject({ kind: 'skipped', step: '决定', cases: 1 })
  })
  it('holds no declared act against a case, and demands nothing more after one that ends it', () => {
    const log = logOf([
      ['受理', '中止', '决定', '送达'],
      ['受理', '撤回'],
      ['决定', '撤回'],
      ['受理', '中止'],
    ])
    const result = analyse(log, net, { caseActs: [act('撤回', 'ends'), act('中止', 'pauses')] })
    expect([0, 1, 2, 3].map((index) => result.ofCase(index).cost)).toEqual([0, 0, 10_000, 20_000])
    expect(result.ofCase(2).deviations).toMatchObject([{ kind: 'skipped', step: '受理' }])
    expect(result.ofCase(0).moves).toEqual([
      { kind: 'synchronous', event: 0, transition: 0 },
      { kind: 'synchronous', event: 2, transition: 1 },
      { kind: 'synchronous', event: 3, transition: 2 },
    ])
  })
  it('demands of a case still under way only what it should have done so far', () => {
    const result = analyse(logOf([['受理'], ['受理'], ['决定']]), net, { unfinished: (index) => index > 0 })
    expect([0, 1, 2].map((index) => result.ofCase(index).cost)).toEqual([20_000, 0, 10_000])
  })
  it('says that nothing can be judged where the end is out of reach', () => {
    const result = analyse(logOf([['受理'], ['收费']]), { ...net, final: [0, 3] })
    expect(result).toMatchObject({ noEnd: true, unsolved: 2, fitting: 0, deviating: 0, fitness: null })
    expect(result.ofCase(0)).toMatchObject({ fits: null, cost: null, fitness: null })
  })
  it('gives an empty trace its price, and tells how far it has come', () => {
    const seen: number[] = []
    const result = analyse(logOf([[], ['受理', '决定', '送达']]), net, { onProgress: (done) => seen.push(done) })
    expect(result.ofCase(0)).toMatchObject({ cost: 30_000, fitness: 0 })
    expect(seen).toEqual([1, 2])
  })
})
