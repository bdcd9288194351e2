-- Breakage: none (first tables of trust).
-- The directory: regions as a tree of code paths, organs, their posts, and officers with the posts that they hold.
-- Path columns compare as bytes (collate "C"): the reach of an officer is a range of them.

create table region (
  -- The codes from the province down, joined by slashes: 99/9901/990121.
  code text collate "C" primary key check (code ~ '^[0-9]+(/[0-9]+)*$'),
  name_zh text not null,
  name_en text not null,
  level text not null check (level in ('province', 'city', 'county', 'township', 'village')),
  valid_from_on date not null,
  valid_to_on date check (valid_to_on >= valid_from_on),
  -- The region that answers for this one after a merger or a renaming.
  successor text collate "C" references region (code) deferrable initially deferred
);

create table organ (
  code text primary key,
  name_zh text not null,
  name_en text not null,
  region text collate "C" not null references region (code) deferrable initially deferred,
  kind text not null,
  parent text references organ (code) deferrable initially deferred,
  valid_from_on date not null,
  valid_to_on date check (valid_to_on >= valid_from_on),
  -- The organ whose powers and duties this one took over.
  successor_of text references organ (code) deferrable initially deferred
);
create index organ_by_region on organ (region);

create table post (
  code text primary key,
  organ text not null references organ (code) deferrable initially deferred,
  title_zh text not null,
  title_en text not null,
  roles text[] not null check (cardinality(roles) >= 1)
);
create index post_by_organ on post (organ);

create table officer (
  code text primary key,
  -- Personal: shown whole to the officer alone, masked to others, never in logs or events.
  name text not null,
  -- Null for an officer who has no account.
  password_hash text,
  -- An account of the example, whose password is public: it answers on the same machine only.
  demo boolean not null default false
);

create table officer_post (
  officer text not null references officer (code) deferrable initially deferred,
  post text not null references post (code) deferrable initially deferred,
  from_on date not null,
  to_on date check (to_on >= from_on),
  -- The officer whose place this one takes in the post (A/B 岗).
  stand_in_for text references officer (code) deferrable initially deferred,
  primary key (officer, post, from_on)
);
create index officer_post_by_post on officer_post (post);
