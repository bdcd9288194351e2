import { type ChildProcess, spawn } from 'node:child_process'
import { once } from 'node:events'
import { join } from 'node:path'
import { setTimeout as wait } from 'node:timers/promises'
import { sql } from 'kysely'
import { expect, test } from 'vitest'
import { connectionOf } from '../../../kernel/db/pool.ts'
import { testDatabase } from '../../../kernel/db/test-database.ts'
import { importLaws } from './import-laws.ts'
import { lockLawLibrary } from './lock.ts'
import { statute, testPacks, testSet } from './test-set.ts'

const ROUNDS = 30
const LAWS = 60
const db = await testDatabase()
const child = join(import.meta.dirname, 'fixtures/import-child.ts')

/** A set whose every text says which edition it is, so that a half-replaced library would show. */
function edition(word: string): Promise<string> {
  const body = Array.from(
    { length: 40 },
    (_, index) => `第${index + 1}条 ${word}：应当依法公开办理，不得收取费用。`,
  ).join('\n\n')
  const files = Array.from({ length: LAWS }, (_, index) => [
    `行政法/第${index}号规定(2001-03-01).md`,
    statute(`第${index}号规定`, ['2001年3月1日 某机关公布'], body),
  ])
  return testSet(Object.fromEntries(files), null)
}

async function library(): Promise<string> {
  const { rows } = await sql<{ laws: number; nodes: number; units: number; editions: string[] }>`
    select (select count(*) from law) as laws, (select count(*) from law_node) as nodes,
      (select count(*) from law_unit) as units,
      (select array_agg(distinct left(text, 1)) from law_node where kind = 'paragraph') as editions`.execute(db)
  return JSON.stringify(rows[0])
}

function begin(folder: string): ChildProcess {
  const task = JSON.stringify({ connection: connectionOf(db), folder, packs: testPacks })
  return spawn(process.execPath, [child, task], { stdio: ['ignore', 'pipe', 'inherit'] })
}

test(`an import killed at ${ROUNDS} moments is whole or absent each time, and the next one succeeds`, async () => {
  const editions = [await edition('甲'), await edition('乙')]
  const first = begin(editions[0] as string)
  await once(first.stdout as NonNullable<ChildProcess['stdout']>, 'data')
  const ready = performance.now()
  await once(first, 'exit')
  const duration = performance.now() - ready
  const whole = { laws: LAWS, nodes: LAWS * 81, units: LAWS * 40 }
  expect(JSON.parse(await library())).toEqual({ ...whole, editions: ['甲'] })
  let standing = 0
  let absent = 0
  for (let round = 0; round < ROUNDS; round += 1) {
    const before = await library()
    const attempt = begin(editions[1 - standing] as string)
    const ended = once(attempt, 'exit')
    await once(attempt.stdout as NonNullable<ChildProcess['stdout']>, 'data')
    await wait((duration * 1.05 * (round + 0.5)) / ROUNDS)
    attempt.kill('SIGKILL')
    await ended
    // A commit that the killed session was sent may still come through: its lock tells when it is over.
    await db.transaction().execute(lockLawLibrary)
    const after = await library()
    if (after === before) absent += 1
    else {
      standing = 1 - standing
      expect(JSON.parse(after)).toEqual({ ...whole, editions: [standing === 0 ? '甲' : '乙'] })
    }
  }
  expect(absent).toBeGreaterThan(ROUNDS / 3)
  const last = await importLaws(db, editions[1 - standing] as string, testPacks)
  expect(last).toMatchObject({ written: LAWS })
}, 120_000)
