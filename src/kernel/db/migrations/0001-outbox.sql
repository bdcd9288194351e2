-- Breakage: none (first table of the store).
-- The house's domain events: one row for each thing that became true, written in the transaction that made it true.

create table event_sequence (
  aggregate_kind text not null,
  aggregate_id text not null,
  last bigint not null,
  -- The highest position of the aggregate's events so far: its next event never stands before them.
  position xid8 not null,
  primary key (aggregate_kind, aggregate_id)
);

create table domain_event (
  id uuid primary key,
  kind text not null check (kind ~ '^[a-z][a-z0-9-]*(\.[a-z][a-z0-9-]*)+$'),
  version integer not null check (version >= 1),
  aggregate_kind text not null,
  aggregate_id text not null,
  sequence bigint not null check (sequence >= 1),
  caused_by uuid,
  occurred_at timestamptz not null,
  recorded_at timestamptz not null default clock_timestamp(),
  officer text,
  post text,
  organ text,
  region text not null,
  power text,
  basis text[] not null,
  payload jsonb not null check (jsonb_typeof(payload) = 'object'),
  -- Nothing can still appear at a position below pg_snapshot_xmin(pg_current_snapshot()).
  position xid8 not null,
  ordinal bigint generated always as identity,
  unique (aggregate_kind, aggregate_id, sequence)
);

create unique index domain_event_in_order on domain_event (position, ordinal);
create index domain_event_by_kind on domain_event (kind, occurred_at);

-- An event is never changed and never taken back; erasure happens in the stores that events refer to.
create function domain_event_stays() returns trigger language plpgsql as $$
begin
  raise exception 'a domain event is never changed or deleted';
end $$;

create trigger domain_event_stays before update or delete on domain_event
  for each row execute function domain_event_stays();
create trigger domain_event_stays_whole before truncate on domain_event
  for each statement execute function domain_event_stays();

-- Up to where each subscription has handled the events, moved in the transaction of the handler's own writes.
create table subscription_cursor (
  name text primary key,
  position xid8 not null default '0',
  ordinal bigint not null default 0,
  failures integer not null default 0,
  failing_event uuid,
  failed_at timestamptz
);
