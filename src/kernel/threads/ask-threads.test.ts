import { describe, expect, it } from 'vitest'
import { type Asking, askThreads } from './ask-threads.ts'
import type { SquareQuestion } from './fixtures/squares.ts'
import type { Lost } from './lost.ts'
import { threadClock } from './thread-clock.ts'

const script = new URL('./fixtures/squares.ts', import.meta.url)

interface Square {
  readonly square: number
  readonly before: number
}

async function ask(questions: readonly SquareQuestion[], how: Partial<Asking<SquareQuestion, Square>> = {}) {
  const squares: (number | undefined)[] = questions.map(() => undefined)
  const lost = new Map<number, Lost['kind']>()
  await askThreads<SquareQuestion, Square>({
    script,
    setting: 0,
    questions,
    threads: 2,
    heap: 64,
    answered: (at, { square }) => {
      squares[at] = square
    },
    lost: (at, { kind }) => void lost.set(at, kind),
    ...how,
  })
  return { squares, lost: [...lost].sort(([a], [b]) => a - b) }
}

const numbers = Array.from({ length: 3000 }, (_, index) => index)

describe('questions asked in threads', () => {
  it('are all answered, the same by one thread and by three', async () => {
    const expected = numbers.map((number) => number * number + 5)
    for (const threads of [1, 3]) {
      expect(await ask(numbers, { setting: 5, threads })).toEqual({ squares: expected, lost: [] })
    }
  })
  it('end at once where there are none', async () => {
    expect(await ask([])).toEqual({ squares: [], lost: [] })
  })
  it('are lost one by one where a thread fails, runs out of heap or buffers, or dies: the others are answered', async () => {
    const bad: readonly [number, SquareQuestion, Lost['kind']][] = [
      [0, 'throw', 'defect'],
      [7, 'exhaust-heap', 'memory'],
      [8, 'exit', 'defect'],
      [500, 'exhaust-buffers', 'memory'],
      [2999, 'exhaust-heap', 'memory'],
    ]
    const questions: SquareQuestion[] = [...numbers]
    for (const [at, question] of bad) questions[at] = question
    const { squares, lost } = await ask(questions)
    expect(lost).toEqual(bad.map(([at, , kind]) => [at, kind]))
    const places = new Set(bad.map(([at]) => at))
    expect(squares).toEqual(numbers.map((number) => (places.has(number) ? undefined : number * number)))
  })
  it('are all lost where no thread can even begin', async () => {
    const never = new URL('./fixtures/never-ready.ts', import.meta.url)
    expect((await ask([1, 2, 3], { script: never })).lost).toEqual([0, 1, 2].map((at) => [at, 'defect']))
    expect((await ask([1, 2, 3], { heap: 1 })).lost).toEqual([0, 1, 2].map((at) => [at, 'memory']))
  })
  it('end within a second of being cancelled, even in the midst of an answer', async () => {
    const controller = new AbortController()
    const asked = ask([1, 'for-ever', 2], { signal: controller.signal })
    setTimeout(() => controller.abort(new Error('enough')), 200)
    const began = performance.now()
    await expect(asked).rejects.toThrow('enough')
    expect(performance.now() - began).toBeLessThan(1200)
    await expect(ask([1], { signal: controller.signal })).rejects.toThrow('enough')
  })
  it('are lost to time where they have no answer when it is over', async () => {
    const { squares, lost } = await ask([3, 'for-ever', 'for-ever', 4], { until: threadClock() + 1500 })
    expect(lost.map(([, kind]) => kind)).toEqual(lost.map(() => 'time'))
    expect(lost.map(([at]) => at)).toEqual(expect.arrayContaining([1, 2]))
    expect(squares.slice(1, 3)).toEqual([undefined, undefined])
  })
  it('throw what the asker’s own hearing throws', async () => {
    const answered = (): void => {
      throw new Error('deaf')
    }
    await expect(ask([1], { answered })).rejects.toThrow('deaf')
  })
})
