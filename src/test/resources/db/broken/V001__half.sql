-- The second statement cannot run: nothing of the first may stay.
create table half (id integer primary key);
insert into missing values (1);
