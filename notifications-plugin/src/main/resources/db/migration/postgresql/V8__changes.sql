-- The transaction that stored a notification. With the snapshot that a client has seen, it tells what is new to this client.
alter table notification add column change xid8 not null default pg_current_xact_id();

create index notification_change on notification (change);

-- Read marks of a user that have changed (ids, separated by blanks; none = too many to name). Rows are deleted
-- after half an hour. made, in microseconds, orders the marks of one notification: a transaction with a lower number can follow.
create table inbox_change (
    change   xid8 not null default pg_current_xact_id(),
    made     bigint not null default extract(epoch from clock_timestamp()) * 1000000,
    read     integer not null,
    user_ref text collate "C" not null,
    ids      text collate "C" not null
) with (autovacuum_vacuum_scale_factor = 0, autovacuum_vacuum_threshold = 5000);

create index inbox_change_change on inbox_change (change);

-- The identity of this database, and the last change that is not stored anymore. A dump that is restored elsewhere is another
-- database: it has other transactions.
create table change_source (
    id      text collate "C" not null,
    cluster text collate "C" not null default '',
    erased  xid8 not null
);

insert into change_source (id, erased) values (left(md5(gen_random_uuid()::text), 8), '0'::xid8);
