import { randomUUIDv7 } from 'node:crypto'
import { type RawBuilder, sql } from 'kysely'
import type { DomainEvent } from '../../core/event/domain-event.ts'
import type { OpenTransaction } from '../db/db.ts'
import { jsonb } from '../db/jsonb.ts'

/** A domain event before the house has recorded it: its id, its place in the aggregate and its recording are ours. */
export type NewDomainEvent<Payload extends object = object> = Omit<
  DomainEvent<Payload>,
  'id' | 'recordedAt' | 'aggregate'
> & { readonly aggregate: { readonly kind: string; readonly id: string } }

interface Recorded {
  readonly id: string
  readonly sequence: number
  readonly recorded_at: string
}

const keyOf = ({ aggregate }: NewDomainEvent): string => `${aggregate.kind}\u0000${aggregate.id}`

/** Counts the events of each aggregate, in one order for all transactions, so that no two wait for each other. */
function aggregatesOf(events: readonly NewDomainEvent[]): readonly { kind: string; id: string; number: number }[] {
  const found = new Map<string, { kind: string; id: string; number: number }>()
  for (const event of events) {
    const entry = found.get(keyOf(event)) ?? { kind: event.aggregate.kind, id: event.aggregate.id, number: 0 }
    found.set(keyOf(event), { ...entry, number: entry.number + 1 })
  }
  return [...found].sort(([a], [b]) => (a < b ? -1 : 1)).map(([, entry]) => entry)
}

/**
 * The insert. Each aggregate's row in `event_sequence` is locked until the transaction ends, which makes its sequence
 * gapless and its commits orderly; an event never stands at a position before its predecessor's, so that a reader
 * that goes by (position, ordinal) meets every aggregate's events in sequence.
 */
function insertion(rows: readonly object[], aggregates: readonly object[]): RawBuilder<Recorded> {
  return sql<Recorded>`
    with aggregate as (
      select kind, id, number
      from jsonb_to_recordset(${jsonb(aggregates)}) as a (kind text, id text, number bigint)
    ), taken as (
      insert into event_sequence as s (aggregate_kind, aggregate_id, last, position)
      select kind, id, number, pg_current_xact_id() from aggregate
      on conflict (aggregate_kind, aggregate_id) do update
        set last = s.last + excluded.last, position = greatest(s.position, excluded.position)
      returning aggregate_kind, aggregate_id, last, position
    )
    insert into domain_event (id, kind, version, aggregate_kind, aggregate_id, sequence, caused_by, occurred_at,
      officer, post, organ, region, power, basis, payload, position)
    select e.id, e.kind, e.version, e.aggregate_kind, e.aggregate_id, t.last - a.number + e.nth, e.caused_by,
      e.occurred_at, e.officer, e.post, e.organ, e.region, e.power, e.basis, e.payload, t.position
    from jsonb_to_recordset(${jsonb(rows)}) as e (line bigint, nth bigint, id uuid, kind text, version integer,
      aggregate_kind text, aggregate_id text, caused_by uuid, occurred_at timestamptz, officer text, post text,
      organ text, region text, power text, basis text[], payload jsonb)
    join taken t using (aggregate_kind, aggregate_id)
    join aggregate a on a.kind = e.aggregate_kind and a.id = e.aggregate_id
    order by e.line
    returning id, sequence, recorded_at`
}

/**
 * Records events in the caller's open transaction, in the order given: state and event stand or fall together.
 * A failing insert throws, and so takes the transaction's state with it.
 */
export async function publishAll<Payload extends object>(
  transaction: OpenTransaction,
  events: readonly NewDomainEvent<Payload>[],
): Promise<readonly DomainEvent<Payload>[]> {
  if (events.length === 0) return []
  const seen = new Map<string, number>()
  const ids = events.map(() => randomUUIDv7())
  const rows = events.map((event, line) => {
    const nth = (seen.get(keyOf(event)) ?? 0) + 1
    seen.set(keyOf(event), nth)
    const { kind, version, occurredAt, region, power, basis, payload } = event
    const aggregate = { aggregate_kind: event.aggregate.kind, aggregate_id: event.aggregate.id }
    const when = { caused_by: event.causedBy, occurred_at: occurredAt }
    return {
      line,
      nth,
      id: ids[line],
      kind,
      version,
      ...aggregate,
      ...when,
      ...event.actor,
      region,
      power,
      basis,
      payload,
    }
  })
  const recorded = await insertion(rows, aggregatesOf(events)).execute(transaction)
  const byId = new Map(recorded.rows.map((row) => [row.id, row]))
  return events.map((event, line) => {
    const row = byId.get(ids[line] ?? '')
    if (row === undefined) throw new Error(`the event ${event.kind} was not recorded`)
    return {
      ...event,
      id: row.id,
      recordedAt: row.recorded_at,
      aggregate: { ...event.aggregate, sequence: row.sequence },
    }
  })
}

/** Records one event in the caller's open transaction; see `publishAll`. */
export async function publish<Payload extends object>(
  transaction: OpenTransaction,
  event: NewDomainEvent<Payload>,
): Promise<DomainEvent<Payload>> {
  const [recorded] = await publishAll(transaction, [event])
  return recorded as DomainEvent<Payload>
}
