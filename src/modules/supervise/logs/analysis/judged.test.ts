import { describe, expect, it } from 'vitest'
import { lettered } from '../../../../core/eventlog/fixtures/hand-log.ts'
import { isRefusal } from '../../../../core/refusal/refusal.ts'
import { variantName } from '../variant-name.ts'
import { answer } from './answer.ts'
import type { Verdict } from './judged.ts'
import { AnalysedLog } from './subject.ts'

const log = new AnalysedLog(lettered('ABC', 'ABC', 'AC', 'AB', 'AC', 'A'), 'Asia/Shanghai')
const verdict = (way: string, fits: boolean | null, deviations: Verdict['deviations'] = []): Verdict => ({
  variant: variantName([...way]),
  unfinished: false,
  fits,
  deviations,
})
const skipped = { key: 'skipped:B', kind: 'skipped' as const, step: 'B', element: 'b', events: 1 }
const repeated = { key: 'repeated:C', kind: 'repeated' as const, step: 'C', element: 'c', events: 3 }
// 'A' came after the judging: nothing is known of it.
const verdicts = [verdict('ABC', true), verdict('AC', false, [skipped, repeated]), verdict('AB', null)]

describe('the cases of a filter against a procedure', () => {
  it('fit, deviate, were not solved or not judged: each is one of these, and each deviation has its cases and events', () => {
    expect(answer(log, null, { kind: 'deviations', verdicts })).toEqual({
      cases: 6,
      allCases: 6,
      fitting: 2,
      deviating: 2,
      unsolved: 1,
      unjudged: 1,
      deviations: [
        { key: 'repeated:C', kind: 'repeated', step: 'C', element: 'c', cases: 2, events: 6 },
        { key: 'skipped:B', kind: 'skipped', step: 'B', element: 'b', cases: 2, events: 2 },
      ],
    })
    expect(answer(log, { contains: ['B'] }, { kind: 'deviations', verdicts })).toMatchObject({
      cases: 3,
      fitting: 2,
      deviating: 0,
      unsolved: 1,
      unjudged: 0,
      deviations: [],
    })
  })

  it.each([
    [{ fits: 'fitting' }, ['c0', 'c1']],
    [{ fits: 'deviating' }, ['c2', 'c4']],
    [{ fits: 'unsolved' }, ['c3']],
    [{ deviation: 'skipped:B' }, ['c2', 'c4']],
    [{ fits: 'fitting', deviation: 'skipped:B' }, []],
    [{ deviation: 'order:B' }, []],
  ] as const)('are listed by %o', (kept, ids) => {
    const page = { from: 0, limit: 10 }
    const listed = answer(log, null, { kind: 'cases', order: 'started', page, kept: { ...kept, verdicts } })
    if (isRefusal(listed)) throw new Error(listed.code)
    const { rows, total } = listed as { readonly rows: readonly { readonly id: string }[]; readonly total: number }
    expect(rows.map(({ id }) => id)).toEqual(ids)
    expect(total).toBe(ids.length)
  })
})
