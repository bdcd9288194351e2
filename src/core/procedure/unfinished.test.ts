import { describe, expect, it } from 'vitest'
import type { EventLog, StringColumn } from '../eventlog/event-log.ts'
import { unfinishedCases } from './unfinished.ts'

const column = (codes: readonly number[]): StringColumn => ({
  dictionary: ['2025-10-09T08:00:00Z'],
  codes: Int32Array.from(codes),
})
const logWith = (caseAttributes: ReadonlyMap<string, StringColumn>): EventLog => ({
  caseIds: ['a', 'b'],
  caseStart: Int32Array.of(0, 0, 0),
  activity: column([]),
  time: new Float64Array(0),
  row: new Int32Array(0),
  eventAttributes: new Map(),
  caseAttributes,
})

describe('a case under way', () => {
  it('is one without an end where the log says where an end stands', () => {
    expect([...unfinishedCases(logWith(new Map([['end', column([0, -1])]])))]).toEqual([0, 1])
  })
  it('is nowhere in a log that does not say', () => {
    expect([...unfinishedCases(logWith(new Map()))]).toEqual([0, 0])
  })
})
