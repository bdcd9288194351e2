import { findCut } from './cuts.ts'
import { Follows } from './follows.ts'
import { projected, type SubLog, SubLogBuilder } from './sub-log.ts'

/** The first activity that every trace shows exactly once, if any. */
export function oncePerTrace(log: SubLog, follows: Follows): number | null {
  const once = new Uint8Array(follows.size).fill(1)
  for (const { codes } of log) {
    const times = new Int32Array(follows.size)
    for (const code of codes) {
      const node = follows.nodeOf.get(code) as number
      times[node] = (times[node] as number) + 1
    }
    for (let node = 0; node < follows.size; node += 1) if (times[node] !== 1) once[node] = 0
  }
  const node = once.indexOf(1)
  return node < 0 ? null : (follows.codes[node] as number)
}

/** The first activity without which the rest can be taken apart by a cut, if any. */
export function besideTheRest(log: SubLog, follows: Follows): number | null {
  if (follows.size < 3) return null
  return follows.codes.find((code) => findCut(Follows.of(projected(log, (other) => other !== code))) !== null) ?? null
}

/** Cuts every trace before each event that `begins` names; null where none is cut. */
function cutBefore(log: SubLog, begins: (before: number, code: number) => boolean): SubLog | null {
  const pieces = new SubLogBuilder()
  let cut = false
  for (const { codes, count } of log) {
    let from = 0
    for (let at = 1; at < codes.length; at += 1) {
      if (!begins(codes[at - 1] as number, codes[at] as number)) continue
      pieces.add(codes.slice(from, at), count)
      from = at
      cut = true
    }
    pieces.add(codes.slice(from), count)
  }
  return cut ? pieces.build() : null
}

/** The rounds of a loop: traces cut wherever an activity that starts traces directly follows one that ends them. */
export function strictRounds(log: SubLog, follows: Follows): SubLog | null {
  const node = (code: number): number => follows.nodeOf.get(code) as number
  return cutBefore(log, (before, code) => follows.isEnd(node(before)) && follows.isStart(node(code)))
}

/** The rounds of a loop: traces cut before every activity that starts traces. */
export function rounds(log: SubLog, follows: Follows): SubLog | null {
  return cutBefore(log, (_, code) => follows.isStart(follows.nodeOf.get(code) as number))
}
