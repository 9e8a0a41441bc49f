-- Usage rows, daily aggregates, budgets and holds.
-- Money is nano-dollars, times are milliseconds since 1970 UTC, days and periods are UTC.

-- One row an attempt, append-only. What it takes to price it again, never a body.
create table usage_event (
  request_id text not null,
  attempt integer not null,
  started_ms integer not null,
  task text,
  operation text not null,
  provider text not null,
  model text not null,
  served_model text,
  key_id text,
  principal text,
  tags text,
  outcome text not null,
  http_status integer,
  latency_ms integer not null,
  input_tokens integer not null,
  cache_read_tokens integer not null,
  cache_write_tokens integer not null,
  cache_write_long_tokens integer not null,
  output_tokens integer not null,
  reasoning_tokens integer not null,
  estimated integer not null,
  cost_nanos integer not null check (cost_nanos >= 0),
  price_source text not null,
  unique (request_id, attempt)
) strict;

-- What reports read; written in the transaction of the usage row.
create table usage_day (
  day text not null,
  provider text not null,
  model text not null,
  requests integer not null,
  errors integer not null,
  input_tokens integer not null,
  cache_read_tokens integer not null,
  cache_write_tokens integer not null,
  output_tokens integer not null,
  cost_nanos integer not null,
  primary key (day, provider, model)
) strict, without rowid;

-- Spending of every period is kept, with or without a limit, so that a limit set later counts it.
-- A hold fits the limit when it is taken; settled alone may pass it, for what was spent is never hidden.
create table budget_period (
  budget text not null,
  period text not null,
  limit_nanos integer,
  settled_nanos integer not null default 0 check (settled_nanos >= 0),
  held_nanos integer not null default 0 check (held_nanos >= 0),
  primary key (budget, period),
  check (held_nanos = 0 or held_nanos <= limit_nanos)
) strict, without rowid;

-- Attempts that have left and not ended. A row of an earlier boot is settled at its maximum.
create table budget_hold (
  request_id text not null,
  attempt integer not null,
  budget text not null,
  period text not null,
  max_nanos integer not null check (max_nanos > 0),
  boot_id text not null,
  started_ms integer not null,
  task text,
  operation text not null,
  provider text not null,
  model text not null,
  key_id text,
  principal text,
  tags text,
  max_input_tokens integer not null,
  max_output_tokens integer not null,
  primary key (request_id, attempt)
) strict, without rowid;

-- Thresholds passed, once each a period; the pending ones are the webhook's outbox.
create table budget_alert (
  budget text not null,
  period text not null,
  percent integer not null,
  limit_nanos integer not null,
  settled_nanos integer not null,
  crossed_ms integer not null,
  event_id text not null,
  state text not null check (state in ('unsent', 'pending', 'delivered', 'failed')),
  attempts integer not null default 0,
  primary key (budget, period, percent)
) strict, without rowid;
