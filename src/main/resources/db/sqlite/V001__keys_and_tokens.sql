-- Sealed keys, access tokens and the audit log. Times are milliseconds since 1970.
create table vault (
  one integer primary key check (one = 1),
  id text not null);

-- One row per master key that has wrapped the keyring; the active one opens the vault.
create table keyring (
  generation integer primary key,
  wrapped blob not null,
  canary blob not null,
  active bigint not null,
  created_at bigint not null);

create unique index keyring_active on keyring (active) where active = 1;

create table provider_key (
  id text primary key,
  provider text not null,
  label text not null,
  state text not null,
  version bigint not null,
  weight bigint not null,
  masked text not null,
  fingerprint text not null,
  env_var text,
  created_at bigint not null,
  rotated_at bigint,
  expires_at bigint,
  last_used_at bigint,
  last_validated_at bigint) without rowid;

-- A revoked key's record stays, and its label is free again.
create unique index provider_key_label on provider_key (provider, label) where state <> 'revoked';

-- An erased ciphertext is null.
create table key_version (
  key_id text not null references provider_key (id),
  version bigint not null,
  state text not null,
  ciphertext blob,
  data_key_id bigint not null,
  origin_hash text not null,
  created_at bigint not null,
  drains_at bigint,
  primary key (key_id, version)) without rowid;

create index key_version_drains on key_version (drains_at) where state = 'draining';

create table token (
  id text primary key,
  name text not null,
  scope text not null,
  mac blob not null unique,
  created_at bigint not null,
  expires_at bigint,
  revoked_at bigint,
  last_used_at bigint) without rowid;

create table audit (
  seq integer primary key autoincrement,
  at bigint not null,
  principal text not null,
  action text not null,
  subject text not null,
  outcome text not null,
  detail text not null);

create trigger audit_is_not_edited before update on audit begin select raise(abort, 'append only'); end;
create trigger audit_is_not_cut before delete on audit begin select raise(abort, 'append only'); end;
