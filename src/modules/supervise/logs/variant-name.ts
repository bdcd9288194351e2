import { createHash } from 'node:crypto'

/** The name of a variant in the store, by its activities. */
export function variantName(trace: readonly string[]): string {
  return createHash('sha256').update(JSON.stringify(trace)).digest('hex').slice(0, 32)
}
