-- Breakage: none (new tables).
-- Findings: from doubt to a person's decision, and to a lead that another person approves; with every step kept.

-- The last serial of each year.
create table finding_serial (
  year integer primary key,
  last integer not null
);

create table finding (
  id text primary key check (id ~ '^FX-\d{4}-\d{6,}-\d$'),
  -- The result that it was raised from; one finding for each.
  result_id uuid not null unique,
  log_id uuid not null,
  log_name text not null,
  plan_id text not null,
  check_id text not null,
  check_version integer not null,
  code text not null,
  severity text not null check (severity in ('prompt', 'yellow', 'red')),
  check_title jsonb not null,
  case_id text not null,
  subject text not null,
  says jsonb not null,
  columns jsonb not null,
  evidence jsonb not null,
  officer_marks text[] not null,
  basis jsonb not null,
  innocent jsonb not null,
  guide jsonb not null,
  region text collate "C" not null,
  power text,
  state text not null check (state in ('doubt', 'upheld', 'partly-upheld', 'not-upheld', 'unverifiable', 'closed')),
  lead text not null check (lead in ('none', 'requested', 'approved', 'declined')),
  lead_requested_by text,
  -- Whether the source still shows it.
  source text not null check (source in ('current', 'withdrawn')),
  raised_at timestamptz not null,
  decided_at timestamptz,
  decided_by text,
  reason text,
  check ((state in ('doubt', 'closed')) or (decided_by is not null and reason is not null))
);
create index finding_in_order on finding (raised_at desc, id desc);
create index finding_by_state on finding (state, severity);
create index finding_by_check on finding (check_id, state);
create index finding_by_case on finding (log_id, case_id);
create index finding_by_region on finding (region);

create table finding_step (
  finding_id text not null references finding,
  sequence integer not null,
  -- raised, verified, lead-requested, lead-approved, lead-declined, closed, reopened, restated, source-withdrawn, source-returned
  step text not null,
  state text not null,
  lead text not null,
  officer text,
  post text,
  reason text,
  -- What it said before, where the source restated it.
  before jsonb,
  happened_at timestamptz not null,
  primary key (finding_id, sequence)
);

create function finding_step_stays() returns trigger language plpgsql as $$
begin
  raise exception 'a step of a finding is never changed and never taken back';
end $$;
create trigger finding_step_stays before update or delete on finding_step
  for each row execute function finding_step_stays();
create trigger finding_step_is_not_emptied before truncate on finding_step
  for each statement execute function finding_step_stays();
