import type { MarkingSpace } from './marking-space.ts'

/** Where a list of steps begins that has not been computed. */
const unknown = -1

/**
 * The steps that matter next in aligning: of all orders in which independent steps can happen, one is enough. At a
 * marking and an event still to come these are the strong stubborn set (Valmari 1991; Wehrle & Helmert, ICAPS 2014) around
 * the moves that use that event: the steps that would enable it, and those that compete with them. Every optimal alignment
 * has an equally cheap one that begins with a move of the set.
 */
export class StubbornSteps {
  readonly #space: MarkingSpace
  readonly #labelOf: Int32Array
  readonly #labels: number
  readonly #withLabel: readonly Int32Array[]
  readonly #inputs: readonly Int32Array[]
  /** Per place the transitions that add tokens to it, and those that need tokens of it. */
  readonly #givers: readonly Int32Array[]
  readonly #takers: readonly Int32Array[]
  readonly #finalTokens: Int32Array

  /** Open addressing: marking and label → offset into #steps. */
  #keys: Float64Array<ArrayBuffer> = new Float64Array(1 << 10).fill(unknown)
  #offsets: Int32Array<ArrayBuffer> = new Int32Array(1 << 10)
  #known = 0
  /** Number of steps, then pairs of transition and target marking. */
  #steps: Int32Array<ArrayBuffer> = new Int32Array(1 << 12)
  #used = 0

  readonly #stamp: Int32Array
  #round = 0
  readonly #agenda: Int32Array

  /** `labelOf[t]` is −1 for silent transitions. */
  constructor(space: MarkingSpace, labelOf: Int32Array, labels: number) {
    this.#space = space
    this.#labelOf = labelOf
    this.#labels = labels
    const { transitions, places, final } = space.net
    const having = (test: (transition: number) => boolean): Int32Array =>
      Int32Array.from(Array.from(transitions.keys()).filter(test))
    this.#withLabel = Array.from({ length: labels }, (_, label) => having((t) => labelOf[t] === label))
    this.#inputs = transitions.map(({ inputs }) => Int32Array.from(inputs))
    const givers: number[][] = places.map(() => [])
    const takers: number[][] = places.map(() => [])
    transitions.forEach(({ inputs, outputs }, transition) => {
      for (const place of inputs) takers[place]?.push(transition)
      for (const place of outputs) if (!inputs.includes(place)) givers[place]?.push(transition)
    })
    this.#givers = givers.map((list) => Int32Array.from(list))
    this.#takers = takers.map((list) => Int32Array.from(list))
    this.#finalTokens = new Int32Array(places.length)
    for (const place of final) this.#finalTokens[place] = (this.#finalTokens[place] as number) + 1
    this.#stamp = new Int32Array(transitions.length)
    this.#agenda = new Int32Array(transitions.length)
  }

  /** Memory that the lists take. */
  get bytes(): number {
    return this.#keys.byteLength + this.#offsets.byteLength + this.#steps.byteLength
  }

