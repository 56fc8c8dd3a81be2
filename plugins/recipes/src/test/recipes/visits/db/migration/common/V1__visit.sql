create table visit (visitor text not null);
create table report (visitors bigint not null);
