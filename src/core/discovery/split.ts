import type { Cut } from './cuts.ts'
import type { Follows } from './follows.ts'
import { projected, type SubLog, SubLogBuilder } from './sub-log.ts'

/** Which group each activity's code belongs to. */
function groupsOf(cut: Cut, follows: Follows): ReadonlyMap<number, number> {
  return new Map(
    cut.groups.flatMap((group, index) => group.map((node): [number, number] => [follows.codes[node] as number, index])),
  )
}

/** Each trace goes to the group that most of its events are of (the first of equals), without its other events. */
function splitExclusive(log: SubLog, groupOf: ReadonlyMap<number, number>, groups: number): SubLog[] {
  const parts = Array.from({ length: groups }, () => new SubLogBuilder())
  for (const { codes, count } of log) {
    const events = new Int32Array(groups)
    for (const code of codes) {
      const group = groupOf.get(code) as number
      events[group] = (events[group] as number) + 1
    }
    const most = events.indexOf(Math.max(...events))
    const kept = codes.filter((code) => groupOf.get(code) === most)
    parts[most]?.add(kept, count)
  }
  return parts.map((part) => part.build())
}

/**
 * Each trace is cut into one stretch per stage so that the fewest events stand outside the stretch of their stage; those
 * are left out. Without rare behaviour left out before, none does.
 */
function splitSequence(log: SubLog, groupOf: ReadonlyMap<number, number>, groups: number): SubLog[] {
  const parts = Array.from({ length: groups }, () => new SubLogBuilder())
  for (const { codes, count } of log) {
    const length = codes.length
    const stage = codes.map((code) => groupOf.get(code) as number)
    // least[e] = fewest events left out of the first e, with the stages up to the present one
    let least = new Int32Array(length + 1)
    for (let e = 0; e < length; e += 1) least[e + 1] = (least[e] as number) + (stage[e] === 0 ? 0 : 1)
    const begins: Int32Array[] = [new Int32Array(length + 1)]
    for (let own = 1; own < groups; own += 1) {
      const next = least.slice()
      const begin = Int32Array.from(next, (_, e) => e)
      for (let e = 1; e <= length; e += 1) {
        const longer = (next[e - 1] as number) + (stage[e - 1] === own ? 0 : 1)
        if (longer >= (next[e] as number)) continue
        next[e] = longer
        begin[e] = begin[e - 1] as number
      }
      begins.push(begin)
      least = next
    }
    let end = length
    for (let own = groups - 1; own >= 0; own -= 1) {
      const begin = begins[own]?.[end] as number
      parts[own]?.add(
        codes.slice(begin, end).filter((_, at) => stage[begin + at] === own),
        count,
      )
      end = begin
    }
  }
  return parts.map((part) => part.build())
}

/**
 * Each trace falls into runs of the body and of redos in turn. Where two redos meet, or a trace begins or ends with one,
 * the body between them is empty.
 */
function splitLoop(log: SubLog, groupOf: ReadonlyMap<number, number>, groups: number): SubLog[] {
  const parts = Array.from({ length: groups }, () => new SubLogBuilder())
  for (const { codes, count } of log) {
    let own = 0
    let run: number[] = []
    const close = (next: number): void => {
      parts[own]?.add(run, count)
      if (own !== 0 && next !== 0) parts[0]?.add([], count)
      run = []
      own = next
    }
    for (const code of codes) {
      const group = groupOf.get(code) as number
      if (group !== own) close(group)
      run.push(code)
    }
    if (own !== 0) close(0)
    close(0)
  }
  return parts.map((part) => part.build())
}

/** The sub-log of each group of a cut. */
export function splitLog(log: SubLog, cut: Cut, follows: Follows): SubLog[] {
  const groupOf = groupsOf(cut, follows)
  switch (cut.kind) {
    case 'exclusive':
      return splitExclusive(log, groupOf, cut.groups.length)
    case 'sequence':
      return splitSequence(log, groupOf, cut.groups.length)
    case 'parallel':
      return cut.groups.map((_, group) => projected(log, (code) => groupOf.get(code) === group))
    case 'loop':
      return splitLoop(log, groupOf, cut.groups.length)
  }
}
