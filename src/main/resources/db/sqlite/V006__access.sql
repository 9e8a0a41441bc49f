-- What a token may do beyond its scope, whose child it is, and its secret before the last rotation.
alter table token add column parent_id text references token (id);
