import type { Net } from './net.ts'

interface Step {
  readonly inputs: ReadonlySet<number>
  readonly outputs: ReadonlySet<number>
}

const keyOf = (places: ReadonlySet<number>): string => [...places].sort((a, b) => a - b).join()
const isOnly = (places: ReadonlySet<number>, place: number): boolean => places.size === 1 && places.has(place)

/** Most steps that taking out one place may put in the place of others. */
const maxJoined = 4096

/** A net being folded; every rule keeps whether the net is sound and 1-safe. */
class Folding {
  #steps: Step[]
  readonly #kept: ReadonlySet<number>

  constructor(net: Net, kept: ReadonlySet<number>) {
    this.#kept = kept
    this.#steps = net.transitions.map(({ inputs, outputs }) => ({ inputs: new Set(inputs), outputs: new Set(outputs) }))
    this.#tidy()
  }

  get steps(): readonly Step[] {
    return this.#steps
  }

  /** Of steps that take and put the same, one; and none that changes nothing where the case has not ended. */
  #tidy(): void {
    const seen = new Set<string>()
    this.#steps = this.#steps.filter(({ inputs, outputs }) => {
      const [from, to] = [keyOf(inputs), keyOf(outputs)]
      const [place] = inputs
      if (from === to && inputs.size === 1 && place !== undefined && !this.#kept.has(place)) return false
      const key = `${from} ${to}`
      return !seen.has(key) && Boolean(seen.add(key))
    })
  }

  /** Places with the same steps before and after them always hold the same: one of them is enough. */
  foldEqualPlaces(): boolean {
    const around = new Map<number, string>()
    this.#steps.forEach(({ inputs, outputs }, index) => {
      for (const place of inputs) around.set(place, `${around.get(place) ?? ''} <${index}`)
      for (const place of outputs) around.set(place, `${around.get(place) ?? ''} >${index}`)
    })
    const first = new Map<string, number>()
    const gone = new Set<number>()
    for (const [place, key] of around) {
      if (this.#kept.has(place)) continue
      if (first.has(key)) gone.add(place)
      else first.set(key, place)
    }
    if (gone.size === 0) return false
    const without = (places: ReadonlySet<number>) => new Set([...places].filter((place) => !gone.has(place)))
    this.#steps = this.#steps.map(({ inputs, outputs }) => ({ inputs: without(inputs), outputs: without(outputs) }))
    this.#tidy()
    return true
  }

  /** Takes out a place whose followers need it alone: each step that puts to it runs on into each of them (Berthelot 1986). */
  foldPlace(): boolean {
    const places = new Set(this.#steps.flatMap(({ inputs }) => [...inputs]))
    for (const place of places) {
      if (this.#kept.has(place)) continue
      const before = this.#steps.filter(({ outputs }) => outputs.has(place))
      const after = this.#steps.filter(({ inputs }) => inputs.has(place))
      if (before.length === 0 || before.length * after.length > Math.max(maxJoined, this.#steps.length)) continue
      if (after.some(({ inputs, outputs }) => !isOnly(inputs, place) || outputs.has(place) || outputs.size === 0))
        continue
      if (before.some((step) => after.some(({ outputs }) => [...outputs].some((to) => step.outputs.has(to))))) continue
      const joined = before.flatMap((step) =>
        after.map(({ outputs }) => ({
          inputs: step.inputs,
          outputs: new Set([...step.outputs, ...outputs].filter((to) => to !== place)),
        })),
      )
      this.#steps = [
        ...this.#steps.filter(({ inputs, outputs }) => !inputs.has(place) && !outputs.has(place)),
        ...joined,
      ]
      this.#tidy()
      return true
    }
    return false
  }
}

/**
 * Whether a net can be folded, block by block, into one step from its start to its end: it is sound and 1-safe then,
 * however many states it has. False says nothing.
 */
export function foldsToOneStep(net: Net): boolean {
  const [start, end] = [net.initial[0], net.final[0]]
  if (net.initial.length !== 1 || net.final.length !== 1 || start === undefined || end === undefined || start === end)
    return false
  const folding = new Folding(net, new Set([start, end]))
  while (folding.foldPlace() || folding.foldEqualPlaces());
  const [step, ...others] = folding.steps
  const used = new Set(net.transitions.flatMap(({ inputs, outputs }) => [...inputs, ...outputs]))
  const idle = net.places.some((_, place) => !used.has(place))
  return !idle && others.length === 0 && step !== undefined && isOnly(step.inputs, start) && isOnly(step.outputs, end)
}
