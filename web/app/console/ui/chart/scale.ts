/** Round steps from 0 to at least `most`, about `count` of them: 1, 2 or 5 times a power of ten. */
export function ticksTo(most: number, count: number): readonly number[] {
  if (!(most > 0)) return [0, 1]
  const rough = most / count
  const power = 10 ** Math.floor(Math.log10(rough))
  const step = ([1, 2, 5, 10].find((factor) => factor * power >= rough) ?? 10) * power
  const whole = Math.max(step, 1)
  const ticks: number[] = []
  for (let tick = 0; tick < most + whole; tick += whole) ticks.push(Math.round(tick * 1e6) / 1e6)
  return ticks
}

/** At most `count` places of `length`, evenly apart, the first and the last among them. */
export function evenly(length: number, count: number): readonly number[] {
  if (length <= count) return Array.from({ length }, (_, at) => at)
  const places = Array.from({ length: count }, (_, at) => Math.round((at * (length - 1)) / (count - 1)))
  return [...new Set(places)]
}

/** Heat in six steps, as the palette has them: 0 for nothing, 5 for the most; by square root, so that few still show. */
export function heatOf(value: number, most: number): 0 | 1 | 2 | 3 | 4 | 5 {
  if (value <= 0 || most <= 0) return 0
  return Math.min(5, Math.max(1, Math.ceil(5 * Math.sqrt(value / most)))) as 1 | 2 | 3 | 4 | 5
}
