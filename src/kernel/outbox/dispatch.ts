import { type Selectable, sql, type Transaction } from 'kysely'
import type { DomainEvent } from '../../core/event/domain-event.ts'
import type { Db, DomainEventTable, KernelTables } from '../db/db.ts'
import type { Subscription } from './subscription.ts'

/** The most events that one transaction handles. */
const batchSize = 200

type EventRow = Selectable<DomainEventTable>

const eventOf = (row: EventRow): DomainEvent => ({
  id: row.id,
  kind: row.kind,
  version: row.version,
  aggregate: { kind: row.aggregate_kind, id: row.aggregate_id, sequence: row.sequence },
  causedBy: row.caused_by,
  occurredAt: row.occurred_at,
  recordedAt: row.recorded_at,
  actor: { officer: row.officer, post: row.post, organ: row.organ },
  region: row.region,
  power: row.power,
  basis: row.basis,
  payload: row.payload,
})

/** A handler threw at this event: the batch before it is kept, the event is tried again later. */
class HandlerFailure extends Error {
  readonly event: DomainEvent
  constructor(event: DomainEvent, cause: unknown) {
    super(`handling ${event.kind} failed`, { cause })
    this.event = event
  }
}

/** What one round of a subscription did. */
interface Round {
  readonly handled: number
  readonly failure: HandlerFailure | null
}

/** Takes the subscription's cursor for this transaction: two dispatchers never handle one subscription at a time. */
async function takeCursor(
  trx: Transaction<KernelTables>,
  name: string,
): Promise<{ position: string; ordinal: number }> {
  await sql`insert into subscription_cursor (name) values (${name}) on conflict do nothing`.execute(trx)
  const { rows } = await sql<{ position: string; ordinal: number }>`
    select position::text, ordinal from subscription_cursor where name = ${name} for update`.execute(trx)
  return rows[0] ?? { position: '0', ordinal: 0 }
}

/**
 * The next events after the cursor that nothing can still come before: every transaction with a number below the
 * snapshot's xmin has ended. An order by id or by time would lose what commits late; one by the bare word `position` would
 * be by the text that is selected under that name, in which 1000 comes before 999.
 */
async function nextEvents(
  trx: Transaction<KernelTables>,
  after: { position: string; ordinal: number },
): Promise<EventRow[]> {
  const { rows } = await sql<EventRow>`
    select id, kind, version, aggregate_kind, aggregate_id, sequence, caused_by, occurred_at, recorded_at,
      officer, post, organ, region, power, basis, payload, position::text, ordinal
    from domain_event
    where (position, ordinal) > (${after.position}::xid8, ${after.ordinal}::bigint)
      and position < pg_snapshot_xmin(pg_current_snapshot())
    order by domain_event.position, domain_event.ordinal
    limit ${batchSize}`.execute(trx)
  return rows
}

/** Handles the events up to the first failure; a failed event's own writes are undone to a savepoint. */
async function handleBatch(
  trx: Transaction<KernelTables>,
  subscription: Subscription,
  rows: readonly EventRow[],
): Promise<{ last: EventRow | null; failure: HandlerFailure | null }> {
  let last: EventRow | null = null
  for (const row of rows) {
    if (subscription.kinds.includes(row.kind)) {
      const event = eventOf(row)
      await sql`savepoint event`.execute(trx)
      try {
        await subscription.handle(trx, event)
        await sql`release savepoint event`.execute(trx)
      } catch (error) {
        await sql`rollback to savepoint event`.execute(trx)
        return { last, failure: new HandlerFailure(event, error) }
      }
    }
    last = row
  }
  return { last, failure: null }
}

async function round(db: Db, subscription: Subscription): Promise<Round> {
  return await db.transaction().execute(async (trx) => {
    const rows = await nextEvents(trx, await takeCursor(trx, subscription.name))
    const { last, failure } = await handleBatch(trx, subscription, rows)
    if (last !== null) {
      await sql`
        update subscription_cursor
        set position = ${last.position}::xid8, ordinal = ${last.ordinal}, failures = 0, failing_event = null, failed_at = null
        where name = ${subscription.name}`.execute(trx)
    }
    if (failure !== null) {
      await sql`
        update subscription_cursor
        set failures = failures + 1, failing_event = ${failure.event.id}, failed_at = clock_timestamp()
        where name = ${subscription.name}`.execute(trx)
    }
    return { handled: last === null ? 0 : rows.indexOf(last) + 1, failure }
  })
}

export interface DrainOptions {
  /** How long to wait for older transactions to end, which may yet add events before those that are there already. */
  readonly patienceMs?: number
  /** Asked between batches: true ends the work. */
  readonly enough?: () => boolean
}

/** Whether events are committed that this subscription has not passed: an older transaction may be in their way. */
async function isWaiting(db: Db, subscriptions: readonly Subscription[]): Promise<boolean> {
  const { rows } = await sql<{ waiting: boolean }>`
    select exists (
      select 1 from subscription_cursor c
      where c.name = any(${subscriptions.map(({ name }) => name)})
        and exists (select 1 from domain_event e where (e.position, e.ordinal) > (c.position, c.ordinal))
    ) as waiting`.execute(db)
  return rows[0]?.waiting === true
}

/**
 * Handles every event that has been committed, for each subscription, waiting up to `patienceMs` (5 s) for older
 * transactions that stand in the way. Throws the first handler's failure after every subscription has had its turn;
 * returns how many events were passed.
 */
export async function drain(
  db: Db,
  subscriptions: readonly Subscription[],
  { patienceMs = 5_000, enough = () => false }: DrainOptions = {},
): Promise<number> {
  const until = performance.now() + patienceMs
  let total = 0
  while (!enough()) {
    let moved = false
    let failed: HandlerFailure | null = null
    for (const subscription of subscriptions) {
      const { handled, failure } = await round(db, subscription)
      total += handled
      moved ||= handled > 0
      failed ??= failure
    }
    if (failed !== null) throw failed
    if (moved) continue
    if (performance.now() >= until || !(await isWaiting(db, subscriptions))) break
    await new Promise((wake) => setTimeout(wake, 10))
  }
  return total
}
