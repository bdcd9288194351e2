import { describe, expect, it } from 'vitest'
import type { FixtureTask } from './fixtures/task.ts'
import { runInThread } from './run-in-thread.ts'

const script = new URL('./fixtures/task.ts', import.meta.url)

async function run(task: FixtureTask, signal?: AbortSignal): Promise<number[]> {
  const heard: number[] = []
  const transfer = typeof task === 'object' ? [task.numbers.buffer as ArrayBuffer] : []
  await runInThread<number>({ script, task, transfer, heard: (word) => void heard.push(word), signal })
  return heard
}

describe('a task in a thread of its own', () => {
  it('is heard word by word, and takes its buffers without a copy', async () => {
    const numbers = Int32Array.of(4, 5, 6)
    expect(await run({ numbers })).toEqual([4, 5, 6])
    expect(numbers.length).toBe(0)
  })
  it('throws here what it throws there, and says so when it ends by itself', async () => {
    await expect(run('throw')).rejects.toThrow('no')
    await expect(run('exit')).rejects.toThrow('a thread ended by itself with 3')
  })
  it('ends within a second of being cancelled', async () => {
    const controller = new AbortController()
    const running = run('for-ever', controller.signal)
    setTimeout(() => controller.abort(new Error('enough')), 150)
    const began = performance.now()
    await expect(running).rejects.toThrow('enough')
    expect(performance.now() - began).toBeLessThan(1150)
    await expect(run({ numbers: Int32Array.of(1) }, controller.signal)).rejects.toThrow('enough')
  })
})
