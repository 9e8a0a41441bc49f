-- Rotations under traffic, one running at most for each key. Its old and new columns hold what the key shows
-- before and after the shift, so that both ways are open until the old version is erased.
create table rotation (
  id text primary key,
  key_id text not null references provider_key (id),
  state text not null,
  from_version bigint not null,
  to_version bigint,
  spare bigint not null,
  canary_percent bigint not null,
  canary_requests bigint not null,
  canary_ms bigint not null,
  grace_ms bigint not null,
  old_masked text,
  old_fingerprint text,
  old_env_var text,
  old_rotated_at bigint,
  old_expires_at bigint,
  new_masked text,
  new_fingerprint text,
  new_env_var text,
  entry_id text,
  verdict text,
  reason text,
  principal text not null,
  started_at bigint not null,
  changed_at bigint not null,
  due_at bigint) without rowid;

create unique index rotation_running on rotation (key_id)
  where state in ('waiting', 'validating', 'canary', 'draining');

create index rotation_started on rotation (started_at);

-- The provider's name of a key that was made there; null once it is revoked there.
alter table key_version add column minted_id text;

create index key_version_minted on key_version (key_id) where minted_id is not null;
