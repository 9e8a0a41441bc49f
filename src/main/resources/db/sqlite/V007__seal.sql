-- How a passphrase becomes the master key of a generation; null for a random key.
alter table keyring add column kdf text;

-- How often each data key has encrypted. A dropped key's row stays: nothing may be sealed with it again.
create table data_key (
  id bigint primary key,
  encryptions bigint not null default 0,
  created_at bigint not null,
  dropped_at bigint) without rowid;

insert into data_key (id, encryptions, created_at)
  select data_key_id, count(*), min(created_at) from key_version group by data_key_id;

create index key_version_data_key on key_version (data_key_id) where ciphertext is not null;

-- A sealed text that shows that the keyring still opens what it sealed.
create table self_test (
  one integer primary key check (one = 1),
  ciphertext blob not null,
  data_key_id bigint not null);
