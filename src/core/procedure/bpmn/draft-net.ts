import type { Net } from '../net.ts'

interface DraftTransition {
  readonly label: string | null
  readonly element: string
  inputs: number[]
  outputs: number[]
}

/** A net being compiled: silent steps that change nothing but the drawing are taken out before it is finished. */
export class DraftNet {
  readonly #places: string[] = []
  #transitions: DraftTransition[] = []

  place(id: string): number {
    this.#places.push(id)
    return this.#places.length - 1
  }

  step(label: string, element: string, inputs: readonly number[], outputs: readonly number[]): void {
    this.#transitions.push({ label, element, inputs: [...inputs], outputs: [...outputs] })
  }

  silent(element: string, inputs: readonly number[], outputs: readonly number[]): void {
    this.#transitions.push({ label: null, element, inputs: [...inputs], outputs: [...outputs] })
  }

  /** Some step has more than one output: two things can be under way at once. */
  get hasParallel(): boolean {
    return this.#transitions.some(({ outputs }) => outputs.length > 1)
  }

  /**
   * Takes out silent steps with one input and one output where the net allows exactly the same runs without them: either
   * nothing else can leave the input, or whatever leaves the output needs that output alone.
   */
  #reduce(initial: number, final: number): void {
    for (;;) {
      const found = this.#transitions.find((step) => this.#removable(step, initial, final))
      if (!found) return
      const [from, to] = [found.inputs[0] as number, found.outputs[0] as number]
      this.#transitions = this.#transitions.filter((step) => step !== found)
      if (from === to) continue
      if (this.#leaving(from).length === 0) this.#fuse(from, to, initial)
      else for (const step of this.#leaving(to)) step.inputs = [from]
    }
  }

  #leaving(place: number): DraftTransition[] {
    return this.#transitions.filter(({ inputs }) => inputs.includes(place))
  }

  #removable(step: DraftTransition, initial: number, final: number): boolean {
    if (step.label !== null || step.inputs.length !== 1 || step.outputs.length !== 1) return false
    const [from, to] = [step.inputs[0] as number, step.outputs[0] as number]
    if (from === to) return true
    if (this.#leaving(from).length === 1) {
      const both = this.#transitions.some(({ outputs }) => outputs.includes(from) && outputs.includes(to))
      return !both && !(from === initial && to === final)
    }
    const leaving = this.#leaving(to)
    if (to === final || to === initial) return false
    const entering = this.#transitions.filter(({ outputs }) => outputs.includes(to))
    return entering.length === 1 && leaving.length > 0 && leaving.every(({ inputs }) => inputs.length === 1)
  }

  /** Makes one place of two; the initial place keeps its number. */
  #fuse(from: number, to: number, initial: number): void {
    const [kept, gone] = from === initial ? [from, to] : [to, from]
    const swap = (places: number[]): number[] => places.map((place) => (place === gone ? kept : place))
    for (const step of this.#transitions) {
      step.inputs = swap(step.inputs)
      step.outputs = swap(step.outputs)
    }
  }

  /** The finished net: one token on `initial` at the start, one on `final` at the end. */
  finish(initial: number, final: number): Net {
    this.#reduce(initial, final)
    const used = new Set([
      initial,
      final,
      ...this.#transitions.flatMap(({ inputs, outputs }) => [...inputs, ...outputs]),
    ])
    const order = [...used].sort((a, b) => a - b)
    const number = new Map(order.map((place, index) => [place, index]))
    const renumber = (places: readonly number[]): number[] =>
      places.map((place) => number.get(place) as number).sort((a, b) => a - b)
    const count = new Map<string, number>()
    return {
      places: order.map((place) => ({ id: this.#places[place] as string })),
      transitions: this.#transitions.map(({ label, element, inputs, outputs }) => {
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
