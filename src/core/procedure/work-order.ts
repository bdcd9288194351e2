import type { Variant } from './variants.ts'

/**
 * The places of variants in the order in which they are judged: those that end alike stand side by side, since the bounds
 * of what is still to be paid depend on the rest of a trace and are taken over from the one before. The order depends on the traces alone.
 */
export function workOrder(variants: readonly Pick<Variant, 'trace' | 'unfinished'>[]): Int32Array {
  return Int32Array.from(variants, (_, place) => place).sort((a, b) => {
    const [first, second] = [variants[a], variants[b]] as [Variant, Variant]
    return Number(first.unfinished) - Number(second.unfinished) || compare(first.trace, second.trace) || a - b
  })
}

/** Compares activity by activity, the last ones first; a trace comes before those that end as it does. */
function compare(a: readonly string[], b: readonly string[]): number {
  const shared = Math.min(a.length, b.length)
  for (let at = 0; at < shared; at += 1) {
    const [left, right] = [a[a.length - 1 - at] as string, b[b.length - 1 - at] as string]
    if (left !== right) return left < right ? -1 : 1
  }
  return a.length - b.length
}
