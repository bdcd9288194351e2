import type { Net } from './net.ts'

/** Choices tried in looking for one state machine; beyond, the place is left without one. */
const maxChoices = 2_000
/** Most state machines kept for one net. */
const maxMachines = 64

/** Whether a place belongs to the machine under construction. */
const [unknown, inside, outside] = [0, 1, 2]

/**
 * Parts of a net that always hold exactly one token, which every step either leaves alone or moves from one place of the
 * part to another: its S-components (Desel & Esparza, Free Choice Petri Nets, 1995, section 5.1), without demanding that
 * they be connected. Each is an ascending list of places; together they hold every place for which one was found.
 */
export function stateMachines(net: Net): Int32Array[] {
  const steps = [...net.transitions, { inputs: net.final, outputs: net.initial }]
  const touching: number[][] = net.places.map(() => [])
  steps.forEach(({ inputs, outputs }, step) => {
    for (const place of new Set([...inputs, ...outputs])) touching[place]?.push(step)
  })
  const covered = new Set<number>()
  const machines: Int32Array[] = []
  for (const seed of net.places.keys()) {
    if (covered.has(seed) || machines.length >= maxMachines) continue
    const found = new Sketch(steps, touching, covered).around(seed)
    const places = found ? found.flatMap((state, place) => (state === inside ? [place] : [])) : []
    const holds = (marking: readonly number[]): number => marking.filter((place) => places.includes(place)).length
    if (holds(net.initial) !== 1 || holds(net.final) !== 1) continue
    for (const place of places) covered.add(place)
    machines.push(Int32Array.from(places))
  }
  return machines
}

interface Step {
  readonly inputs: readonly number[]
  readonly outputs: readonly number[]
}

/** A search, with taking back, for one state machine. */
class Sketch {
  readonly #steps: readonly Step[]
  readonly #touching: readonly (readonly number[])[]
  /** Places that another machine has already: tried last, so that few machines hold many places. */
  readonly #covered: ReadonlySet<number>
  #left = maxChoices

  constructor(steps: readonly Step[], touching: readonly (readonly number[])[], covered: ReadonlySet<number>) {
    this.#steps = steps
    this.#touching = touching
    this.#covered = covered
  }

  /** Which places a machine with `seed` holds, or null when none was found. */
  around(seed: number): number[] | null {
    const states = this.#touching.map(() => unknown)
    return this.#settle(states, [[seed, inside]]) ? this.#complete(states) : null
  }

  #complete(states: number[]): number[] | null {
    const open = this.#openPlaces(states)
    if (!open) return states
    for (const place of open) {
      if (this.#left <= 0) return null
      this.#left -= 1
      const attempt = [...states]
      const found = this.#settle(attempt, [[place, inside]]) ? this.#complete(attempt) : null
      if (found) return found
    }
    return null
  }

  /** The places of which one must belong to the machine, where a step has one side in it and the other open. */
  #openPlaces(states: readonly number[]): number[] | null {
    for (const { inputs, outputs } of this.#steps) {
      const [into, out] = [inputs, outputs].map((side) => side.some((place) => states[place] === inside))
      if (into === out) continue
      const open = (into ? outputs : inputs).filter((place) => states[place] === unknown)
      return open.sort((a, b) => Number(this.#covered.has(a)) - Number(this.#covered.has(b)))
    }
    return null
  }

  /** Settles places and all that follows from them; false when that cannot be. */
  #settle(states: number[], agenda: [place: number, state: number][]): boolean {
    for (let next = agenda.pop(); next; next = agenda.pop()) {
      const [place, state] = next
      if (states[place] === state) continue
      if (states[place] !== unknown) return false
      states[place] = state
      for (const step of this.#touching[place] as readonly number[]) {
        const { inputs, outputs } = this.#steps[step] as Step
        if (!this.#agrees(states, inputs, outputs, agenda) || !this.#agrees(states, outputs, inputs, agenda))
          return false
      }
    }
    return true
  }

  /** What one side of a step demands of itself and of the other side. */
  #agrees(
    states: readonly number[],
    side: readonly number[],
    other: readonly number[],
    agenda: [place: number, state: number][],
  ): boolean {
    const held = side.filter((place) => states[place] === inside)
    if (held.length > 1) return false
    const open = other.filter((place) => states[place] === unknown)
    if (held.length === 1) {
      for (const place of side) if (states[place] === unknown) agenda.push([place, outside])
      if (other.some((place) => states[place] === inside)) return true
      if (open.length === 1) agenda.push([open[0] as number, inside])
      return open.length > 0
    }
    if (side.every((place) => states[place] === outside)) {
      if (other.some((place) => states[place] === inside)) return false
      for (const place of open) agenda.push([place, outside])
    }
    return true
  }
}
