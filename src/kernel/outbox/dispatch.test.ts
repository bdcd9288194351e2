import { randomUUIDv7 } from 'node:crypto'
import { sql } from 'kysely'
import { afterEach, describe, expect, it, vi } from 'vitest'
import { testDatabase } from '../db/test-database.ts'
import { drain } from './dispatch.ts'
import { type Dispatcher, startDispatcher } from './dispatcher.ts'
import { type NewDomainEvent, publish, publishAll } from './publish.ts'
import type { Subscription } from './subscription.ts'

const db = await testDatabase()
await sql`create table seen (subscription text, event uuid, aggregate text, sequence bigint, nth bigint generated always as identity)`.execute(
  db,
)

const event = (id: string, kind = 'thing.changed'): NewDomainEvent => ({
  kind,
  version: 1,
  aggregate: { kind: 'thing', id },
  causedBy: null,
  occurredAt: '2026-01-05T01:30:00Z',
  actor: { officer: null, post: null, organ: null },
  region: '99',
  power: null,
  basis: [],
  payload: {},
})

/** Writes down in the store what it was given, and fails as it is told. */
const noting = (
  name: string,
  fail: (id: string) => boolean = () => false,
  kinds = ['thing.changed'],
): Subscription => ({
  name,
  kinds,
  async handle(trx, { id, aggregate }) {
    await sql`insert into seen (subscription, event, aggregate, sequence)
      values (${name}, ${id}, ${aggregate.id}, ${aggregate.sequence})`.execute(trx)
    if (fail(aggregate.id)) throw new Error(`cannot handle ${aggregate.id}`)
  },
})

const seenBy = async (name: string, ...aggregates: string[]): Promise<string[]> => {
  const { rows } = await sql<{ aggregate: string; sequence: number }>`
    select aggregate, sequence from seen where subscription = ${name} order by nth`.execute(db)
  return rows
    .filter(({ aggregate }) => aggregates.includes(aggregate))
    .map(({ aggregate, sequence }) => `${aggregate}${sequence}`)
}

const tell = (id: string, kind?: string): Promise<unknown> =>
  db.transaction().execute((trx) => publish(trx, event(id, kind)))

let running: Dispatcher | undefined
afterEach(async () => {
  await running?.stop()
  running = undefined
})

describe('a subscription', () => {
  it('sees each event of its kinds exactly once, in order, however often it is asked', async () => {
    const notes = noting('once')
    await tell('a')
    await tell('a')
    await tell('a', 'thing.forgotten')
    await tell('b')
    await drain(db, [notes])
    await drain(db, [notes])
    expect(await seenBy('once', 'a', 'b')).toEqual(['a1', 'a2', 'b1'])
  })

  it('sees events in the order of their positions as numbers, and none again where a position gets a digit more', async () => {
    for (const position of ['9', '10']) {
      await sql`
        insert into domain_event (id, kind, version, aggregate_kind, aggregate_id, sequence, occurred_at, region, basis,
          payload, position)
        values (${randomUUIDv7()}, 'thing.changed', 1, 'thing', ${`at-${position}-`}, 1, now(), '99', '{}', '{}',
          ${position}::xid8)`.execute(db)
    }
    await drain(db, [noting('digits')])
    await drain(db, [noting('digits')])
    expect(await seenBy('digits', 'at-9-', 'at-10-')).toEqual(['at-9-1', 'at-10-1'])
  })

  it('loses nothing when an event recorded first is committed last', async () => {
    const notes = noting('late')
    await drain(db, [notes])
    const early = await db.startTransaction().execute()
    await publish(early, event('early'))
    await tell('quick')
    await drain(db, [notes], { patienceMs: 0 })
    expect(await seenBy('late', 'early', 'quick')).toEqual([])
    await early.commit().execute()
    await drain(db, [notes])
    expect(await seenBy('late', 'early', 'quick')).toEqual(['early1', 'quick1'])
  })

  it('sees nothing of a transaction that gave up', async () => {
    const notes = noting('undone')
    const given = await db.startTransaction().execute()
    await publish(given, event('ghost'))
    await given.rollback().execute()
    await tell('real')
    await drain(db, [notes])
    expect(await seenBy('undone', 'ghost', 'real')).toEqual(['real1'])
  })

  it('sees one aggregate in sequence even where the older transaction wrote the later event', async () => {
    const notes = noting('crossed')
    const older = await db.startTransaction().execute()
    await sql`create temporary table t_older on commit drop as select pg_current_xact_id()`.execute(older)
    const between = await db.startTransaction().execute()
    await sql`select pg_current_xact_id()`.execute(between)
    await tell('x')
    await publish(older, event('x'))
    await older.commit().execute()
    await drain(db, [notes], { patienceMs: 0 })
    expect(await seenBy('crossed', 'x')).toEqual([])
    await between.commit().execute()
    await drain(db, [notes])
    expect(await seenBy('crossed', 'x')).toEqual(['x1', 'x2'])
  })

  it('keeps no write of a handler that failed, tries the event again, and keeps what went before', async () => {
    let broken = true
    const notes = noting('fails', (id) => id === 'bad' && broken)
    await drain(db, [noting('fails', undefined, ['thing.never'])])
    await tell('good')
    await tell('bad')
    await tell('after')
    await expect(drain(db, [notes])).rejects.toThrow('handling thing.changed failed')
    expect(await seenBy('fails', 'good', 'bad', 'after')).toEqual(['good1'])
    const { rows } = await sql<{
      failures: number
    }>`select failures from subscription_cursor where name = 'fails'`.execute(db)
    expect(rows[0]?.failures).toBe(1)
    broken = false
    await drain(db, [notes])
    expect(await seenBy('fails', 'good', 'bad', 'after')).toEqual(['good1', 'bad1', 'after1'])
  })

  it('is handled once where two dispatchers run at the same time', async () => {
    const notes = noting('twice')
    await drain(db, [notes])
    await db.transaction().execute((trx) =>
      publishAll(
        trx,
        Array.from({ length: 450 }, () => event('many')),
      ),
    )
    await Promise.all([drain(db, [notes]), drain(db, [notes]), drain(db, [notes])])
    const { rows } = await sql<{ all: number; distinct: number }>`
      select count(*) as all, count(distinct event) as distinct from seen
      where subscription = 'twice' and aggregate = 'many'`.execute(db)
    expect(rows[0]).toEqual({ all: 450, distinct: 450 })
  })
})

describe('a running dispatcher', () => {
  // Other test files write to the same server: one of their transactions may stand in the way for a moment.
  it('shows an event’s effect within a second, and goes on past another that fails', { retry: 3 }, async () => {
    const errors: unknown[] = []
    await drain(db, [noting('live'), noting('dead')])
    running = startDispatcher(db, [noting('dead', () => true), noting('live')], (error) => errors.push(error))
    const began = performance.now()
    const name = `now-${began}-`
    await tell(name)
    await vi.waitFor(async () => expect(await seenBy('live', name)).toEqual([`${name}1`]), {
      timeout: 3000,
      interval: 20,
    })
    expect(performance.now() - began).toBeLessThan(1000)
    await vi.waitFor(() => expect(errors.length).toBeGreaterThan(0))
    expect(await seenBy('dead', name)).toEqual([])
  })
})
