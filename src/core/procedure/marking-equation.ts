import type { MarkingSpace } from './marking-space.ts'
import type { Net } from './net.ts'
import { silentCost, unreachable, visibleCost } from './state-graph.ts'

/** What is nearer to nought than this counts as nought. */
const tiny = 1e-9
/** A right-hand side further from feasible than this is repaired. */
const slack = 1e-6
/** Costs are made unequal by at most this, so that the simplex never circles; the bound gives it back, see `margin`. */
const unequal = 1e-6
/** Taken off before rounding up: more than `unequal` and rounding errors add. */
const margin = 0.05
/** Pivots for one bound; beyond, the bound of the state before it has to do. */
const maxPivots = 2_000
/** Pivots after which the tableau is built anew, so that rounding errors do not gather. */
const rebuildAfter = 20_000

/**
 * A lower bound of the cost of the rest of an alignment: the marking equation of the synchronous product (van Dongen, BPM
 * 2018), relaxed to real numbers. However often each step still happens, alone or with its event, the tokens must come out
 * right and every event must be used; the least price of that is no more than any alignment's. The tableau of the dual
 * simplex is kept from one bound to the next: only its right-hand side changes.
 */
export class MarkingEquation {
  readonly #net: Net
  readonly #labels: number
  readonly #rows: number
  /** Columns of variables: net alone, net with event, log alone. */
  readonly #columns: number
  readonly #width: number
  readonly #start: Float64Array
  readonly #costs: Float64Array
  /** Rows of B⁻¹·(A | 1): the columns of the variables, then those of B⁻¹. */
  #tableau: Float64Array<ArrayBuffer>
  #reduced: Float64Array<ArrayBuffer>
  /** The variable of each row; from #columns on, none yet. */
  #basis: Int32Array<ArrayBuffer>
  readonly #values: Float64Array
  readonly #right: Float64Array
  #pivots = 0
  /** The row that proved the last right-hand side impossible, or −1. */
  #impossible = -1

  constructor(net: Net, labelOf: Int32Array, labels: number) {
    this.#net = net
    this.#labels = labels
    const places = net.places.length
    const visible = Array.from(labelOf.keys()).filter((transition) => (labelOf[transition] as number) >= 0)
    this.#rows = places + labels
    this.#columns = net.transitions.length + visible.length + labels
    this.#width = this.#columns + this.#rows
    this.#start = new Float64Array(this.#rows * this.#width)
    this.#costs = new Float64Array(this.#columns)
    let column = 0
    const put = (transition: number | null, label: number | null, cost: number): void => {
      const step = transition === null ? null : net.transitions[transition]
      for (const place of step?.outputs ?? []) this.#add(place, column, 1)
      for (const place of step?.inputs ?? []) this.#add(place, column, -1)
      if (label !== null) this.#add(places + label, column, 1)
      this.#costs[column] = cost + unequal * (((column * 7919) % 997) / 997)
      column += 1
    }
    net.transitions.forEach(
      ({ label }, transition) => void put(transition, null, label === null ? silentCost : visibleCost),
    )
    for (const transition of visible) put(transition, labelOf[transition] as number, 0)
    for (let label = 0; label < labels; label += 1) put(null, label, visibleCost)
    for (let row = 0; row < this.#rows; row += 1) this.#start[row * this.#width + this.#columns + row] = 1
    this.#tableau = this.#start.slice()
    this.#reduced = this.#costs.slice()
    this.#basis = this.#noBasis()
    this.#values = new Float64Array(this.#rows)
    this.#right = new Float64Array(this.#rows)
  }

  #add(row: number, column: number, by: number): void {
    const at = row * this.#width + column
    this.#start[at] = (this.#start[at] as number) + by
  }

  #noBasis(): Int32Array<ArrayBuffer> {
    return Int32Array.from({ length: this.#rows }, (_, row) => this.#columns + row)
  }

  #rebuild(): void {
    this.#tableau = this.#start.slice()
    this.#reduced = this.#costs.slice()
    this.#basis = this.#noBasis()
    this.#pivots = 0
  }

