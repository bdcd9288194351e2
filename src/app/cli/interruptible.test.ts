import { describe, expect, it } from 'vitest'
import { interruptible } from './interruptible.ts'

const ended = (signal: AbortSignal): Promise<never> =>
  new Promise((_, reject) => signal.addEventListener('abort', () => reject(signal.reason)))

describe('long work of a command', () => {
  it.each(['SIGINT', 'SIGTERM'] as const)('ends by %s with a sentence', async (name) => {
    const before = process.listenerCount(name)
    const working = interruptible(ended)
    process.emit(name, name)
    expect(await working).toMatchObject({
      code: 'cli.interrupted',
      says: { en: 'Interrupted (Ctrl-C); nothing was written.' },
    })
    expect(process.listenerCount(name)).toBe(before)
  })
  it('gives what it comes to where nobody interrupts it, and throws what it throws', async () => {
    expect(await interruptible(async () => 7)).toBe(7)
    await expect(interruptible(() => Promise.reject(new Error('bug')))).rejects.toThrow('bug')
  })
})
