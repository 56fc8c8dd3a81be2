-- What has changed, in the order of the commits: a created notification (pos), or read marks of a user (ids, separated by blanks;
-- none = too many to name). Rows are deleted after half an hour.
create table inbox_change (
    change   integer primary key autoincrement,
    pos      integer,
    user_ref text,
    ids      text,
    read     integer,
    made     integer not null default (unixepoch())
) strict;

-- The identity of this database, and the last change that is not stored anymore.
create table change_source (
    id     text    not null,
    erased integer not null
) strict;

insert into change_source (id, erased) values (lower(hex(randomblob(4))), 0);
