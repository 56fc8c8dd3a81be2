create table scim_resource (
    id            varchar(36)  primary key,
    kind          varchar(5)   not null,
    ref           varchar(140) not null unique,
    -- For filters: in lower case, except external_id, which is compared exactly.
    user_name     text,
    display_name  text,
    external_id   text,
    version       integer      not null,
    created       varchar(30)  not null,
    last_modified varchar(30)  not null,
    content       text         not null
);

create index scim_resource_user_name on scim_resource (kind, user_name);
create index scim_resource_display_name on scim_resource (kind, display_name);
create index scim_resource_external_id on scim_resource (kind, external_id);

-- One row. Each transaction increments it first, and thereby waits for the one before it.
create table scim_revision (
    id       integer primary key,
    revision bigint  not null
);

insert into scim_revision (id, revision) values (1, 0);
