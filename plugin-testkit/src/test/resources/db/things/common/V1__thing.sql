create table thing (name text primary key);
