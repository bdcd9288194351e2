-- Breakage: none (new table).
-- Procedures proposed from a log, as a person corrected and saved them. Nothing reads this table to run, judge or publish
-- anything: a procedure becomes one only as a file of a pack.

create table supervise_proposal (
  id uuid primary key,
  log_id uuid not null references log,
  region text collate "C" not null,
  name text not null check (length(name) between 1 and 200),
  -- The last import whose cases it was made from, the share that was left out, and which cases (null: all).
  import_sequence integer not null,
  noise double precision not null check (noise between 0 and 1),
  filter jsonb,
  bpmn text not null,
  net_hash text not null,
  steps integer not null,
  soundness text not null check (soundness in ('sound', 'unsound', 'undecided')),
  -- How well the proposal told its cases before a person changed it.
  quality jsonb not null,
  revision integer not null check (revision >= 1),
  saved_at timestamptz not null,
  saved_by text
);
create index supervise_proposal_by_region on supervise_proposal (region, saved_at desc, id desc);
