/** Why a question has no answer: its thread's memory or the time ran out, or a defect of the program. */
export type Lost =
  | { readonly kind: 'memory' }
  | { readonly kind: 'time' }
  | { readonly kind: 'defect'; readonly error: unknown }

/** What an error in a thread means for the question that it was at. */
export function lostBy(error: unknown): Lost {
  const { code, message } = error as { readonly code?: unknown; readonly message?: unknown }
  const exhausted =
    code === 'ERR_WORKER_OUT_OF_MEMORY' ||
    (error instanceof RangeError &&
      /array buffer allocation|invalid (typed )?array (buffer )?length/i.test(String(message)))
  return exhausted ? { kind: 'memory' } : { kind: 'defect', error }
}
