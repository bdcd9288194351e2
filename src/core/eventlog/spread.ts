/** How a set of values spreads, in the unit of the values. */
export interface Spread {
  readonly n: number
  readonly mean: number
  readonly median: number
  readonly p90: number
  readonly min: number
  readonly max: number
  /** Sample standard deviation (÷ n − 1); null for a single value, of which none can be told. */
  readonly sd: number | null
  readonly sum: number
}

/** A quantile of ascending values, interpolated linearly (type 7 of Hyndman and Fan 1996; NumPy, DuckDB's quantile_cont). */
export function quantile(ascending: Float64Array, q: number): number {
  const at = (ascending.length - 1) * q
  const low = Math.floor(at)
  const a = ascending[low] as number
  return a + (at - low) * ((ascending[Math.min(low + 1, ascending.length - 1)] as number) - a)
}

/** The spread of values, which are sorted in place; null where there is none. NaN must not be among them. */
export function spreadOf(values: Float64Array): Spread | null {
  const n = values.length
  if (n === 0) return null
  // by index: an iterator over a typed array costs several times as much until it is compiled
  let sum = 0
  for (let i = 0; i < n; i++) sum += values[i] as number
  const mean = sum / n
  // two passes: a sum of squares would lose small deviations of large values
  let squares = 0
  for (let i = 0; i < n; i++) {
    const distance = (values[i] as number) - mean
    squares += distance * distance
  }
  values.sort()
  return {
    n,
    mean,
    median: quantile(values, 0.5),
    p90: quantile(values, 0.9),
    min: values[0] as number,
    max: values[n - 1] as number,
    sd: n === 1 ? null : Math.sqrt(squares / (n - 1)),
    sum,
  }
}

/** The values that are numbers, moved to the front of the array that held them. */
export function knownValues(values: Float64Array): Float64Array {
  let count = 0
  for (let i = 0; i < values.length; i++) {
    const value = values[i] as number
    if (!Number.isNaN(value)) values[count++] = value
  }
  return values.subarray(0, count)
}

/** Values that belong to groups, put side by side: group g has values[start[g]] … values[start[g + 1] − 1]. */
export interface Grouped {
  readonly start: Int32Array
  readonly values: Float64Array
}

/** Sorts values into groups by counting; a value of group −1, or NaN, belongs to none. */
export function grouped(groups: Int32Array, values: Float64Array, length: number, count: number): Grouped {
  const start = new Int32Array(count + 1)
  for (let i = 0; i < length; i++) {
    const group = groups[i] as number
    if (group >= 0 && !Number.isNaN(values[i])) start[group + 1] = (start[group + 1] as number) + 1
  }
  for (let g = 0; g < count; g++) start[g + 1] = (start[g + 1] as number) + (start[g] as number)
  const next = start.slice(0, count)
  const sorted = new Float64Array(start[count] as number)
  for (let i = 0; i < length; i++) {
    const group = groups[i] as number
    const value = values[i] as number
    if (group < 0 || Number.isNaN(value)) continue
    sorted[next[group] as number] = value
    next[group] = (next[group] as number) + 1
  }
  return { start, values: sorted }
}

/** The spread of each group, null where a group has no value. */
export function spreadsOf({ start, values }: Grouped): (Spread | null)[] {
  return Array.from({ length: start.length - 1 }, (_, g) => spreadOf(values.subarray(start[g], start[g + 1])))
}
