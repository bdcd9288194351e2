import type { Refusal } from '../../core/refusal/refusal.ts'

/**
 * Carries a refusal out of stream and parser callbacks, where a return value has no way out.
 * It is caught at the edge of this folder and never leaves it.
 */
export class Stopped extends Error {
  readonly refusal: Refusal

  constructor(refusal: Refusal) {
    super(refusal.code)
    this.refusal = refusal
  }
}

/** Runs a reading and gives its refusal back as a value. */
export async function stoppable<T>(reading: () => Promise<T>): Promise<T | Refusal> {
  try {
    return await reading()
  } catch (error) {
    if (error instanceof Stopped) return error.refusal
    throw error
  }
}
