import { sql, type Transaction } from 'kysely'
import type { DomainEvent } from '../../core/event/domain-event.ts'
import type { Db, DomainEventTable, KernelTables } from '../db/db.ts'
import type { Subscription } from './subscription.ts'

/** The most events that one transaction handles. */
const batchSize = 200

type EventRow = { readonly [Column in keyof DomainEventTable]: DomainEventTable[Column] } & {
  readonly occurred_at: string
  readonly recorded_at: string
  readonly ordinal: number
}

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
 * snapshot's xmin has ended. An order by id or by time would lose what commits late.
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
    order by position, ordinal
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

/**
 * Handles every event that is due now, for each subscription, until nothing is left.
 * Throws the first handler's failure after all subscriptions have had their turn.
 */
export async function drain(db: Db, subscriptions: readonly Subscription[]): Promise<number> {
  let total = 0
  let failed: HandlerFailure | null = null
  for (let moved = true; moved; ) {
    moved = false
    for (const subscription of subscriptions) {
      const { handled, failure } = await round(db, subscription)
      total += handled
      moved ||= handled > 0
      failed ??= failure
    }
    if (failed !== null) throw failed
  }
  return total
}
