-- Create a notification

insert into trigram (gram, seen)
select pos, 20513
from (
  select listed.pos
  from unnest(cast(? as bigint[])) as listed (pos)) as added
where 1 = 1
on conflict (gram) do
update
set seen = excluded.seen
where trigram.seen < excluded.seen;

with addressed as (
  insert into addressee (user_ref, pos, read)
  select given.user_ref, given.pos, given.read
  from unnest(cast(? as varchar[]), cast(? as bigint[]), cast(? as bigint[])) as given (user_ref, pos,
      read)
  returning addressee.pos), counted as (
  insert into tally_delta (owner, audience, total, read)
  select given.owner, given.audience, given.total, given.read
  from unnest(cast(? as varchar[]), cast(? as bigint[]), cast(? as bigint[]), cast(? as bigint[])) as given (owner,
      audience, total, read)
  returning tally_delta.total)
insert into notification (pos, audience, id, origin, title, message, topic, actions, markdown, folded)
select given.pos, given.audience, given.id, given.origin, given.title, given.message, given.topic, given.actions,
  given.markdown, given.folded
from unnest(cast(? as bigint[]), cast(? as bigint[]), cast(? as varchar[]), cast(? as varchar[]), cast(? as varchar[]),
    cast(? as varchar[]), cast(? as varchar[]), cast(? as varchar[]), cast(? as bigint[]), cast(? as varchar[])) as given (pos,
    audience, id, origin, title, message, topic, actions, markdown, folded);

-- A page of an inbox

with audiences(audience) as materialized (
  select audience_group.audience
  from audience_group
  where audience_group.group_ref = any (cast(? as varchar[]))
  union
  select 1
  union
  select 0), counted(audience, own, total, read, changes) as materialized (
  select tally.audience, case when tally.owner <> '' then tally.total else 0 end, tally.total, tally.read,
    tally.changes
  from tally
  where (tally.owner in ('', ?)
    and tally.audience = any (array(
        select audiences.audience
        from audiences)))
  union all
  select tally_delta.audience, case when tally_delta.owner <> '' then tally_delta.total else 0 end, tally_delta.total,
    tally_delta.read, 1
  from tally_delta
  where (tally_delta.owner in ('', ?)
    and tally_delta.audience = any (array(
        select audiences.audience
        from audiences))))
select notification.id, notification.audience, notification.origin, notification.title, case when (octet_length(coalesce(notification.message,
        '')) + octet_length(notification.actions)) <= 8192 then notification.message end, notification.topic,
  case when (octet_length(coalesce(notification.message, '')) + octet_length(notification.actions)) <= 8192 then notification.actions end,
  case when page.flag is not null then page.flag else coalesce((
    select 1
    from read_mark
    where (read_mark.user_ref = ?
      and read_mark.audience = notification.audience
      and read_mark.pos = notification.pos)), 0) end, case when (octet_length(coalesce(notification.message,
        '')) + octet_length(notification.actions)) <= 8192 then 0 else (octet_length(coalesce(notification.message,
        '')) + octet_length(notification.actions)) end, notification.markdown, counts.total, counts.read,
  counts.changes
from (
  select coalesce(cast(sum(counted.total) as bigint), 0) as total, coalesce(cast(sum(counted.read) as bigint),
      0) as read, coalesce(cast(sum(counted.changes) as bigint), 0) as changes
  from counted) as counts
left outer join (
  select branch.pos, max(branch.flag) as flag
  from (
    select named.pos, named.flag
    from (
      select addressee.pos, addressee.read
      from addressee
      where addressee.user_ref = ?
      order by addressee.pos desc
      fetch next 20 rows only) as named (pos, flag)
    union all
    select by_audience.pos, cast(null as int)
    from (
      select audiences.audience
      from audiences
      where audiences.audience <> 0) as selected (audience)
    cross join lateral (
      select notification.pos
      from notification
      where ((notification.audience, notification.pos) > (selected.audience, ?)
        and (notification.audience, notification.pos) < (selected.audience, ?))
      order by notification.audience desc, notification.pos desc
      fetch next 20 rows only) as by_audience (pos)) as branch (pos, flag)
  group by branch.pos
  order by branch.pos desc
  fetch next 20 rows only) as page on true
