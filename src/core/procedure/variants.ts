import type { EventLog } from '../eventlog/event-log.ts'

/** Cases that show the same activities in the same order, and are all ended or all still under way. */
export interface Variant {
  readonly trace: readonly string[]
  readonly unfinished: boolean
  /** Indices of its cases in the log. */
  readonly cases: readonly number[]
}

/** A missing activity reads as this: no procedure knows it. */
export const unnamedActivity = ''

/**
 * The variants of a log, in order of first appearance. `unfinished` tells which cases are still under way.
 */
export function variantsOf(log: EventLog, unfinished: (caseIndex: number) => boolean = () => false): Variant[] {
  const { dictionary, codes } = log.activity
  const byKey = new Map<string, { trace: string[]; unfinished: boolean; cases: number[] }>()
  for (let index = 0; index < log.caseIds.length; index += 1) {
    const own = codes.subarray(log.caseStart[index], log.caseStart[index + 1])
    const open = unfinished(index)
    const key = `${open ? '…' : ''}${own.join()}`
    const known = byKey.get(key)
    if (known) known.cases.push(index)
    else {
      const trace = Array.from(own, (code) => dictionary[code] ?? unnamedActivity)
      byKey.set(key, { trace, unfinished: open, cases: [index] })
    }
  }
  return [...byKey.values()]
}
