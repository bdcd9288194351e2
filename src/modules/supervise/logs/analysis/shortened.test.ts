import { describe, expect, it } from 'vitest'
import { type HandEvent, handLog } from '../../../../core/eventlog/fixtures/hand-log.ts'
import { answer } from './answer.ts'
import type { Question } from './question.ts'
import { shortened } from './shortened.ts'
import { AnalysedLog } from './subject.ts'

const page = { from: 0, limit: 10 }

describe('an answer about a log whose every event was taken for another activity', () => {
  const events = Array.from({ length: 12_000 }, (_, i): HandEvent => [`${i}`, i, { officer: `o${i}` }])
  const log = handLog(Array.from({ length: 400 }, (_, c) => ({ events: events.slice(c * 30, c * 30 + 30) })))
  const subject = new AnalysedLog(log, 'UTC')
  it.each<[Question, object, object]>([
    [{ kind: 'graph' }, { allNodes: 12_000, allEdges: 11_600 }, { nodes: 5000, edges: 5000 }],
    [{ kind: 'throughput', by: 'officer' }, { total: 12_000 }, { rows: 5000 }],
    [
      { kind: 'handovers', by: 'officer' },
      { total: 11_600, allParties: 12_000 },
      { rows: 5000, parties: 5000 },
    ],
    [{ kind: 'temporal', zeta: 6, page }, { allPairs: 400 * 435 }, { pairs: 5000 }],
    [{ kind: 'variants', page }, { total: 400 }, { rows: 10 }],
  ])('%o lists no more than a page can show and says how many there are', (question, counts, listed) => {
    const found = shortened(question, answer(subject, null, question)) as Record<string, readonly unknown[]>
    expect(found).toMatchObject(counts)
    for (const [key, length] of Object.entries(listed)) expect(found[key]?.length).toBe(length)
  })
})