left outer join notification on notification.pos = page.pos
order by page.pos desc;

-- A page of the unread notifications

with audiences(audience) as materialized (
  select audience_group.audience
  from audience_group
  where audience_group.group_ref = any (cast(? as varchar[]))
  union
  select 1
  union
  select 0), counted(audience, own, total, read, changes) as materialized (
  select tally.audience, case when tally.owner <> '' then tally.total else 0 end, tally.total, tally.read,
    tally.changes
  from tally
  where (tally.owner in ('', ?)
    and tally.audience = any (array(
        select audiences.audience
        from audiences)))
  union all
  select tally_delta.audience, case when tally_delta.owner <> '' then tally_delta.total else 0 end, tally_delta.total,
    tally_delta.read, 1
  from tally_delta
  where (tally_delta.owner in ('', ?)
    and tally_delta.audience = any (array(
        select audiences.audience
        from audiences))))
select notification.id, notification.audience, notification.origin, notification.title, case when (octet_length(coalesce(notification.message,
        '')) + octet_length(notification.actions)) <= 8192 then notification.message end, notification.topic,
  case when (octet_length(coalesce(notification.message, '')) + octet_length(notification.actions)) <= 8192 then notification.actions end,
  0, case when (octet_length(coalesce(notification.message, '')) + octet_length(notification.actions)) <= 8192 then 0 else (octet_length(coalesce(notification.message,
        '')) + octet_length(notification.actions)) end, notification.markdown, counts.total, counts.read,
  counts.changes
from (
  select coalesce(cast(sum(counted.total) as bigint), 0) as total, coalesce(cast(sum(counted.read) as bigint),
      0) as read, coalesce(cast(sum(counted.changes) as bigint), 0) as changes
  from counted) as counts
left outer join (
  select branch.pos, max(branch.flag) as flag
  from (
    select named.pos, named.flag
    from (
      select addressee.pos, addressee.read
      from addressee
      where (addressee.user_ref = ?
        and addressee.read = 0)
      order by addressee.pos desc
      fetch next 20 rows only) as named (pos, flag)
    union all
    select by_audience.pos, cast(null as int)
    from (
      select counted.audience, (coalesce(cast(sum(counted.total) as bigint), 0) - coalesce(cast(sum(counted.read) as bigint),
            0)), coalesce(cast(sum(counted.read) as bigint), 0), -(coalesce(cast(sum(counted.own) as bigint),
            0))
      from counted
      where counted.audience <> 0
      group by counted.audience having (coalesce(cast(sum(counted.total) as bigint), 0) - coalesce(cast(sum(counted.read) as bigint),
            0)) > 0) as selected (audience, unread, marks, named)
    cross join lateral (
      select notification.pos
      from notification
      where ((notification.audience, notification.pos) > (selected.audience, ?)
        and (notification.audience, notification.pos) < (selected.audience, ?)
        and case when selected.marks = 0 then true else coalesce((
            select false
            from read_mark
            where (read_mark.user_ref = ?
              and read_mark.audience = notification.audience
              and read_mark.pos = notification.pos)), true) end
        and case when selected.named = 0 then true else coalesce((
            select false
            from addressee
            where (addressee.user_ref = ?
              and addressee.pos = notification.pos)), true) end)
      order by notification.audience desc, notification.pos desc
      fetch next least(20, selected.unread) rows only) as by_audience (pos)) as branch (pos, flag)
  group by branch.pos
  order by branch.pos desc
  fetch next 20 rows only) as page on true
left outer join notification on notification.pos = page.pos
order by page.pos desc;

-- A page in the order of the titles

with audiences(audience) as materialized (
  select audience_group.audience
  from audience_group
  where audience_group.group_ref = any (cast(? as varchar[]))
  union all
  select 1
  union all
  select 0)
