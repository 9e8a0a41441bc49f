-- What a person says of a key, when it rests, what was frozen in a panic, and what people must hear of.
alter table provider_key add column purpose text not null default 'inference';

alter table provider_key add column owner text;

alter table provider_key add column tags text not null default '';

alter table provider_key add column max_age_days bigint;

-- A rest is of one version: the next one starts without it.
alter table provider_key add column cooling_until bigint;

alter table provider_key add column cooling_version bigint;

-- A freeze lies over the keys' own states: all, provider:<name> or key:<id>.
create table freeze (
  scope text primary key,
  at bigint not null,
  principal text not null,
  reason text) without rowid;

-- What people must hear of, each once; the pending ones are the webhook's outbox.
create table notice (
  n integer primary key autoincrement,
  event_id text not null unique,
  kind text not null,
  subject text not null,
  once text not null unique,
  detail text not null,
  at bigint not null,
  state text not null check (state in ('unsent', 'pending', 'delivered', 'failed')),
  attempts bigint not null default 0);

create index notice_pending on notice (n) where state = 'pending';

-- Who used a key, asked in a hurry: without these both tables would be read from end to end.
create index usage_event_key on usage_event (key_id, started_ms) where key_id is not null;

create index audit_lease on audit (subject, at) where action = 'key.lease';
