-- Rotations under traffic, one running at most for each key.
create table rotation (
  id text primary key,
  key_id text not null references provider_key (id),
  state text not null,
  from_version bigint not null,
  to_version bigint,
  started_at bigint not null,
  changed_at bigint not null,
  due_at bigint,
  principal text not null,
  detail text) without rowid;

create unique index rotation_running on rotation (key_id)
  where state in ('waiting', 'validating', 'canary', 'draining');
