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
    const stretch = settled.slice(earliest, at + 1)
    const events = stretch.flatMap((each) => ('event' in each ? [each.event] : []))
    const [first, ...later] = events
    // As many moves as before, the net's own first: written in place, since a stretch can be very long.
    const told = [
      stretch.filter((each) => each.kind === 'silent' || each.kind === 'model'),
      { kind: 'synchronous', event: first as number, transition: move.transition } as const,
      later.map((event): Move => ({ kind: 'log', event })),
    ].flat()
    told.forEach((each, offset) => {
      settled[earliest + offset] = each
    })
  }
  return settled
}
