/** Milliseconds between two askings. */
const pauseMs = 100

/**
 * Asks for a lock until it is taken; false where it is not within `patience` milliseconds. The session of a process that
 * was killed holds its locks until PostgreSQL has ended its last statement: who is told of another at work must be able
 * to believe that there is one.
 */
export async function takenWithin(ask: () => Promise<boolean>, patience = 5_000): Promise<boolean> {
  const until = performance.now() + patience
  while (!(await ask())) {
    if (performance.now() > until) return false
    await new Promise((wake) => setTimeout(wake, pauseMs))
  }
  return true
}