select coalesce(cast(sum(counted.total) as bigint), 0), coalesce(cast(sum(counted.read) as bigint), 0),
  coalesce(cast(sum(counted.changes) as bigint), 0)
from (
  select tally.audience, case when tally.owner <> '' then tally.total else 0 end, tally.total, tally.read,
    tally.changes
  from tally
  where (tally.owner in ('', ?)
    and tally.audience = any (array(
        select audiences.audience
        from audiences)))
  union all
  select tally_delta.audience, case when tally_delta.owner <> '' then tally_delta.total else 0 end, tally_delta.total,
    tally_delta.read, 1
  from tally_delta
  where (tally_delta.owner in ('', ?)
    and tally_delta.audience = any (array(
        select audiences.audience
        from audiences)))) as counted (audience, own, total, read, changes);

select notification.id, notification.audience, notification.origin, notification.title, case when (octet_length(coalesce(notification.message,
        '')) + octet_length(notification.actions)) <= 8192 then notification.message end, notification.topic,
  case when (octet_length(coalesce(notification.message, '')) + octet_length(notification.actions)) <= 8192 then notification.actions end,
  coalesce(addressee.read, case when read_mark.pos is not null then 1 else 0 end), case when (octet_length(coalesce(notification.message,
        '')) + octet_length(notification.actions)) <= 8192 then 0 else (octet_length(coalesce(notification.message,
        '')) + octet_length(notification.actions)) end, notification.markdown
from (
  select pos, text
  from (
    select found.pos as pos, (
      select notification.title
      from notification
      where notification.pos = found.pos) as text
    from (
      select addressee.pos
      from addressee
      where addressee.user_ref = ?
      union
      select by_audience.pos
      from (
        select audience_group.audience
        from audience_group
        where audience_group.group_ref = any (cast(? as varchar[]))
        union
        select 1) as selected (audience)
      cross join lateral (
        select notification.pos
        from notification
        where notification.audience = selected.audience
        offset 0 rows) as by_audience) as found
    offset 0 rows) as keyed
  order by text asc nulls last, pos asc
  offset ? rows
  fetch next 20 rows only) as page
join notification on notification.pos = page.pos
left outer join addressee on (addressee.user_ref = ?
  and addressee.pos = notification.pos)
left outer join read_mark on (read_mark.user_ref = ?
  and read_mark.audience = notification.audience
  and read_mark.pos = notification.pos)
order by notification.title asc nulls last, notification.pos asc;

-- A page of a search

with audiences(audience) as materialized (
  select audience_group.audience
  from audience_group
  where audience_group.group_ref = any (cast(? as varchar[]))
  union
  select 1
  union
  select 0), counted(audience, own, total, read, changes) as materialized (
  select tally.audience, case when tally.owner <> '' then tally.total else 0 end, tally.total, tally.read,
    tally.changes
  from tally
  where (tally.owner in ('', ?)
    and tally.audience = any (array(
        select audiences.audience
        from audiences)))
  union all
  select tally_delta.audience, case when tally_delta.owner <> '' then tally_delta.total else 0 end, tally_delta.total,
    tally_delta.read, 1
  from tally_delta
  where (tally_delta.owner in ('', ?)
    and tally_delta.audience = any (array(
        select audiences.audience
        from audiences))))
select notification.id, notification.audience, notification.origin, notification.title, case when (octet_length(coalesce(notification.message,
        '')) + octet_length(notification.actions)) <= 8192 then notification.message end, notification.topic,
  case when (octet_length(coalesce(notification.message, '')) + octet_length(notification.actions)) <= 8192 then notification.actions end,
  case when page.flag is not null then page.flag else coalesce((
    select 1
    from read_mark
    where (read_mark.user_ref = ?
      and read_mark.audience = notification.audience
      and read_mark.pos = notification.pos)), 0) end, case when (octet_length(coalesce(notification.message,
        '')) + octet_length(notification.actions)) <= 8192 then 0 else (octet_length(coalesce(notification.message,
        '')) + octet_length(notification.actions)) end, notification.markdown, counts.total, counts.read,
  counts.changes
