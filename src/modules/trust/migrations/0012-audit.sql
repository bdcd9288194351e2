-- Breakage: none (new table).
-- Who was let in and who was denied what: codes only, never an address that was asked nor a name.

create table audit_entry (
  id bigint generated always as identity primary key,
  occurred_at timestamptz not null,
  officer text,
  post text,
  region text collate "C",
  -- METHOD and the route's pattern.
  route text not null,
  decision text not null check (decision in ('denied', 'allowed')),
  -- The refusal's code, or what was done.
  reason text not null,
  request_id text not null
);
create index audit_entry_by_time on audit_entry (occurred_at desc, id desc);
create index audit_entry_by_officer on audit_entry (officer, occurred_at desc);

create function audit_entry_stays() returns trigger language plpgsql as $$
begin
  raise exception 'an audit entry is never changed and never taken back';
end $$;

create trigger audit_entry_stays before update or delete on audit_entry
  for each row execute function audit_entry_stays();
create trigger audit_entry_is_not_emptied before truncate on audit_entry
  for each statement execute function audit_entry_stays();
