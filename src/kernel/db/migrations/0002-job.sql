-- Breakage: none (new table).
-- What people see of a long job; the queue itself lives in pg-boss's own schema.

create table job (
  id uuid primary key,
  kind text not null,
  state text not null check (state in ('waiting', 'running', 'done', 'refused', 'failed', 'cancelled', 'interrupted')),
  -- Who asked for it and for which region: decides who may see it.
  officer text,
  region text,
  done bigint not null default 0,
  total bigint,
  stage text,
  result jsonb,
  refusal jsonb,
  -- The lock that the running process holds: a free lock tells that it died.
  runner bigint,
  asked_at timestamptz not null default clock_timestamp(),
  started_at timestamptz,
  ended_at timestamptz,
  cancel_asked_at timestamptz
);

create index job_unfinished on job (state) where state in ('waiting', 'running');
create index job_by_time on job (asked_at desc);
