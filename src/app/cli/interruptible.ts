import { type Refusal, refuse } from '../../core/refusal/refusal.ts'

/**
 * Runs long work that Ctrl-C (or a polite kill) ends through the signal that it is given. Refusal: `cli.interrupted`.
 */
export async function interruptible<T>(work: (signal: AbortSignal) => Promise<T>): Promise<T | Refusal> {
  const controller = new AbortController()
  const interrupt = (): void => controller.abort(new Error('interrupted'))
  process.on('SIGINT', interrupt).on('SIGTERM', interrupt)
  try {
    return await work(controller.signal)
  } catch (error) {
    if (error === controller.signal.reason) return refuse('cli.interrupted')
    throw error
  } finally {
    process.off('SIGINT', interrupt).off('SIGTERM', interrupt)
  }
}
