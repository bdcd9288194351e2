// A seeded source of chance, so that the same seed gives the same example everywhere.

/** Chance that repeats: equal seeds give equal sequences. */
export interface Random {
  /** In [0, 1). */
  next(): number
  /** A whole number in [from, to]. */
  between(from: number, to: number): number
  chance(probability: number): boolean
  pick<T>(values: readonly [T, ...T[]] | readonly T[]): T
  /** Picks by weight; the weights need not add up to one. */
  weighted<T>(values: readonly { readonly value: T; readonly weight: number }[]): T
  /** A new order of the values. */
  shuffled<T>(values: readonly T[]): T[]
}

/** The generator sfc32 (C. Doty-Humphrey, PractRand), its state filled from the seed by splitmix32. */
export function randomOf(seed: number): Random {
  let mixed = seed | 0
  const mix = (): number => {
    mixed = (mixed + 0x9e3779b9) | 0
    let z = mixed ^ (mixed >>> 16)
    z = Math.imul(z, 0x21f0aaad)
    z = Math.imul(z ^ (z >>> 15), 0x735a2d97)
    return z ^ (z >>> 15)
  }
  let [a, b, c, counter] = [mix(), mix(), mix(), 1]
  const next = (): number => {
    const sum = (a + b + counter) | 0
    counter = (counter + 1) | 0
    a = b ^ (b >>> 9)
    b = (c + (c << 3)) | 0
    c = (((c << 21) | (c >>> 11)) + sum) | 0
    return (sum >>> 0) / 4_294_967_296
  }
  for (let warm = 0; warm < 12; warm++) next()

  const between = (from: number, to: number) => from + Math.floor(next() * (to - from + 1))
  const pick = <T>(values: readonly T[]): T => {
    if (values.length === 0) throw new RangeError('nothing to pick from')
    return values[between(0, values.length - 1)] as T
  }
  return {
    next,
    between,
    chance: (probability) => next() < probability,
    pick,
    weighted(values) {
      let rest = next() * values.reduce((sum, entry) => sum + entry.weight, 0)
      for (const entry of values) {
        rest -= entry.weight
        if (rest < 0) return entry.value
      }
      return pick(values).value
    },
    shuffled(values) {
      const order = [...values]
      for (let i = order.length - 1; i > 0; i--) {
        const j = between(0, i)
        ;[order[i], order[j]] = [order[j] as (typeof order)[number], order[i] as (typeof order)[number]]
      }
      return order
    },
  }
}
