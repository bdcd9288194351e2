-- Breakage: none (new tables).
-- Sessions, known by the hash of their token, and the failed sign-ins that count against an account or an address.

create table session (
  token_hash bytea primary key check (octet_length(token_hash) = 32),
  officer text not null references officer (code),
  -- The post in which the officer acts now.
  post text not null references post (code),
  created_at timestamptz not null,
  seen_at timestamptz not null
);
create index session_by_officer on session (officer);
create index session_by_age on session (seen_at);

create table sign_in_attempt (
  id bigint generated always as identity primary key,
  -- An account or a network address, hashed: people type passwords into the wrong field. Kept for the limit's window only.
  subject_kind text not null check (subject_kind in ('account', 'address')),
  subject_hash bytea not null,
  attempted_at timestamptz not null
);
create index sign_in_attempt_by_subject on sign_in_attempt (subject_kind, subject_hash, attempted_at);
create index sign_in_attempt_by_age on sign_in_attempt (attempted_at);
