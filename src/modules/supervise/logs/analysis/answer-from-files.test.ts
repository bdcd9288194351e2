import { randomUUIDv7 } from 'node:crypto'
import { mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, describe, expect, it } from 'vitest'
import { isRefusal } from '../../../../core/refusal/refusal.ts'
import { testDatabase } from '../../../../kernel/db/test-database.ts'
import { olapLimits, openOlap } from '../../../../kernel/olap/olap.ts'
import type { LogMapping } from '../../../../kernel/tables/log-mapping.ts'
import { csvOf } from '../fixtures/csv.ts'
import { importLog } from '../import-log.ts'
import { StoredAnalyses } from './analyse-stored.ts'
import type { Question } from './question.ts'

const db = await testDatabase()
const home = await mkdtemp(join(tmpdir(), 'daylight-from-files-'))
const olap = openOlap(olapLimits(home, 256, 1))
const store = { db, olap, home }
const whole = new StoredAnalyses(store, home, 'Asia/Shanghai', 1_000_000)
const fromFiles = new StoredAnalyses(store, home, 'Asia/Shanghai', 10)
afterAll(async () => {
  await Promise.all([whole.close(), fromFiles.close()])
  olap.close()
  await rm(home, { recursive: true, force: true })
})

async function imported(versions: readonly string[], mapping: LogMapping | null = null): Promise<string> {
  const log = randomUUIDv7()
  for (const csv of versions) {
    const path = join(home, `${randomUUIDv7()}.csv`)
    await writeFile(path, csv)
    const actor = { officer: null, post: null, organ: null }
    const input = { log, name: '办件', region: '99', path, file: 'a.csv', mapping, zone: 'Asia/Shanghai', actor }
    const outcome = await importLog(store, input, { clock: () => Temporal.Instant.from('2026-03-02T02:00:00Z') })
    if (isRefusal(outcome)) throw new Error(outcome.says.en)
  }
  return log
}

async function asked(analyses: StoredAnalyses, log: string, question: Question): Promise<object> {
  const answer = await analyses.answer(log, null, question)
  if (isRefusal(answer)) throw new Error(answer.says.en)
  // sums of doubles differ in the last digits with their order
  return JSON.parse(answer, (_, value) => (typeof value === 'number' ? Number(value.toPrecision(11)) : value))
}

const questions: readonly Question[] = [
  { kind: 'variants', page: { from: 0, limit: 100 } },
  { kind: 'variants', page: { from: 1, limit: 1 } },
  { kind: 'graph' },
  { kind: 'open', step: 'week' },
]

describe('a log beyond the size that is held in memory', () => {
  it('that grew and was corrected is answered from its files as it would be from memory', async () => {
    const corrected = new Set(Array.from({ length: 50 }, (_, i) => i * 17))
    const log = await imported([csvOf(1000), csvOf(1434, corrected)])
    for (const question of questions) {
      expect(await asked(fromFiles, log, question)).toEqual(await asked(whole, log, question))
    }
  })

  it('is open where its mapping says when cases end, and this case has no end', async () => {
    const rows = Array.from(
      { length: 30 },
      (_, c) => `C${c},a,2024-03-0${(c % 9) + 1} 10:00,${c % 3 === 0 ? '' : '2024-03-20'}`,
    )
    const end = { column: 'end', level: 'case' } as const
    const log = await imported([['case,step,time,end', ...rows].join('\n')], {
      case: 'case',
      activity: 'step',
      time: 'time',
      end,
    })
    const open = await asked(fromFiles, log, { kind: 'open', step: 'day' })
    expect(open).toMatchObject({ endBy: 'column', withoutEnd: 10 })
    expect(open).toEqual(await asked(whole, log, { kind: 'open', step: 'day' }))
  })
})
