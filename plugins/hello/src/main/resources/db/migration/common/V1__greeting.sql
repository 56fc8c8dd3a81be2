create table greeting (
    name  varchar(100) primary key,
    times integer not null
);
