-- pos sorts as (created, id): created in milliseconds * 2^21 + the 21 bits of the UUIDv7 that follow its time.
create table notification (
    pos      integer primary key,
    id       text    not null,
    audience integer not null,
    origin   text    not null,
    title    text    not null,
    message  text,
    topic    text,
    actions  text    not null,
    folded   text    not null
) strict;

-- Every index of SQLite ends with the row's key, which is pos.
create index notification_audience on notification (audience);

-- An audience is a set of groups; these are its groups.
create table audience_group (
    group_ref text    not null,
    audience  integer not null,
    primary key (group_ref, audience)
) strict, without rowid;

-- Who is named by a notification, and whether they have read it.
create table addressee (
    user_ref text    not null,
    pos      integer not null,
    read     integer not null,
    primary key (user_ref, pos)
) strict, without rowid;

create index addressee_unread on addressee (user_ref, pos) where read = 0;

-- Who has read what reached them by an audience.
create table read_mark (
    user_ref text    not null,
    audience integer not null,
    pos      integer not null,
    primary key (user_ref, audience, pos)
) strict, without rowid;

-- Counts that are kept: the sum over both tables is exact in every snapshot.
create table tally (
    owner    text    not null,
    audience integer not null,
    total    integer not null,
    read     integer not null,
    primary key (owner, audience)
) strict, without rowid;

create table tally_delta (
    owner    text    not null,
    audience integer not null,
    total    integer not null,
    read     integer not null
) strict;

create index tally_delta_owner on tally_delta (owner, audience);