  /**
   * Where the steps of a marking begin for the label of the next event, or −1 when every event is used: `stepAt(offset)`
   * is their number, followed by transition and target in turn. Steps with the event's label can be its synchronous moves.
   */
  stepsOf(marking: number, label: number): number {
    const key = marking * (this.#labels + 1) + label + 1
    let mask = this.#keys.length - 1
    let slot = slotOf(marking, label) & mask
    for (let held = this.#keys[slot] as number; held !== unknown; held = this.#keys[slot] as number) {
      if (held === key) return this.#offsets[slot] as number
      slot = (slot + 1) & mask
    }
    const offset = label < 0 ? this.#towardsEnd(marking) : this.#towardsEvent(marking, label)
    this.#known += 1
    if (this.#known * 2 > this.#keys.length) {
      this.#rehash()
      mask = this.#keys.length - 1
      slot = slotOf(marking, label) & mask
      while (this.#keys[slot] !== unknown) slot = (slot + 1) & mask
    }
    this.#keys[slot] = key
    this.#offsets[slot] = offset
    return offset
  }

  stepAt(offset: number): number {
    return this.#steps[offset] as number
  }

  #rehash(): void {
    const [keys, offsets] = [this.#keys, this.#offsets]
    this.#keys = new Float64Array(keys.length * 2).fill(unknown)
    this.#offsets = new Int32Array(keys.length * 2)
    const mask = this.#keys.length - 1
    keys.forEach((key, old) => {
      if (key === unknown) return
      const marking = Math.floor(key / (this.#labels + 1))
      let slot = slotOf(marking, (key % (this.#labels + 1)) - 1) & mask
      while (this.#keys[slot] !== unknown) slot = (slot + 1) & mask
      this.#keys[slot] = key
      this.#offsets[slot] = offsets[old] as number
    })
  }

  #towardsEvent(marking: number, label: number): number {
    this.#round += 1
    let waiting = 0
    for (const transition of this.#withLabel[label] as Int32Array) {
      waiting = this.#demand(marking, transition, waiting)
    }
    this.#close(marking, waiting)
    return this.#keep(marking, label)
  }

  /** With every event used, some place still has too few or too many tokens: the smallest set around one of them. */
  #towardsEnd(marking: number): number {
    let least = Number.POSITIVE_INFINITY
    let best = unknown
    const start = this.#used
    for (let place = 0; place < this.#finalTokens.length && least > 1; place += 1) {
      if (this.#space.tokens(marking, place) === this.#finalTokens[place]) continue
      const count = this.#steps[this.#around(marking, place, start)] as number
      if (count >= least) continue
      least = count
      best = place
    }
    return this.#around(marking, best, start)
  }

  /** Writes down, at an offset, the set around what gives a place the tokens that it lacks, or takes those that it has too many. */
  #around(marking: number, place: number, offset: number): number {
    this.#round += 1
    this.#used = offset
    const few = this.#space.tokens(marking, place) < (this.#finalTokens[place] as number)
    let waiting = 0
    for (const transition of (few ? this.#givers : this.#takers)[place] as Int32Array) {
      waiting = this.#add(transition, waiting)
    }
    this.#close(marking, waiting)
    return this.#keep(marking, -1)
  }

  #add(transition: number, waiting: number): number {
    if (this.#stamp[transition] === this.#round) return waiting
    this.#stamp[transition] = this.#round
    this.#agenda[waiting] = transition
    return waiting + 1
  }

  #close(marking: number, waiting: number): void {
    for (let left = waiting; left > 0; ) left = this.#demand(marking, this.#agenda[left - 1] as number, left - 1)
  }

  /** Adds what competes with a step that can happen, or what would give it the tokens that it lacks. */
  #demand(marking: number, transition: number, waiting: number): number {
    const inputs = this.#inputs[transition] as Int32Array
    let lacking = unknown
    let fewest = Number.POSITIVE_INFINITY
    for (const place of inputs) {
      if (this.#space.tokens(marking, place) > 0) continue
      let added = 0
      for (const giver of this.#givers[place] as Int32Array) if (this.#stamp[giver] !== this.#round) added += 1
      if (added < fewest) {
        fewest = added
        lacking = place
      }
    }
    let left = waiting
    if (lacking >= 0) {
      for (const giver of this.#givers[lacking] as Int32Array) left = this.#add(giver, left)
    } else {
      for (const place of inputs) for (const taker of this.#takers[place] as Int32Array) left = this.#add(taker, left)
    }
    return left
  }

  /** Writes the steps of the closed set down, with the event's own. */
  #keep(marking: number, label: number): number {
    const space = this.#space
    const from = space.stepsOf(marking)
    const count = space.stepAt(from)
    const offset = this.#used
    if (offset + 1 + 2 * count > this.#steps.length) {
      const grown = new Int32Array(this.#steps.length * 2 + 2 * count)
      grown.set(this.#steps)
      this.#steps = grown
    }
    let at = offset + 1
    for (let step = 0; step < count; step += 1) {
      const transition = space.stepAt(from + 1 + 2 * step)
      if (this.#stamp[transition] !== this.#round && (label < 0 || this.#labelOf[transition] !== label)) continue
      this.#steps[at] = transition
      this.#steps[at + 1] = space.stepAt(from + 2 + 2 * step)
      at += 2
    }
    this.#steps[offset] = (at - offset - 1) / 2
    this.#used = at
    return offset
  }
}

const slotOf = (marking: number, label: number): number => {
  const mixed = Math.imul(marking, 0x9e3779b1) ^ Math.imul(label + 2, 0x85ebca6b)
  return mixed ^ (mixed >>> 15)
}
