import { describe, expect, it } from 'vitest'
import { whyUnsolved } from './why-unsolved.ts'

const limits = { threads: 2, memory: 512, seconds: 90, caseSeconds: 5 }

describe('why costs are blank', () => {
  it('is not said where none is', () => {
    expect(whyUnsolved({ noEnd: false, unsolved: 0, unsolvedBy: {} }, limits)).toBeNull()
  })
  it('names each limit with the cases that met it, in both languages', () => {
    const result = { noEnd: false, unsolved: 9, unsolvedBy: { time: 4, memory: 3, states: 1, defect: 1 } }
    expect(whyUnsolved(result, limits)).toEqual({
      zh: '9 件没有算完，代价空着，只给出已证明的上下界：4 件到了时限（共 90 秒，每件 5 秒），3 件用完了内存（512 MiB），1 件到了状态数的上限，1 件因程序的缺陷没有算成。可以加大时限或内存再算。',
      en: '9 cases were not solved; their cost is blank, with its proven bounds: 4 met the time limit (90 s in all, 5 s a case), 3 ran out of memory (512 MiB), 1 met the limit of states, 1 failed by a defect of the program. More time or memory may solve them.',
    })
    expect(whyUnsolved({ ...result, unsolvedBy: { time: 9 } }, null)?.en).toContain('9 met the time limit. More')
  })
  it('is the end out of reach where no case can run to it', () => {
    const result = { noEnd: true, unsolved: 2, unsolvedBy: { 'no-end': 2 } }
    expect(whyUnsolved(result, limits)?.en).toMatch(/cannot be reached from its start \(proven\)/)
  })
})
