import type { Move } from './deviation.ts'
import type { Net } from './net.ts'

/** The tokens of a replayed trace. */
export interface Replay {
  /** Tokens that had to be added for a step that was not allowed, or for the end. */
  readonly missing: number
  /** Tokens left in the net after the end. */
  readonly remaining: number
  /** Tokens taken by steps, and by the end for its marking. */
  readonly consumed: number
  /** Tokens put by steps, and by the start for its marking. */
  readonly produced: number
}

class Tokens {
  readonly held: Int32Array
  readonly #net: Net
  missing = 0
  consumed = 0
  produced = 0

  constructor(net: Net) {
    this.#net = net
    this.held = new Int32Array(net.places.length)
    for (const place of net.initial) this.#put(place)
  }

  #put(place: number): void {
    this.held[place] = (this.held[place] as number) + 1
    this.produced += 1
  }

  #take(place: number): void {
    const held = this.held[place] as number
    if (held > 0) this.held[place] = held - 1
    else this.missing += 1
    this.consumed += 1
  }

  lacks(transition: number): number {
    let lacks = 0
    for (const place of this.#net.transitions[transition]?.inputs ?? []) if (this.held[place] === 0) lacks += 1
    return lacks
  }

  fire(transition: number): void {
    const { inputs, outputs } = this.#net.transitions[transition] as Net['transitions'][number]
    for (const place of inputs) this.#take(place)
    for (const place of outputs) this.#put(place)
  }

  end(): Replay {
    for (const place of this.#net.final) this.#take(place)
    const { missing, consumed, produced } = this
    return { missing, remaining: produced + missing - consumed, consumed, produced }
  }
}

/** Which transitions carry each label. */
function transitionsByLabel(net: Net): ReadonlyMap<string, readonly number[]> {
  const byLabel = new Map<string, number[]>()
  net.transitions.forEach(({ label }, index) => {
    if (label === null) return
    const known = byLabel.get(label)
    if (known) known.push(index)
    else byLabel.set(label, [index])
  })
  return byLabel
}

/** Of several transitions of one label the one that lacks the fewest tokens, the first of equals. */
function leastLacking(tokens: Tokens, candidates: readonly number[]): number | undefined {
  let best: number | undefined
  let least = Number.POSITIVE_INFINITY
  for (const candidate of candidates) {
    const lacks = tokens.lacks(candidate)
    if (lacks < least) {
      least = lacks
      best = candidate
    }
  }
  return best
}

/**
 * Token replay: every event fires its transition, with tokens added where they are missing; an activity that the net does
 * not know changes nothing. The start produces the initial marking and the end consumes the final one, as in
 * Rozinat & van der Aalst (Information Systems 33, 2008).
 *
 * On a net with silent steps the tokens do not tell which of them happened, so a trace is replayed along its optimal
 * alignment (`moves`): silent steps fire where the alignment has them, events fire in their order, and steps that only
 * the net shows do not fire. A case that fits then has nothing missing and nothing remaining.
 */
export class Replayer {
  readonly #net: Net
  readonly #byLabel: ReadonlyMap<string, readonly number[]>
  /** Whether the net has a silent transition: a trace is then replayed along its alignment only. */
  readonly silent: boolean

  constructor(net: Net) {
    this.#net = net
    this.#byLabel = transitionsByLabel(net)
    this.silent = net.transitions.some(({ label }) => label === null)
  }

  /** Whether the net has a step of this name. */
  knows(activity: string): boolean {
    return this.#byLabel.has(activity)
  }

  replay(trace: readonly string[], moves: readonly Move[] | null = null): Replay {
    const tokens = new Tokens(this.#net)
    const fireEvent = (activity: string): void => {
      const chosen = leastLacking(tokens, this.#byLabel.get(activity) ?? [])
      if (chosen !== undefined) tokens.fire(chosen)
    }
    if (moves === null) for (const activity of trace) fireEvent(activity)
    else {
      for (const move of moves) {
        if (move.kind === 'log') fireEvent(trace[move.event] as string)
        else if (move.kind !== 'model') tokens.fire(move.transition)
      }
    }
    return tokens.end()
  }
}
