create table stored (id integer primary key, title text not null) strict;

with recursive n (i) as (select 1 union all select i + 1 from n where i < 10000)
insert into stored (id, title) select i, 'Title number ' || i from n;

create table written (id integer primary key, title text not null) strict;
