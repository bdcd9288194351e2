import type { Move } from './deviation.ts'
import type { Net } from './net.ts'

/** In a code, the half that a move does not have. */
const none = -1

/**
 * The moves of an alignment as pairs of event and transition, so that they pass between threads without being copied one
 * by one. Which kind a move is follows from its halves and, for a step that only the net shows, from its label.
 */
export function encodeMoves(moves: readonly Move[]): Int32Array<ArrayBuffer> {
  const codes = new Int32Array(2 * moves.length)
  moves.forEach((move, at) => {
    codes[2 * at] = 'event' in move ? move.event : none
    codes[2 * at + 1] = 'transition' in move ? move.transition : none
  })
  return codes
}

/** The moves that `encodeMoves` wrote, for the same net. */
export function decodeMoves(codes: Int32Array, net: Net): Move[] {
  const moves: Move[] = []
  for (let at = 0; at < codes.length; at += 2) {
    const event = codes[at] as number
    const transition = codes[at + 1] as number
    if (transition === none) moves.push({ kind: 'log', event })
    else if (event === none)
      moves.push({ kind: net.transitions[transition]?.label === null ? 'silent' : 'model', transition })
    else moves.push({ kind: 'synchronous', event, transition })
  }
  return moves
}
