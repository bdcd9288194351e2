import type { Move } from './deviation.ts'
import type { Net } from './net.ts'

/**
 * Of equally good alignments, the one that a person would tell: where an activity is logged twice in a row of deviations
 * and matched the second time, the first one counts as done and the second as the repeat.
 */
export function settle(moves: readonly Move[], net: Net, trace: readonly string[]): Move[] {
  const settled = [...moves]
  for (let at = 0; at < settled.length; at += 1) {
    const move = settled[at]
    if (move?.kind !== 'synchronous') continue
    const label = net.transitions[move.transition]?.label
    let earliest = -1
    for (let back = at - 1; back >= 0 && settled[back]?.kind !== 'synchronous'; back -= 1) {
      const earlier = settled[back]
      if (earlier?.kind === 'log' && trace[earlier.event] === label) earliest = back
    }
    if (earliest < 0) continue
    const events = settled.slice(earliest, at + 1).flatMap((each) => ('event' in each ? [each.event] : []))
    const runs = settled.slice(earliest, at).filter((each) => each.kind === 'silent' || each.kind === 'model')
    const [first, ...later] = events
    const logs = later.map((event): Move => ({ kind: 'log', event }))
    settled.splice(
      earliest,
      at + 1 - earliest,
      ...runs,
      { kind: 'synchronous', event: first as number, transition: move.transition },
      ...logs,
    )
  }
  return settled
}