  /**
   * The bound for a marking and how often each label is still to come: `unreachable` where no run can come out right, null
   * where it was not found in reasonable time.
   */
  bound(space: MarkingSpace, marking: number, toCome: Int32Array): number | null {
    const places = this.#net.places.length
    for (let place = 0; place < places; place += 1) {
      this.#right[place] = space.tokens(space.final, place) - space.tokens(marking, place)
    }
    for (let label = 0; label < this.#labels; label += 1) this.#right[places + label] = toCome[label] as number
    if (this.#pivots > rebuildAfter) this.#rebuild()
    const [width, columns, tableau] = [this.#width, this.#columns, this.#tableau]
    for (let row = 0; row < this.#rows; row += 1) {
      const base = row * width + columns
      let value = 0
      for (let other = 0; other < this.#rows; other += 1) {
        value += (tableau[base + other] as number) * (this.#right[other] as number)
      }
      this.#values[row] = value
    }
    const before = this.#pivots
    for (;;) {
      const row = this.#leaving()
      if (row < 0) break
      if (this.#pivots - before > maxPivots) {
        this.#rebuild()
        return null
      }
      const column = this.#entering(row)
      if (column < 0) {
        this.#impossible = row
        return unreachable
      }
      this.#pivot(row, column)
    }
    let price = 0
    for (let row = 0; row < this.#rows; row += 1) {
      const variable = this.#basis[row] as number
      if (variable < columns) price += (this.#costs[variable] as number) * (this.#values[row] as number)
    }
    return Math.max(0, Math.ceil(price - margin))
  }

  /** The row furthest from feasible: a variable below nought, or a row that no variable stands for and that is not nought. */
  #leaving(): number {
    let worst = slack
    let found = -1
    for (let row = 0; row < this.#rows; row += 1) {
      const value = this.#values[row] as number
      const off = (this.#basis[row] as number) < this.#columns ? -value : Math.abs(value)
      if (off > worst) {
        worst = off
        found = row
      }
    }
    return found
  }

  /** The column that repairs a row at the least rise of the price; −1 where none does. */
  #entering(row: number): number {
    const base = row * this.#width
    const sign = (this.#values[row] as number) > 0 ? -1 : 1
    let least = Number.POSITIVE_INFINITY
    let found = -1
    for (let column = 0; column < this.#columns; column += 1) {
      const entry = sign * (this.#tableau[base + column] as number)
      if (entry >= -tiny) continue
      const ratio = (this.#reduced[column] as number) / -entry
      if (ratio < least) {
        least = ratio
        found = column
      }
    }
    return found
  }

  #pivot(row: number, column: number): void {
    const [width, tableau, values] = [this.#width, this.#tableau, this.#values]
    this.#pivots += 1
    const base = row * width
    const by = 1 / (tableau[base + column] as number)
    const used: number[] = []
    for (let at = 0; at < width; at += 1) {
      const entry = tableau[base + at] as number
      if (entry === 0) continue
      const scaled = entry * by
      tableau[base + at] = Math.abs(scaled) < 1e-12 ? 0 : scaled
      if (tableau[base + at] !== 0) used.push(at)
    }
    const value = (values[row] as number) * by
    values[row] = value
    for (let other = 0; other < this.#rows; other += 1) {
      if (other === row) continue
      const to = other * width
      const factor = tableau[to + column] as number
      if (factor === 0) continue
      for (const at of used) tableau[to + at] = (tableau[to + at] as number) - factor * (tableau[base + at] as number)
      tableau[to + column] = 0
      values[other] = (values[other] as number) - factor * value
    }
    const rise = this.#reduced[column] as number
    if (rise !== 0) {
      for (const at of used) {
        if (at < this.#columns) {
          this.#reduced[at] = Math.max(0, (this.#reduced[at] as number) - rise * (tableau[base + at] as number))
        }
      }
    }
    this.#reduced[column] = 0
    this.#basis[row] = column
  }

  /**
   * Whether the final marking is out of reach for certain: weights on the places that no step lowers in sum and by which
   * the end weighs less than the start, found by the simplex and checked in whole numbers.
   */
  provesNoEnd(space: MarkingSpace): boolean {
    if (this.bound(space, space.initial, new Int32Array(this.#labels)) !== unreachable) return false
    const places = this.#net.places.length
    const base = this.#impossible * this.#width + this.#columns
    const sign = (this.#values[this.#impossible] as number) > 0 ? -1 : 1
    const weights = Array.from({ length: places }, (_, place) => sign * (this.#tableau[base + place] as number))
    for (let scale = 1; scale <= 360; scale += 1) {
      const whole = weights.map((weight) => Math.round(weight * scale))
      if (weights.some((weight, place) => Math.abs(weight * scale - (whole[place] as number)) > 1e-6)) continue
      const sum = (held: readonly number[]): number =>
        held.reduce((total, place) => total + (whole[place] as number), 0)
      const rises = this.#net.transitions.every(({ inputs, outputs }) => sum(outputs) >= sum(inputs))
      if (rises && sum(this.#net.final) < sum(this.#net.initial)) return true
    }
    return false
  }
}
