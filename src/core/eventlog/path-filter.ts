import { activitiesOf } from './activities.ts'
import type { CaseCondition } from './apply-filter.ts'
import type { EventLog } from './event-log.ts'
import type { LogFilter, PathStep } from './log-filter.ts'

/** No activity of the log has this name. */
const ABSENT = -1

/** The conditions of a filter that speak of the way a case went. */
export function pathConditions(log: EventLog, filter: LogFilter): CaseCondition[] {
  const { names, codes } = activitiesOf(log)
  const places = new Map(names.map((name, code) => [name, code]))
  const codeOf = (name: string): number => places.get(name) ?? ABSENT
  const { caseStart } = log
  const start = (c: number): number => caseStart[c] as number
  const end = (c: number): number => caseStart[c + 1] as number
  const times = (c: number, code: number): number => {
    let count = 0
    for (let i = start(c); i < end(c); i++) if (codes[i] === code) count++
    return count
  }
  const conditions: CaseCondition[] = []
  for (const name of filter.contains ?? []) {
    const code = codeOf(name)
    conditions.push((c) => times(c, code) > 0)
  }
  for (const name of filter.lacks ?? []) {
    const code = codeOf(name)
    conditions.push((c) => times(c, code) === 0)
  }
  for (const name of filter.repeats ?? []) {
    const code = codeOf(name)
    conditions.push((c) => times(c, code) > 1)
  }
  for (const step of filter.follows ?? []) conditions.push(followsCondition(codes, codeOf, step, start, end))
  if (filter.startsWith !== undefined) {
    const wanted = new Set(filter.startsWith.map(codeOf))
    conditions.push((c) => end(c) > start(c) && wanted.has(codes[start(c)] as number))
  }
  if (filter.endsWith !== undefined) {
    const wanted = new Set(filter.endsWith.map(codeOf))
    conditions.push((c) => end(c) > start(c) && wanted.has(codes[end(c) - 1] as number))
  }
  if (filter.variant !== undefined) {
    const ways = filter.variant.map((way) => way.map(codeOf))
    conditions.push((c) =>
      ways.some((way) => way.length === end(c) - start(c) && way.every((code, i) => codes[start(c) + i] === code)),
    )
  }
  return conditions
}

function followsCondition(
  codes: Int32Array,
  codeOf: (name: string) => number,
  { from, to, how }: PathStep,
  start: (c: number) => number,
  end: (c: number) => number,
): CaseCondition {
  const [a, b] = [codeOf(from), codeOf(to)]
  if (how === 'directly') {
    return (c) => {
      for (let i = start(c) + 1; i < end(c); i++) if (codes[i] === b && codes[i - 1] === a) return true
      return false
    }
  }
  return (c) => {
    let met = false
    for (let i = start(c); i < end(c); i++) {
      if (met && codes[i] === b) return true
      if (codes[i] === a) met = true
    }
    return false
  }
}
