-- Breakage: none (new tables).
-- Plans, what they said of stored logs, and each result with its history.

-- The checks as they were when they judged: a finding can always show its version's words.
create table supervise_check (
  check_id text not null,
  version integer not null check (version >= 1),
  code text not null,
  severity text not null,
  definition jsonb not null,
  recorded_at timestamptz not null,
  primary key (check_id, version)
);

-- Plans that people saved here; those of packs stay in their files.
create table supervise_plan (
  plan_id text primary key,
  region text collate "C" not null,
  definition jsonb not null,
  revision integer not null check (revision >= 1),
  saved_at timestamptz not null,
  saved_by text
);

-- The last judgement of a log by a plan.
create table supervise_judgement (
  log_id uuid not null references log,
  plan_id text not null,
  region text collate "C" not null,
  -- Counts the judgements of this log by this plan, from 1.
  number integer not null,
  -- The last import whose cases it saw.
  import_sequence integer not null,
  plan jsonb not null,
  -- Per rule: result, n, judged, notApplicable, lacks.
  rules jsonb not null,
  unseen jsonb not null,
  cases integer not null,
  judged_at timestamptz not null,
  judged_by text,
  primary key (log_id, plan_id)
);

create table supervise_result (
  id uuid primary key,
  log_id uuid not null references log,
  plan_id text not null,
  check_id text not null,
  check_version integer not null,
  code text not null,
  severity text not null,
  case_id text not null,
  -- What within the case it is about, e.g. a step; empty for the whole.
  subject text not null,
  says jsonb not null,
  columns jsonb not null,
  evidence jsonb not null,
  -- The articles that the plan states for the limit that ran out; those of the check stand in its definition.
  basis text[] not null,
  -- SHA-256 of `log:officer` for the officers in the evidence: tells whether an officer is one of them, not who they are.
  officer_marks text[] not null,
  region text collate "C" not null,
  power text,
  -- current: the source still shows it; withdrawn: a later import or check no longer does.
  state text not null check (state in ('current', 'withdrawn')),
  -- Hash of what it says: a result that says the same is left alone.
  digest text not null,
  -- The judgement (its number) that changed it last.
  changed_in integer not null,
  changed_at timestamptz not null,
  unique (log_id, plan_id, check_id, case_id, subject),
  foreign key (check_id, check_version) references supervise_check
);
create index supervise_result_changed on supervise_result (log_id, plan_id, changed_in);
create index supervise_result_of_case on supervise_result (log_id, case_id);
create index supervise_result_by_check on supervise_result (check_id, state);

-- Every change of a result, in order; written by the trigger below and by nothing else.
create table supervise_result_change (
  result_id uuid not null references supervise_result,
  sequence integer not null,
  judgement integer not null,
  change text not null check (change in ('raised', 'restated', 'withdrawn', 'returned')),
  says jsonb not null,
  columns jsonb not null,
  evidence jsonb not null,
  changed_at timestamptz not null,
  primary key (result_id, sequence)
);

create function supervise_result_keeps_history() returns trigger language plpgsql as $$
begin
  insert into supervise_result_change
  select new.id, coalesce(max(c.sequence), 0) + 1, new.changed_in,
    case when tg_op = 'INSERT' then 'raised'
         when old.state = 'current' and new.state = 'withdrawn' then 'withdrawn'
         when old.state = 'withdrawn' and new.state = 'current' then 'returned'
         else 'restated' end,
    new.says, new.columns, new.evidence, new.changed_at
  from supervise_result_change c where c.result_id = new.id;
  return null;
end $$;
create trigger supervise_result_keeps_history after insert or update on supervise_result
  for each row execute function supervise_result_keeps_history();
