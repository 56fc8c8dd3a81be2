-- pos sorts as (created, id): created in milliseconds * 2^21 + the 21 bits of the UUIDv7 that follow its time.
-- Text sorts by code point (collation "C"), as it does on SQLite, whatever the database's own collation is.
create table notification (
    pos      bigint primary key,
    audience bigint not null,
    id       text collate "C" not null,
    origin   text collate "C" not null,
    title    text collate "C" not null,
    message  text collate "C",
    topic    text collate "C",
    actions  text collate "C" not null,
    folded   text collate "C" not null
);

create index notification_audience on notification (audience, pos);

-- An audience is a set of groups; these are its groups.
create table audience_group (
    group_ref text collate "C" not null,
    audience  bigint not null,
    primary key (group_ref, audience)
);

-- Who is named by a notification, and whether they have read it.
create table addressee (
    pos      bigint not null,
    read     integer not null,
    user_ref text collate "C" not null,
    primary key (user_ref, pos)
);

create index addressee_unread on addressee (user_ref, pos) where read = 0;

-- Who has read what reached them by an audience.
create table read_mark (
    audience bigint not null,
    pos      bigint not null,
    user_ref text collate "C" not null,
    primary key (user_ref, audience, pos)
);

-- Counts that are kept: the sum over both tables is exact in every snapshot.
create table tally (
    audience bigint not null,
    total    bigint not null,
    read     bigint not null,
    owner    text collate "C" not null,
    primary key (owner, audience)
) with (fillfactor = 70);

-- Rows live for a second; what they leave behind must be swept as quickly.
create table tally_delta (
    audience bigint not null,
    total    bigint not null,
    read     bigint not null,
    owner    text collate "C" not null
) with (autovacuum_vacuum_scale_factor = 0, autovacuum_vacuum_threshold = 5000);

create index tally_delta_owner on tally_delta (owner, audience);
