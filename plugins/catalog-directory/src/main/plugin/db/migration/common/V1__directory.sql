-- The last good state of the directory.
create table directory_entity (
    ref          varchar(140) primary key,
    display_name varchar(255),
    email        varchar(255),
    -- References, separated by spaces.
    member_of    text         not null
);

-- One row. Both columns describe the last successful read; the revision counts those that have changed something.
create table directory_state (
    id       integer primary key,
    revision bigint  not null,
    read_at  varchar(30)
);

insert into directory_state (id, revision) values (1, 0);
