import { describe, expect, it } from 'vitest'
import type { EventLog } from '../../../../core/eventlog/event-log.ts'
import { type HandEvent, handLog } from '../../../../core/eventlog/fixtures/hand-log.ts'
import { isRefusal, refuse } from '../../../../core/refusal/refusal.ts'
import type { Question } from './question.ts'
import { AnalysisThread } from './thread.ts'

const log = (cases: number, events: number): EventLog =>
  handLog(
    Array.from({ length: cases }, (_, c) => ({
      events: Array.from({ length: events }, (_step, i): HandEvent => [`step ${(c + i) % 40}`, i]),
    })),
  )
const opened = (made: EventLog) => async () => ({ log: made, zone: 'Asia/Shanghai' })
const graph: Question = { kind: 'graph' }
const temporal: Question = { kind: 'temporal', zeta: 6, page: { from: 0, limit: 10 } }
const caseCount = (answer: string | object): unknown => (typeof answer === 'string' ? JSON.parse(answer).cases : answer)

describe('the analysis thread', () => {
  it('reads a log once for several questions, and asked at one time', async () => {
    const thread = new AnalysisThread()
    let reads = 0
    const open = async () => {
      reads++
      return { log: log(5, 3), zone: 'UTC' }
    }
    const answers = await Promise.all([
      thread.ask('a', open, null, graph),
      thread.ask('a', open, { contains: ['step 4'] }, graph),
      thread.ask('a', open, null, temporal),
    ])
    expect(answers.map(caseCount)).toEqual([5, 3, 5])
    expect(reads).toBe(1)
    await thread.close()
  })

  it('drops the log that was asked about longest ago where those held are too large together', async () => {
    const thread = new AnalysisThread({ held: 3000 })
    const reads: string[] = []
    const ask = (key: string) =>
      thread.ask(
        key,
        async () => {
          reads.push(key)
          return { log: log(10, 10), zone: 'UTC' }
        },
        null,
        graph,
      )
    for (const key of ['a', 'b', 'b', 'a']) expect(caseCount(await ask(key))).toBe(10)
    expect(reads).toEqual(['a', 'b', 'a'])
    await thread.close()
  })

  it('hands on why a log cannot be read, and reads it again when asked again', async () => {
    const thread = new AnalysisThread()
    expect(await thread.ask('a', async () => refuse('log.unknown'), null, graph)).toMatchObject({ code: 'log.unknown' })
    await expect(thread.ask('a', async () => Promise.reject(new Error('disk')), null, graph)).rejects.toThrow('disk')
    expect(caseCount(await thread.ask('a', opened(log(2, 2)), null, graph))).toBe(2)
    await thread.close()
  })

  it('refuses what takes too long, with all that waits behind it, and answers the next question anew', async () => {
    const thread = new AnalysisThread({ patience: 4000 })
    const long = log(400, 3000)
    const answers = await Promise.all([
      thread.ask('long', opened(long), null, temporal),
      thread.ask('long', opened(long), null, graph),
    ])
    for (const answer of answers) expect(answer).toMatchObject({ code: 'analysis.too-long' })
    expect(caseCount(await thread.ask('short', opened(log(2, 2)), null, graph))).toBe(2)
    await thread.close()
  }, 30_000)

  it('refuses what exhausts its memory, and answers the next question anew', async () => {
    const thread = new AnalysisThread({ heap: 24 })
    const wide = handLog(
      Array.from({ length: 60 }, (_, c) => ({
        events: Array.from({ length: 120 }, (_step, i): HandEvent => [`step ${c} ${i}`, i]),
      })),
    )
    expect(await thread.ask('wide', opened(wide), null, temporal)).toMatchObject({ code: 'analysis.out-of-memory' })
    expect(caseCount(await thread.ask('short', opened(log(2, 2)), null, graph))).toBe(2)
    await thread.close()
  }, 30_000)

  it('refuses what is asked of it when it is closed', async () => {
    const thread = new AnalysisThread()
    const asked = thread.ask('long', opened(log(400, 3000)), null, temporal)
    await new Promise((resolve) => setTimeout(resolve, 200))
    await thread.close()
    const answer = await asked
    expect(isRefusal(answer) && answer.code).toBe('analysis.stopped')
  }, 30_000)
})
