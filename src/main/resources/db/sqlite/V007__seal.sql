-- How often each data key has encrypted, and a sealed text that shows that the keyring still opens what it sealed.
create table data_key (
  id bigint primary key,
  encryptions bigint not null default 0,
  created_at bigint not null) without rowid;
