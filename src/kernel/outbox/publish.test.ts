import fc from 'fast-check'
import { sql } from 'kysely'
import { describe, expect, it } from 'vitest'
import { testDatabase } from '../db/test-database.ts'
import { type NewDomainEvent, publish, publishAll } from './publish.ts'

const db = await testDatabase()
await sql`create table thing (id text primary key, state text not null)`.execute(db)

const event = (id: string, kind = 'thing.changed', payload: object = {}): NewDomainEvent => ({
  kind,
  version: 1,
  aggregate: { kind: 'thing', id },
  causedBy: null,
  occurredAt: '2026-01-05T01:30:00Z',
  actor: { officer: 'o-1', post: null, organ: 'g-1' },
  region: '99/9901',
  power: null,
  basis: ['行政许可法#32.1.4'],
  payload,
})

const sequencesOf = async (id: string): Promise<number[]> => {
  const { rows } = await sql<{ sequence: number }>`
    select sequence from domain_event where aggregate_kind = 'thing' and aggregate_id = ${id} order by sequence`.execute(
    db,
  )
  return rows.map((row) => row.sequence)
}

describe('an event is recorded with the state it tells of', () => {
  it('comes back with its id, its place in the aggregate and the time of its recording', async () => {
    const recorded = await db.transaction().execute((trx) => publish(trx, event('a', 'thing.made', { colour: 'red' })))
    expect(recorded.aggregate).toEqual({ kind: 'thing', id: 'a', sequence: 1 })
    expect(recorded.id).toMatch(/^[0-9a-f]{8}-[0-9a-f]{4}-7/)
    expect(recorded.recordedAt).toMatch(/^\d{4}-\d\d-\d\dT[\d:.]+Z$/)
    const row = await db.selectFrom('domain_event').selectAll().where('id', '=', recorded.id).executeTakeFirstOrThrow()
    expect(row).toMatchObject({
      occurred_at: '2026-01-05T01:30:00Z',
      officer: 'o-1',
      basis: ['行政许可法#32.1.4'],
      payload: { colour: 'red' },
    })
  })

  it('leaves no state when the event cannot be inserted', async () => {
    const attempt = db.transaction().execute(async (trx) => {
      await sql`insert into thing values ('lost', 'made')`.execute(trx)
      await publish(trx, event('lost', 'Not A Kind'))
    })
    await expect(attempt).rejects.toThrow(/domain_event_kind_check/)
    const { rows } = await sql`select 1 from thing where id = 'lost'`.execute(db)
    expect(rows).toEqual([])
  })

  it('leaves no event and no gap when the state cannot be written', async () => {
    await sql`insert into thing values ('taken', 'made')`.execute(db)
    const attempt = db.transaction().execute(async (trx) => {
      await publish(trx, event('taken'))
      await sql`insert into thing values ('taken', 'again')`.execute(trx)
    })
    await expect(attempt).rejects.toThrow(/thing_pkey/)
    expect(await sequencesOf('taken')).toEqual([])
    await db.transaction().execute((trx) => publish(trx, event('taken')))
    expect(await sequencesOf('taken')).toEqual([1])
  })

  it('keeps the order given when many are recorded at once, each aggregate counted by itself', async () => {
    await fc.assert(
      fc.asyncProperty(fc.array(fc.constantFrom('p', 'q', 'r'), { maxLength: 12 }), fc.uuid(), async (names, run) => {
        const ids = names.map((name) => `${run}-${name}`)
        const recorded = await db.transaction().execute((trx) =>
          publishAll(
            trx,
            ids.map((id) => event(id)),
          ),
        )
        const counted = new Map<string, number>()
        const expected = ids.map((id) => {
          counted.set(id, (counted.get(id) ?? 0) + 1)
          return counted.get(id)
        })
        expect(recorded.map(({ aggregate }) => aggregate.sequence)).toEqual(expected)
        if (recorded.length === 0) return
        const { rows } = await sql<{ id: string }>`
          select id from domain_event where id = any(${recorded.map(({ id }) => id)}::uuid[]) order by ordinal`.execute(
          db,
        )
        expect(rows.map(({ id }) => id)).toEqual(recorded.map(({ id }) => id))
      }),
      { numRuns: 40 },
    )
  })
})

describe('the sequence of an aggregate has no gap and no double', () => {
  it('under concurrent writers, a third of whom give up', async () => {
    const attempts = Array.from({ length: 60 }, (_, index) =>
      db
        .transaction()
        .execute(async (trx) => {
          await publish(trx, event(index % 2 === 0 ? 'even' : 'odd'))
          if (index % 3 === 0) throw new Error('changed its mind')
        })
        .catch((error: Error) => expect(error.message).toBe('changed its mind')),
    )
    await Promise.all(attempts)
    const all = Array.from({ length: 20 }, (_, index) => index + 1)
    expect(await sequencesOf('even')).toEqual(all)
    expect(await sequencesOf('odd')).toEqual(all)
  })
})

describe('a recorded event stays as it is', () => {
  it.each(['update domain_event set region = $$x$$', 'delete from domain_event', 'truncate domain_event'])(
    'PostgreSQL refuses: %s',
    async (statement) => {
      await expect(sql.raw(statement).execute(db)).rejects.toThrow(/never changed or deleted/)
    },
  )
})
