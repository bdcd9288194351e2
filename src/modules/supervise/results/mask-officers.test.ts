import { createHash } from 'node:crypto'
import { describe, expect, it } from 'vitest'
import { exampleLog } from '../../../core/check/run-examples.ts'
import { textAt } from '../../../core/eventlog/event-log.ts'
import { officerMark } from '../../../core/finding/officer-mark.ts'
import { pseudonym } from '../logs/pseudonym.ts'
import { maskOfficers } from './mask-officers.ts'

const key = Buffer.alloc(32, 7)
const code = (officer: string) => pseudonym(key, officer)
const mark = (officer: string) =>
  officerMark((text) => createHash('sha256').update(text).digest('hex'), 'log-1', officer)
const log = exampleLog(
  {
    name: 'x',
    given: {
      events: [
        ['2025-09-03T09:00', '实地核查', 'W1、W2', { 协办人: 'W3' }],
        ['2025-09-04T09:00', '决定', 'W2'],
      ],
    },
    expect: [],
  },
  'Asia/Shanghai',
)
const shown = (masked: ReturnType<typeof maskOfficers>, column: string, event: number) => {
  const values = masked.log.eventAttributes.get(column)
  return values === undefined ? null : textAt(values, event)
}

describe('a log whose officers are masked', () => {
  it('shows each of several officers under their own code, the same in every column and row', () => {
    const masked = maskOfficers(log, { officers: { separator: '、', also: ['协办人'] } }, 'log-1', key)
    expect(shown(masked, 'officer', 0)).toBe(`${code('W1')}、${code('W2')}`)
    expect(shown(masked, 'officer', 1)).toBe(code('W2'))
    expect(shown(masked, '协办人', 0)).toBe(code('W3'))
    expect(masked.marksOf(`${code('W1')}、${code('W3')}`)).toEqual([mark('W1'), mark('W3')])
  })
  it('takes a cell for one officer where the plan states no separator', () => {
    const masked = maskOfficers(log, {}, 'log-1', key)
    expect(shown(masked, 'officer', 0)).toBe(code('W1、W2'))
    expect(masked.marksOf(code('W1、W2'))).toEqual([mark('W1、W2')])
    expect(masked.marksOf('nobody')).toEqual([])
  })
})
