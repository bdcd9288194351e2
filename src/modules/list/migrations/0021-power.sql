-- Breakage: none (new tables and views).
-- A procedure as it was compiled when a power was published with it: the chart that the public sees carries its net's hash.
create table procedure_version (
  procedure text not null,
  -- of the pack's file: limits and bases may change while the net stays the same
  file_hash text not null,
  net_hash text not null,
  name text not null,
  -- the file, with a diagram laid out where it had none
  bpmn text not null,
  diagram jsonb not null,
  steps jsonb not null,
  compiled_at timestamptz not null,
  primary key (procedure, file_hash),
  unique (procedure, file_hash, net_hash)
);

-- The list: one row per power, every version of its entry beside it.
create table power (
  code text primary key,
  region text not null,
  state text not null check (state in ('draft', 'published', 'suspended', 'repealed')),
  latest_version integer not null,
  -- the version that is or was last published
  published_version integer,
  state_since_at timestamptz not null,
  check ((state = 'draft') = (published_version is null))
);
create index power_region on power (region collate "C", code);

create table power_version (
  code text not null references power on delete cascade,
  version integer not null,
  name_zh text not null,
  name_en text not null,
  kind text,
  level text,
  organs text[] not null,
  bases jsonb not null,
  statutory_value integer,
  statutory_unit text,
  statutory_basis text,
  promised_value integer,
  promised_unit text,
  procedure text,
  case_kinds text[] not null,
  special text[] not null,
  lacks text[] not null,
  -- where a draft came from: a person, a pack, or a catalogue with what it said there
  source text not null,
  catalogue jsonb,
  drafted_at timestamptz not null,
  -- set when this version is published
  net_hash text,
  file_hash text,
  published_at timestamptz,
  words tsvector not null,
  primary key (code, version),
  foreign key (procedure, file_hash, net_hash) references procedure_version (procedure, file_hash, net_hash)
);
create index power_version_words on power_version using gin (words);

-- The law nodes that each version rests on, to find every power that an article carries.
create table power_basis (
  code text not null,
  version integer not null,
  ref text not null,
  law text not null,
  address text,
  primary key (code, version, ref),
  foreign key (code, version) references power_version on delete cascade
);
create index power_basis_law on power_basis (law, address);

-- Every change of state, with who and why.
create table power_history (
  code text not null references power on delete cascade,
  step integer not null,
  version integer not null,
  state text not null,
  changed_at timestamptz not null,
  officer text,
  post text,
  organ text,
  reason text,
  primary key (code, step)
);
