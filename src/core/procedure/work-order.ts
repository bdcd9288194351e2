import type { Variant } from './variants.ts'

/**
 * The places of variants in the order in which they are judged: those that begin alike stand side by side, since a search
 * takes over what it found for a trace that begins as the one before. The order depends on the traces alone.
 */
export function workOrder(variants: readonly Pick<Variant, 'trace' | 'unfinished'>[]): Int32Array {
  return Int32Array.from(variants, (_, place) => place).sort((a, b) => {
    const [first, second] = [variants[a], variants[b]] as [Variant, Variant]
    return Number(first.unfinished) - Number(second.unfinished) || compare(first.trace, second.trace) || a - b
  })
}

/** Compares activity by activity; a trace comes before those that go on from it. */
function compare(a: readonly string[], b: readonly string[]): number {
  const shared = Math.min(a.length, b.length)
  for (let at = 0; at < shared; at += 1) {
    const [left, right] = [a[at] as string, b[at] as string]
    if (left !== right) return left < right ? -1 : 1
  }
  return a.length - b.length
}
