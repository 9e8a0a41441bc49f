-- The budget that an admin has set. Without a row the server's configuration is in force.
create table budget_setting (
  budget text primary key,
  limit_nanos bigint not null check (limit_nanos >= 0),
  hard bigint not null check (hard in (0, 1))) without rowid;

-- A limit may be lowered while more is held: those requests were promised their money. So what is
-- held has to fit only when it grows.
create table budget_period_open (
  budget text not null,
  period text not null,
  limit_nanos integer,
  settled_nanos integer not null default 0 check (settled_nanos >= 0),
  held_nanos integer not null default 0 check (held_nanos >= 0),
  primary key (budget, period)
) strict, without rowid;

insert into budget_period_open (budget, period, limit_nanos, settled_nanos, held_nanos)
select budget, period, limit_nanos, settled_nanos, held_nanos from budget_period;

drop table budget_period;

alter table budget_period_open rename to budget_period;

create trigger budget_is_not_overheld before update of held_nanos on budget_period when new.held_nanos > old.held_nanos and new.held_nanos > new.limit_nanos begin select raise(abort, 'more is held than the limit has'); end;
