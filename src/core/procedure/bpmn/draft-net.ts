import type { Net } from '../net.ts'

interface DraftTransition {
  readonly label: string | null
  readonly element: string
  inputs: number[]
  outputs: number[]
}

const none: ReadonlySet<number> = new Set()

function replace(places: number[], gone: number, kept: number): void {
  places.forEach((place, at) => {
    if (place === gone) places[at] = kept
  })
}

/** A net being compiled: silent steps that change nothing but the drawing are taken out before it is finished. */
export class DraftNet {
  readonly #places: string[] = []
  /** Null for what was taken out. */
  readonly #transitions: (DraftTransition | null)[] = []
  /** Per place the transitions that take from it, and those that put to it. */
  readonly #leaving = new Map<number, Set<number>>()
  readonly #entering = new Map<number, Set<number>>()

  place(id: string): number {
    this.#places.push(id)
    return this.#places.length - 1
  }

  /** A step that a log shows, or a silent one where it has no label. */
  step(label: string | null, element: string, inputs: readonly number[], outputs: readonly number[]): void {
    const index = this.#transitions.push({ label, element, inputs: [...inputs], outputs: [...outputs] }) - 1
    for (const place of inputs) note(this.#leaving, place, index)
    for (const place of outputs) note(this.#entering, place, index)
  }

  silent(element: string, inputs: readonly number[], outputs: readonly number[]): void {
    this.step(null, element, inputs, outputs)
  }

  /** Some step has more than one output: two things can be under way at once. */
  get hasParallel(): boolean {
    return this.#transitions.some((step) => step !== null && step.outputs.length > 1)
  }

  /**
   * Takes out silent steps with one input and one output where the net allows exactly the same runs without them: either
   * nothing else can leave the input, or whatever leaves the output needs that output alone.
   */
  #reduce(initial: number, final: number): void {
    // A step that may not go may go later only where it was moved to another place or is left alone at one: then it is
    // asked again, the first ones first.
    const asked = new Uint8Array(this.#transitions.length).fill(1)
    let at = 0
    const ask = (steps: Iterable<number>): void => {
      for (const index of steps) {
        asked[index] = 1
        at = Math.min(at, index)
      }
    }
    while (at < asked.length) {
      const step = this.#transitions[at]
      if (asked[at] === 0 || !step || !this.#removable(step, initial, final)) {
        asked[at] = 0
        at += 1
        continue
      }
      const [from, to] = [step.inputs[0] as number, step.outputs[0] as number]
      this.#transitions[at] = null
      this.#leaving.get(from)?.delete(at)
      this.#entering.get(to)?.delete(at)
      if (from !== to) {
        const [kept, gone] = this.#leavingOf(from).size > 0 || from === initial ? [from, to] : [to, from]
        ask(this.#move(gone, kept))
      }
      for (const place of [from, to]) {
        for (const around of [this.#leavingOf(place), this.#enteringOf(place)]) if (around.size === 1) ask(around)
      }
    }
  }

  #leavingOf(place: number): ReadonlySet<number> {
    return this.#leaving.get(place) ?? none
  }

  #enteringOf(place: number): ReadonlySet<number> {
    return this.#entering.get(place) ?? none
  }

  #removable(step: DraftTransition, initial: number, final: number): boolean {
    if (step.label !== null || step.inputs.length !== 1 || step.outputs.length !== 1) return false
    const [from, to] = [step.inputs[0] as number, step.outputs[0] as number]
    if (from === to) return true
    const entering = this.#enteringOf(to)
    if (this.#leavingOf(from).size === 1) {
      return !(from === initial && to === final) && this.#enteringOf(from).isDisjointFrom(entering)
    }
    if (to === final || to === initial || entering.size !== 1) return false
    const leaving = this.#leavingOf(to)
    return leaving.size > 0 && [...leaving].every((index) => this.#transitions[index]?.inputs.length === 1)
  }

  /** Lets all that takes from one place or puts to it do so with another instead; gives the steps that this changed. */
  #move(gone: number, kept: number): readonly number[] {
    const [leaving, entering] = [[...this.#leavingOf(gone)], [...this.#enteringOf(gone)]]
    for (const index of leaving) {
      replace(this.#transitions[index]?.inputs ?? [], gone, kept)
      note(this.#leaving, kept, index)
    }
    for (const index of entering) {
      replace(this.#transitions[index]?.outputs ?? [], gone, kept)
      note(this.#entering, kept, index)
    }
    this.#leaving.delete(gone)
    this.#entering.delete(gone)
    return [...leaving, ...entering]
  }

  /** The finished net: one token on `initial` at the start, one on `final` at the end. */
  finish(initial: number, final: number): Net {
    this.#reduce(initial, final)
    const transitions = this.#transitions.filter((step) => step !== null)
    const used = new Set([initial, final, ...transitions.flatMap(({ inputs, outputs }) => [...inputs, ...outputs])])
    const order = [...used].sort((a, b) => a - b)
    const number = new Map(order.map((place, index) => [place, index]))
    const renumber = (places: readonly number[]): number[] =>
      places.map((place) => number.get(place) as number).sort((a, b) => a - b)
    const count = new Map<string, number>()
    return {
      places: order.map((place) => ({ id: this.#places[place] as string })),
      transitions: transitions.map(({ label, element, inputs, outputs }) => {
        const times = (count.get(element) ?? 0) + 1
        count.set(element, times)
        const id = times === 1 ? element : `${element}·${times}`
        return { id, label, inputs: renumber(inputs), outputs: renumber(outputs), element }
      }),
      initial: [number.get(initial) as number],
      final: [number.get(final) as number],
    }
  }
}

function note(around: Map<number, Set<number>>, place: number, transition: number): void {
  const known = around.get(place)
  if (known) known.add(transition)
  else around.set(place, new Set([transition]))
}
