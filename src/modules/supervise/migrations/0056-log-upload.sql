-- Breakage: none (a new table).
-- Files that were sent to be looked at before they are imported. The file lies in the home folder's `uploads` under the
-- id; it goes with the import, or a day later.
create table log_upload (
  id uuid primary key,
  region text collate "C" not null,
  file text not null,
  size bigint not null,
  uploaded_at timestamptz not null,
  uploaded_by text
);
create index log_upload_by_age on log_upload (uploaded_at);
