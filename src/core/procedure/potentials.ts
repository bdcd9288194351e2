import type { MarkingSpace } from './marking-space.ts'
import type { Potential, StagedEquation } from './staged-equation.ts'

/** Most potentials for one trace: each one more makes every state dearer to bound. */
const most = 12

/** The potentials that bound the alignments of one trace, found one after another while its search goes on. */
export class Potentials {
  readonly #equation: StagedEquation
  readonly #space: MarkingSpace
  readonly #codes: Int32Array
  readonly #unfinished: boolean
  readonly #found: Potential[] = []
  #failed = false
  constructor(equation: StagedEquation, space: MarkingSpace, codes: Int32Array, unfinished: boolean) {
    this.#equation = equation
    this.#space = space
    this.#codes = codes
    this.#unfinished = unfinished
  }

  get count(): number {
    return this.#found.length
  }

  /** Adds the potential that bounds best from a marking at a position, unless there are enough or none can be found. */
  add(marking: number, position: number): void {
    if (this.#failed || this.#found.length >= most) return
    const found = this.#equation.potential(this.#space, marking, this.#codes, position, this.#unfinished)
    if (found === null) this.#failed = true
    else this.#found.push(found)
  }

  /** What the potentials from number `from` on demand at most, in whole costs. */
  demanded(marking: number, position: number, from: number): number {
    const width = this.#space.net.places.length
    const base = position * width
    let demanded = 0
    for (let each = from; each < this.#found.length; each += 1) {
      const { worth, owed } = this.#found[each] as Potential
      let sum = owed[position] as number
      for (let at = this.#space.tokensFrom(marking); this.#space.placeAt(at) >= 0; at += 1) {
        sum += worth[base + this.#space.placeAt(at)] as number
      }
      if (sum > demanded) demanded = sum
    }
    return Math.ceil(demanded)
  }
}
