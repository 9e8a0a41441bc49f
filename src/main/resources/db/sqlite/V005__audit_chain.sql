-- Each node chains its audit rows: n counts them, mac binds a row to the one before.
alter table audit add column node text;

alter table audit add column n bigint;

alter table audit add column mac blob;

create unique index audit_chain on audit (node, n) where node is not null;
