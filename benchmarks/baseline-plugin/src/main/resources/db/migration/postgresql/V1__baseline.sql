create table stored (id bigint primary key, title text not null);

insert into stored (id, title) select i, 'Title number ' || i from generate_series(1, 10000) i;

create table written (id bigint generated always as identity primary key, title text not null);