from (
  select coalesce(cast(sum(counted.total) as bigint), 0) as total, coalesce(cast(sum(counted.read) as bigint),
      0) as read, coalesce(cast(sum(counted.changes) as bigint), 0) as changes
  from counted) as counts
left outer join (
  select page.pos, page.flag
  from (
    select branch.pos, max(branch.flag) as flag
    from (
      select named.pos, named.flag
      from (
        select addressee.pos, addressee.read
        from addressee
        where addressee.user_ref = ?
        order by addressee.pos desc
        fetch next 64 rows only) as named (pos, flag)
      union all
      select by_audience.pos, cast(null as int)
      from (
        select audiences.audience
        from audiences
        where audiences.audience <> 0) as selected (audience)
      cross join lateral (
        select notification.pos
        from notification
        where ((notification.audience, notification.pos) > (selected.audience, ?)
          and (notification.audience, notification.pos) < (selected.audience, ?))
        order by notification.audience desc, notification.pos desc
        fetch next 64 rows only) as by_audience (pos)) as branch (pos, flag)
    group by branch.pos
    order by branch.pos desc
    fetch next 64 rows only) as page
  join notification on notification.pos = page.pos
  where position(? in notification.folded) > 0
  order by page.pos desc
  offset ? rows
  fetch next 20 rows only) as page on true
left outer join notification on notification.pos = page.pos
order by page.pos desc;

-- The counts of an inbox

with audiences(audience) as materialized (
  select audience_group.audience
  from audience_group
  where audience_group.group_ref = any (cast(? as varchar[]))
  union all
  select 1
  union all
  select 0)
select coalesce(cast(sum(counted.total) as bigint), 0), coalesce(cast(sum(counted.read) as bigint), 0),
  coalesce(cast(sum(counted.changes) as bigint), 0)
from (
  select tally.audience, case when tally.owner <> '' then tally.total else 0 end, tally.total, tally.read,
    tally.changes
  from tally
  where (tally.owner in ('', ?)
    and tally.audience = any (array(
        select audiences.audience
        from audiences)))
  union all
  select tally_delta.audience, case when tally_delta.owner <> '' then tally_delta.total else 0 end, tally_delta.total,
    tally_delta.read, 1
  from tally_delta
  where (tally_delta.owner in ('', ?)
    and tally_delta.audience = any (array(
        select audiences.audience
        from audiences)))) as counted (audience, own, total, read, changes);

-- The counts of several inboxes

select 0, tally.owner, tally.audience, tally.total, tally.read, tally.changes
from tally
where tally.owner = any (cast(? as varchar[]))
union all
select 0, tally_delta.owner, tally_delta.audience, tally_delta.total, tally_delta.read, 1
from tally_delta
where tally_delta.owner = any (cast(? as varchar[]))
union all
select 0, tally.owner, tally.audience, tally.total, tally.read, tally.changes
from tally
where (tally.owner = ''
  and tally.audience = any (array(
      select audience_group.audience
      from audience_group
      where audience_group.group_ref = any (cast(? as varchar[]))
      union
      select 1)))
union all
select 0, tally_delta.owner, tally_delta.audience, tally_delta.total, tally_delta.read, 1
from tally_delta
where (tally_delta.owner = ''
  and tally_delta.audience = any (array(
      select audience_group.audience
      from audience_group
      where audience_group.group_ref = any (cast(? as varchar[]))
      union
      select 1)))
union all
select 1, audience_group.group_ref, audience_group.audience, 0, 0, 0
from audience_group
where audience_group.group_ref = any (cast(? as varchar[]));

-- Mark a notification as read

select notification.audience, addressee.read, read_mark.pos
from notification
left outer join addressee on (addressee.user_ref = ?
  and addressee.pos = notification.pos)
left outer join read_mark on (read_mark.user_ref = ?
  and read_mark.audience = notification.audience
  and read_mark.pos = notification.pos)
