import { sql } from 'kysely'
import { afterAll, describe, expect, it, vi } from 'vitest'
import { isRefusal, refuse } from '../../core/refusal/refusal.ts'
import { testDatabase } from '../db/test-database.ts'
import type { JobKind } from './job-kind.ts'
import { type JobState, startJobs } from './jobs.ts'

const db = await testDatabase()
const nobody = { officer: null, region: null }
const errors: unknown[] = []

const count: JobKind<{ to: number }, { counted: number }> = {
  name: 'count',
  async run({ to }, { progress }) {
    if (to > 100) return refuse('config.bad-value', { name: 'to', value: to, why: '≤ 100' })
    progress({ done: to, total: to, stage: 'counting' })
    return { counted: to }
  },
}
const breaks: JobKind = {
  name: 'breaks',
  run: () => Promise.reject(new Error('a bug')),
}
const endless: JobKind = {
  name: 'endless',
  run: (_input, { signal, progress }) =>
    new Promise((_resolve, reject) => {
      progress({ done: 3, total: null, stage: null })
      signal.addEventListener('abort', () => reject(signal.reason))
    }),
}

const jobs = await startJobs(db, [count as JobKind, breaks, endless], (error) => errors.push(error))
afterAll(() => jobs.stop())

const until = (id: string, ...states: JobState['state'][]): Promise<JobState> =>
  vi.waitFor(
    async () => {
      const state = await jobs.state(id)
      if (state === null || !states.includes(state.state)) throw new Error(`still ${state?.state}`)
      return state
    },
    { timeout: 10_000, interval: 30 },
  )

describe('a job', () => {
  it('runs beside the request that asked for it, and shows how far it came and what came of it', async () => {
    const id = await jobs.start(count, { to: 7 }, { officer: 'o-1', region: '99/9901' })
    const ended = await until(id, 'done')
    expect(ended).toMatchObject({
      done: 7,
      total: 7,
      stage: 'counting',
      result: { counted: 7 },
      officer: 'o-1',
      region: '99/9901',
    })
    expect(ended.endedAt).toMatch(/Z$/)
  })

  // A machine that does other work may take longer for once.
  it('starts within a second of being asked for', { retry: 3 }, async () => {
    const began = performance.now()
    await until(await jobs.start(count, { to: 1 }, nobody), 'done')
    expect(performance.now() - began).toBeLessThan(1_000)
  })

  it('keeps the refusal that it ended with', async () => {
    const ended = await until(await jobs.start(count, { to: 101 }, nobody), 'refused')
    expect(ended.refusal).toMatchObject({ kind: 'refusal', code: 'config.bad-value' })
  })

  it('that meets a bug is failed, and the bug is reported', async () => {
    await until(await jobs.start(breaks, {}, nobody), 'failed')
    expect(errors.map((error) => (error as Error).message)).toContain('a bug')
  })

  it('shows its progress while it runs, and ends when it is cancelled', async () => {
    const id = await jobs.start(endless, {}, nobody)
    await vi.waitFor(async () => expect((await jobs.state(id))?.done).toBe(3), { timeout: 5_000 })
    expect(await jobs.cancel(id)).toBe(true)
    await until(id, 'cancelled')
    const again = await jobs.cancel(id)
    expect(isRefusal(again) && again.code).toBe('job.ended')
  })

  it('is cancelled while it waits for the one before it', async () => {
    const first = await jobs.start(endless, {}, nobody)
    await until(first, 'running')
    const second = await jobs.start(endless, {}, nobody)
    await jobs.cancel(second)
    expect((await jobs.state(second))?.state).toBe('cancelled')
    await jobs.cancel(first)
    await until(first, 'cancelled')
  })

  it('of which nobody knows has no state and cannot be cancelled', async () => {
    const id = '01890000-0000-7000-8000-000000000000'
    expect(await jobs.state(id)).toBeNull()
    const answer = await jobs.cancel(id)
    expect(isRefusal(answer) && answer.code).toBe('job.unknown')
  })
})

describe('jobs of a server that ended', () => {
  it('are shown as interrupted when their process died', async () => {
    const id = '01890000-0000-7000-8000-000000000001'
    await sql`insert into job (id, kind, state, runner) values (${id}, 'count', 'running', 4711)`.execute(db)
    const live = await jobs.start(endless, {}, nobody)
    await until(live, 'running')
    const other = await startJobs(db, [], (error) => errors.push(error))
    expect((await jobs.state(id))?.state).toBe('interrupted')
    expect((await jobs.state(live))?.state).toBe('running')
    await other.stop()
    await jobs.cancel(live)
    await until(live, 'cancelled')
  })

  it('are shown as interrupted when it was stopped in good order', async () => {
    const hold: JobKind = { ...endless, name: 'hold' }
    const server = await startJobs(db, [hold], (error) => errors.push(error))
    const id = await server.start(hold, {}, nobody)
    await until(id, 'running')
    await server.stop()
    expect((await jobs.state(id))?.state).toBe('interrupted')
  })
})
