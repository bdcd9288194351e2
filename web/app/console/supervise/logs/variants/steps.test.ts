import { describe, expect, it } from 'vitest'
import { stepBounds, stepsOf } from './steps.ts'

const names = { nameOf: (element: string) => `〈${element}〉`, activityName: (activity: string) => activity }
const move = (
  kind: 'synchronous' | 'log' | 'model' | 'silent',
  event: number | null,
  element: string | null = null,
) => ({
  kind,
  event,
  element,
})
const read = (activities: readonly string[], path: ReturnType<typeof move>[], order: readonly number[] = []) =>
  stepsOf(
    activities,
    {
      path,
      deviations: order.length > 0 ? [{ kind: 'order', step: '', says: { zh: '', en: '' }, events: [...order] }] : [],
    },
    names,
  ).map(({ says, kind }) => (kind === 'kept' ? says : `${kind} ${says}`))

describe('a way against its procedure, step by step', () => {
  it('has what is missing where the procedure has it, and what is too many where it happened', () => {
    const path = [
      move('synchronous', 0, 'a'),
      move('silent', null, 'gateway'),
      move('model', null, 'review'),
      move('log', 1),
      move('synchronous', 2, 'b'),
    ]
    expect(read(['受理', '公示', '决定'], path)).toEqual(['受理', 'missing 〈review〉', 'extra 公示', '决定'])
  })
  it('tells a step out of order from one too many', () => {
    const path = [move('log', 0), move('synchronous', 1, 'a'), move('model', null, 'd')]
    expect(read(['决定', '受理'], path, [0])).toEqual(['order 决定', '受理', 'missing 〈d〉'])
  })
  it('leaves out no step, even one that may happen from anywhere and is no move: a withdrawal, at the end or amid', () => {
    expect(read(['受理', '中止', '决定', '撤回'], [move('synchronous', 0), move('synchronous', 2)])).toEqual([
      '受理',
      '中止',
      '决定',
      '撤回',
    ])
  })
  it('is the steps alone where nothing was judged or solved', () => {
    expect(stepsOf(['受理'], undefined, names)).toEqual([{ says: '受理', kind: 'kept' }])
    expect(read(['受理', '决定'], [])).toEqual(['受理', '决定'])
  })
})

describe('a way that was not solved', () => {
  it('says between how many of its steps are surely beside the procedure, and where nothing bounds them from above', () => {
    expect(stepBounds({ lower: 20_003, upper: 50_012 })).toEqual({ least: 2, most: 5 })
    expect(stepBounds({ lower: 10_000, upper: null })).toEqual({ least: 1, most: null })
    expect(stepBounds({ lower: null, upper: null })).toEqual({ least: 0, most: null })
  })
})
