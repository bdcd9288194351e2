-- Breakage: none (new tables).
-- Logs of other systems: what was imported, the cases that are in force, and what was judged of them. The events
-- themselves lie in Parquet files of the home folder, named by the hash of their content and never changed.

create table log_mapping (
  id uuid primary key,
  region text collate "C" not null,
  name text not null check (length(name) between 1 and 200),
  mapping jsonb not null,
  revision integer not null check (revision >= 1),
  saved_at timestamptz not null,
  saved_by text,
  unique (region, name)
);

create table log (
  id uuid primary key,
  name text not null check (length(name) between 1 and 200),
  region text collate "C" not null,
  -- Officers of this log are shown under codes made with this key: stable within the log, unlinkable to other logs.
  pseudonym_key bytea not null,
  -- Counts of the cases in force, made anew by each import.
  summary jsonb not null,
  created_at timestamptz not null,
  created_by text
);
create index log_by_region on log (region, created_at desc);

-- One batch of a log. A case belongs to the last batch that held it.
create table log_import (
  id uuid primary key,
  log_id uuid not null references log,
  sequence integer not null check (sequence >= 1),
  file text not null,
  size bigint not null,
  format text not null,
  encoding text not null,
  mapping jsonb not null,
  guessed boolean not null,
  zone text not null,
  zone_from text not null,
  time_reading jsonb,
  rows_in bigint not null,
  rows_used bigint not null,
  rows_reported bigint not null,
  reasons jsonb not null,
  notes jsonb not null,
  cases integer not null,
  events_file text not null,
  cases_file text not null,
  -- Names of the attribute columns e0, e1 … and c0, c1 … of the two files.
  event_columns jsonb not null,
  case_columns jsonb not null,
  imported_at timestamptz not null,
  imported_by text,
  unique (log_id, sequence),
  check (rows_in = rows_used + rows_reported)
);

create table log_reported_row (
  import_id uuid not null references log_import,
  row integer not null,
  reason text not null,
  -- What could not be read, where it was kept.
  cell text,
  primary key (import_id, row)
);

create table log_variant (
  log_id uuid not null references log,
  variant text not null,
  activities text[] not null,
  primary key (log_id, variant)
);

create table log_case (
  log_id uuid not null references log,
  case_id text not null,
  import_id uuid not null references log_import,
  -- Place of the case in its import, from 0; `position` orders all cases of the log.
  ordinal integer not null,
  position bigint not null,
  region text collate "C" not null,
  power text,
  started_at timestamptz,
  ended_at timestamptz,
  events integer not null,
  variant text not null,
  -- The log says when cases end, and not of this one: it is still under way.
  unfinished boolean not null,
  primary key (log_id, case_id),
  foreign key (log_id, variant) references log_variant
);
create unique index log_case_in_order on log_case (log_id, position);
create index log_case_by_variant on log_case (log_id, variant);

-- What conformance to a procedure found, for the cases as they stood.
create table log_conformance (
  id uuid primary key,
  log_id uuid not null references log,
  procedure text not null,
  version text not null,
  -- The last import whose cases it saw.
  sequence integer not null,
  judged_at timestamptz not null,
  judged_by text,
  cases integer not null,
  fitting integer not null,
  deviating integer not null,
  unsolved integer not null,
  deviations jsonb not null,
  unique (log_id, procedure)
);

-- Cases of one variant deviate alike: judged once, kept once.
create table log_variant_conformance (
  conformance_id uuid not null references log_conformance on delete cascade,
  variant text not null,
  unfinished boolean not null,
  fits boolean,
  cost bigint,
  -- Keys of the deviations, e.g. `skipped:审查`: what a count in the summary opens.
  deviation_keys text[] not null,
  deviations jsonb not null,
  -- The moves of the alignment: [element or null, kind, position of the event or null] in order.
  path jsonb not null,
  primary key (conformance_id, variant, unfinished)
);
create index log_variant_conformance_keys on log_variant_conformance using gin (deviation_keys);
