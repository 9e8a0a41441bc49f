-- Each node chains its audit rows: n counts them, mac binds a row to the one before; lines says how many
-- checkpoints of the node stood when the row was written. Rows older than the chain have no node.
alter table audit add column node text;

alter table audit add column n bigint;

alter table audit add column lines bigint;

alter table audit add column mac blob;

create unique index audit_chain on audit (node, n) where node is not null;

-- Each of these also orders by seq.
create index audit_subject on audit (subject);

create index audit_principal on audit (principal);

create index audit_action on audit (action);

create index audit_at on audit (at);

-- The last checkpoint of each node as it stands in the checkpoint file, so that the file cannot be cut unnoticed.
create table audit_checkpoint (
  node text primary key,
  line text not null) without rowid;
