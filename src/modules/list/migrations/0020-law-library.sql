-- Breakage: none (new tables).
-- The law library: law → version → node. Text is null-free: a version known only by a pack's facts has no nodes.
create table law (
  law_key bigint generated always as identity primary key,
  -- without 中华人民共和国, blanks and variants of brackets: core/law/title.ts
  short_title text not null unique,
  title text not null,
  -- the pack's id, e.g. CN-LAW-2003-administrative-license
  code text unique,
  rank text,
  category text,
  words tsvector not null default ''
);
create index law_words on law using gin (words);

create table law_version (
  version_key bigint generated always as identity primary key,
  law_key bigint not null references law,
  -- the day of this version's text; 'undated' where the file names none
  version text not null,
  -- 2 and on: another text that a set holds of the same version; never counts as in force
  copy integer not null default 1,
  issuer text,
  number text,
  adopted_on date,
  published_on date,
  -- who says when it takes effect: the set's database, a pack's fact, its own 施行 clause
  set_effective_on date,
  pack_effective_on date,
  clause_effective_on date,
  effective_on date generated always as (coalesce(set_effective_on, pack_effective_on, clause_effective_on)) stored,
  effective_source text generated always as (
    case when set_effective_on is not null then 'set'
         when pack_effective_on is not null then 'pack'
         when clause_effective_on is not null then 'clause'
         else 'unknown' end) stored,
  set_expired boolean not null default false,
  expired_on date,
  -- a pack's fact has named this version; `digest` is null until its full text is imported
  from_pack boolean not null default false,
  digest text,
  files text[] not null default '{}',
  head text,
  made_by text,
  notes jsonb not null default '[]',
  unique (law_key, version, copy)
);

create table law_node (
  version_key bigint not null references law_version on delete cascade,
  position integer not null,
  address text not null collate "C",
  kind text not null,
  parent integer,
  -- label || text || tail of all nodes in order is the body, character by character
  label text not null,
  text text not null,
  tail text not null,
  primary key (version_key, position),
  unique (version_key, address)
);

-- One sentence of our own for each article that a pack cites.
create table law_gist (
  version_key bigint not null references law_version on delete cascade,
  address text not null collate "C",
  zh text not null,
  en text not null,
  primary key (version_key, address)
);

-- What can be found: every article, and every unit of a text without articles.
create table law_unit (
  version_key bigint not null,
  position integer not null,
  -- all its text in one line, for the words as they are written
  body text not null,
  words tsvector not null,
  primary key (version_key, position),
  foreign key (version_key, position) references law_node on delete cascade
);
create index law_unit_words on law_unit using gin (words);

-- The facts of the packs that the library holds: loading the same again needs no writing.
create table law_pack_state (
  only_row boolean primary key default true check (only_row),
  digest text not null
);
