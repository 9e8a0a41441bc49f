-- What a token may do beyond its scope, and whose child it is. Lists are separated by spaces, an empty one names all;
-- a limit that is null limits nothing. The parent may be the environment's admin token, which has no row.
alter table token add column parent_id text;

alter table token add column tasks text not null default '';

alter table token add column models text not null default '';

alter table token add column providers text not null default '';

alter table token add column requests_per_minute bigint;

alter table token add column max_nanos bigint;

alter table token add column max_day_nanos bigint;

alter table token add column max_month_nanos bigint;

-- A parent's living children are counted whenever it makes one more.
create index token_parent on token (parent_id, expires_at) where parent_id is not null;

-- Secrets of before a rotation; they work until their end.
create table token_former (
  mac blob primary key,
  token_id text not null references token (id),
  ends_at bigint not null) without rowid;

create index token_former_token on token_former (token_id);

-- The dollar limits of tokens that a hold takes part in. They are budgets too, named token:<id>:<span>, in the periods
-- that the attempt's start falls into.
create table hold_share (
  request_id text not null,
  attempt bigint not null,
  token_id text not null,
  span text not null,
  limit_nanos bigint not null,
  primary key (request_id, attempt, token_id, span)) without rowid;