where (notification.pos = ?
  and notification.id = ?);

select exists (
  select 1 as one
  from audience_group
  where (audience_group.group_ref in (?, ?)
    and audience_group.audience = ?));

insert into read_mark (user_ref, audience, pos)
select ?, notification.audience, notification.pos
from notification
where notification.pos = ? for key share
on conflict do nothing;

insert into tally_delta (owner, audience, total, read)
values (?, ?, ?, ?);

insert into inbox_change (user_ref, ids, read)
values (?, ?, ?);

-- Add the counter deltas to the counters

select exists (
  select 1
  from tally_delta);

select pg_try_advisory_xact_lock(hashtextextended(current_schema() || '.' || ?, 0));

with compacted as (
  delete from tally_delta
  returning owner, audience, total, read)
insert into tally (owner, audience, total, read, changes)
select owner, audience, sum(total), sum(read), count(*)
from compacted
group by owner, audience
on conflict (owner, audience) do
update
set total = tally.total + excluded.total, read = tally.read + excluded.read,
changes = tally.changes + excluded.changes;

-- The unread count of a user who has muted something

with audiences(audience) as materialized (
  select audience_group.audience
  from audience_group
  where audience_group.group_ref = any (cast(? as varchar[]))
  union all
  select 1
  union all
  select 0)
select coalesce(cast(sum(counted.total) as bigint), 0), coalesce(cast(sum(counted.read) as bigint), 0),
  coalesce(cast(sum(counted.changes) as bigint), 0)
from (
  select tally.audience, case when tally.owner <> '' then tally.total else 0 end, tally.total, tally.read,
    tally.changes
  from tally
  where (tally.owner in ('', ?)
    and tally.audience = any (array(
        select audiences.audience
        from audiences)))
  union all
  select tally_delta.audience, case when tally_delta.owner <> '' then tally_delta.total else 0 end, tally_delta.total,
    tally_delta.read, 1
  from tally_delta
  where (tally_delta.owner in ('', ?)
    and tally_delta.audience = any (array(
        select audiences.audience
        from audiences)))) as counted (audience, own, total, read, changes);

select id as source, erased::text as erased, pg_current_snapshot()::text as present
from change_source;

select found.pos, (
  select case when (notification.topic = any (array(
        select mute.value
        from mute
        where (mute.user_ref = ?
          and mute.kind = 'topic')))
    or notification.origin = any (array(
        select mute.value
        from mute
        where (mute.user_ref = ?
          and mute.kind = 'origin')))) then true else false end
  from notification
  where notification.pos = found.pos)
from (with audiences(audience) as materialized (
    select audience_group.audience
    from audience_group
    where audience_group.group_ref = any (cast(? as varchar[]))
    union
    select 1
    union
    select 0), counted(audience, own, total, read, changes) as materialized (
    select tally.audience, case when tally.owner <> '' then tally.total else 0 end, tally.total, tally.read,
      tally.changes
    from tally
    where (tally.owner in ('', ?)
      and tally.audience = any (array(
          select audiences.audience
          from audiences)))
    union all
    select tally_delta.audience, case when tally_delta.owner <> '' then tally_delta.total else 0 end,
      tally_delta.total, tally_delta.read, 1
    from tally_delta
    where (tally_delta.owner in ('', ?)
      and tally_delta.audience = any (array(
          select audiences.audience
          from audiences))))
  select pos
  from (
    select branch.pos, max(branch.flag) as flag
    from (
      select named.pos, named.flag
      from (
        select addressee.pos, addressee.read
        from addressee
        where (addressee.user_ref = ?
          and addressee.read = 0)
        order by addressee.pos desc
        fetch next 64 rows only) as named (pos, flag)
      union all
      select by_audience.pos, cast(null as int)
      from (
        select counted.audience, (coalesce(cast(sum(counted.total) as bigint), 0) - coalesce(cast(sum(counted.read) as bigint),
              0)), coalesce(cast(sum(counted.read) as bigint), 0), -(coalesce(cast(sum(counted.own) as bigint),
              0))
        from counted
        where counted.audience <> 0
        group by counted.audience having (coalesce(cast(sum(counted.total) as bigint), 0) - coalesce(cast(sum(counted.read) as bigint),
              0)) > 0) as selected (audience, unread, marks, named)
      cross join lateral (
        select notification.pos
        from notification
        where ((notification.audience, notification.pos) > (selected.audience, ?)
          and (notification.audience, notification.pos) < (selected.audience, ?)
          and case when selected.marks = 0 then true else coalesce((
              select false
              from read_mark
              where (read_mark.user_ref = ?
                and read_mark.audience = notification.audience
                and read_mark.pos = notification.pos)), true) end
          and case when selected.named = 0 then true else coalesce((
              select false
              from addressee
              where (addressee.user_ref = ?
                and addressee.pos = notification.pos)), true) end)
        order by notification.audience desc, notification.pos desc
        fetch next least(64, selected.unread) rows only) as by_audience (pos)) as branch (pos, flag)
    group by branch.pos
    order by branch.pos desc
    fetch next 64 rows only) as page) as found;

