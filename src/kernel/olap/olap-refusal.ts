import { type Refusal, refuse } from '../../core/refusal/refusal.ts'

/**
 * What an error of the engine means to a person: `disk.full`, `olap.out-of-memory` (memory and the folder for what does
 * not fit), or null for a bug. DuckDB tells of both in words only.
 */
export function olapRefusal(error: unknown): Refusal | null {
  const { message } = error as { message?: unknown }
  if (typeof message !== 'string') return null
  if (/no space left on device|disk quota exceeded/i.test(message))
    return refuse('disk.full', { place: 'DAYLIGHT_HOME' })
  return /^Out of Memory Error/i.test(message) ? refuse('olap.out-of-memory', {}) : null
}
