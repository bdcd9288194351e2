import type { EventLog } from '../eventlog/event-log.ts'
import { variantsOf as sequencesOf } from '../eventlog/variants.ts'

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
  const { variants, ofCase } = sequencesOf(log)
  const found = new Map<number, { trace: string[]; unfinished: boolean; cases: number[] }>()
  ofCase.forEach((place, index) => {
    const open = unfinished(index)
    const key = 2 * place + (open ? 1 : 0)
    const known = found.get(key)
    if (known) known.cases.push(index)
    else {
      const codes = variants[place]?.activities ?? new Int32Array()
      const trace = Array.from(codes, (code) => log.activity.dictionary[code] ?? unnamedActivity)
      found.set(key, { trace, unfinished: open, cases: [index] })
    }
  })
  return [...found.values()]
}