-- The same after a notification has arrived

with audiences(audience) as materialized (
  select audience_group.audience
  from audience_group
  where audience_group.group_ref = any (cast(? as varchar[]))
  union all
  select 1
  union all
  select 0)
select coalesce(cast(sum(counted.total) as bigint), 0), coalesce(cast(sum(counted.read) as bigint), 0),
  coalesce(cast(sum(counted.changes) as bigint), 0)
from (
  select tally.audience, case when tally.owner <> '' then tally.total else 0 end, tally.total, tally.read,
    tally.changes
  from tally
  where (tally.owner in ('', ?)
    and tally.audience = any (array(
        select audiences.audience
        from audiences)))
  union all
  select tally_delta.audience, case when tally_delta.owner <> '' then tally_delta.total else 0 end, tally_delta.total,
    tally_delta.read, 1
  from tally_delta
  where (tally_delta.owner in ('', ?)
    and tally_delta.audience = any (array(
        select audiences.audience
        from audiences)))) as counted (audience, own, total, read, changes);

with s as (
  select id as source, erased::text as erased, pg_current_snapshot()::text as present
  from change_source)
select s.*, c.*
from s left
join (
  select n.change::text as change, 0 as ordinal, null as user_ref, null as ids, 0 as read, n.id, n.audience,
    n.origin as origin, n.title as title, n.topic as topic, n.markdown as markdown,
octet_length(coalesce(n.message,
        '')) + octet_length(n.actions) <= 8192 as whole,
case when octet_length(coalesce(n.message, '')) + octet_length(n.actions) <= 8192 then n.message end as message,
    case when octet_length(coalesce(n.message, '')) + octet_length(n.actions) <= 8192 then n.actions else '[]' end
    as actions,
            array_to_string(array(
      select a.user_ref
      from addressee a
      where a.pos = n.pos), ' ') as users,
        (
    select g.groups
    from audience g
    where g.number = n.audience) as groups
  from (
        (
      select *
      from notification
      where change >= pg_snapshot_xmax(?::pg_snapshot)
      order by change
      limit 1000)
    union all
        (
      select *
      from notification
      where change = any(array(
          select pg_snapshot_xip(?::pg_snapshot)))
      order by change
      limit 1000)
    ) n
  union all
  select r.change::text, r.made, r.user_ref, r.ids, r.read, null, 0, null, null, null, 0, true, null,
    null, null, null
  from (
        (
      select *
      from inbox_change
      where change >= pg_snapshot_xmax(?::pg_snapshot)
      order by change
      limit 1000)
    union all
        (
      select *
      from inbox_change
      where change = any(array(
          select pg_snapshot_xip(?::pg_snapshot)))
      order by change
      limit 1000)
    ) r
) c on true;

select mute.user_ref, mute.kind, mute.value
from mute
where mute.user_ref = any (cast(? as varchar[]));
