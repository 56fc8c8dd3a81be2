-- The topics and origins (kind) that a user has muted. A row of inbox_change with read = 2 tells that they have changed.
-- While there are some, tally.changes of (user, 0) and of (user, 1) is greater by 2^40.
create table mute (
    user_ref text collate "C" not null,
    kind     text collate "C" not null,
    value    text collate "C" not null,
    primary key (user_ref, kind, value)
);
