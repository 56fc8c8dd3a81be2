-- Create a notification

insert into trigram (gram, seen)
select pos, 20513
from (
  select value as pos
  from json_each(?)) as added
where 1 = 1
on conflict (gram) do
update
set seen = excluded.seen
where trigram.seen < excluded.seen;

insert into notification (pos, id, audience, origin, title, message, topic, actions, markdown, folded)
values (?, ?, ?, ?, ?, ?, ?, ?, ?, ?)
on conflict (pos) do nothing;

insert into addressee (user_ref, pos, read)
values (?, ?, ?);

insert into inbox_change (pos)
values (?);

insert into searched (pos)
values (?);

insert into folded_text (rowid, folded)
values (last_insert_rowid(), ? || '￿￿');

insert into tally_delta (owner, audience, total, read)
values (?, ?, ?, ?);

-- A page of an inbox

select coalesce(sum(counted.total), cast(0 as decimal)), coalesce(sum(counted.read), cast(0 as decimal)),
  coalesce(sum(counted.changes), cast(0 as decimal))
from (
  select tally.audience as audience, case when tally.owner <> '' then tally.total else 0 end as own, tally.total as total,
    tally.read as read, tally.changes as changes
  from tally
  where (tally.owner in ('', ?)
    and tally.audience in (
      select audience_group.audience
      from audience_group
      where audience_group.group_ref in (
        select value
        from json_each(?))
      union
      select 1
      union
      select 0))
  union all
  select tally_delta.audience, case when tally_delta.owner <> '' then tally_delta.total else 0 end, tally_delta.total,
    tally_delta.read, 1
  from tally_delta
  where (tally_delta.owner in ('', ?)
    and tally_delta.audience in (
      select audience_group.audience
      from audience_group
      where audience_group.group_ref in (
        select value
        from json_each(?))
      union
      select 1
      union
      select 0))) as counted;

select audience_group.audience
from audience_group
where audience_group.group_ref in (
  select value
  from json_each(?))
union
select 1;

select notification.id, notification.audience, notification.origin, notification.title, case when (octet_length(coalesce(notification.message,
        '')) + octet_length(notification.actions)) <= 8192 then notification.message end, notification.topic,
  case when (octet_length(coalesce(notification.message, '')) + octet_length(notification.actions)) <= 8192 then notification.actions end,
  coalesce(addressee.read, case when read_mark.pos is not null then 1 else 0 end), case when (octet_length(coalesce(notification.message,
        '')) + octet_length(notification.actions)) <= 8192 then 0 else (octet_length(coalesce(notification.message,
        '')) + octet_length(notification.actions)) end, notification.markdown
from (
  select addressee.pos
  from addressee
  where addressee.user_ref = ?
  union
  select notification.pos
  from notification
  where notification.audience = ?
  union
  select notification.pos
  from notification
  where notification.audience = ?
  order by 1 desc
  limit ?
  offset ?) as found
join notification on notification.pos = found.pos
left outer join addressee on (addressee.user_ref = ?
  and addressee.pos = notification.pos)
left outer join read_mark on (read_mark.user_ref = ?
  and read_mark.audience = notification.audience
  and read_mark.pos = notification.pos)
order by notification.pos desc;

-- A page of the unread notifications

select coalesce(sum(counted.total), cast(0 as decimal)), coalesce(sum(counted.read), cast(0 as decimal)),
  coalesce(sum(counted.changes), cast(0 as decimal))
from (
  select tally.audience as audience, case when tally.owner <> '' then tally.total else 0 end as own, tally.total as total,
    tally.read as read, tally.changes as changes
  from tally
  where (tally.owner in ('', ?)
    and tally.audience in (
      select audience_group.audience
      from audience_group
      where audience_group.group_ref in (
        select value
        from json_each(?))
      union
      select 1
      union
      select 0))
  union all
  select tally_delta.audience, case when tally_delta.owner <> '' then tally_delta.total else 0 end, tally_delta.total,
    tally_delta.read, 1
  from tally_delta
  where (tally_delta.owner in ('', ?)
    and tally_delta.audience in (
      select audience_group.audience
      from audience_group
      where audience_group.group_ref in (
        select value
        from json_each(?))
      union
      select 1
      union
      select 0))) as counted;

select counted.audience, cast(sum(counted.read) as int8), -(cast(sum(counted.own) as int8))
from (
  select tally.audience as audience, case when tally.owner <> '' then tally.total else 0 end as own, tally.total as total,
    tally.read as read, tally.changes as changes
  from tally
  where (tally.owner in ('', ?)
    and tally.audience in (
      select audience_group.audience
      from audience_group
      where audience_group.group_ref in (
        select value
        from json_each(?))
      union
      select 1))
  union all
  select tally_delta.audience, case when tally_delta.owner <> '' then tally_delta.total else 0 end, tally_delta.total,
    tally_delta.read, 1
  from tally_delta
  where (tally_delta.owner in ('', ?)
    and tally_delta.audience in (
      select audience_group.audience
      from audience_group
      where audience_group.group_ref in (
        select value
        from json_each(?))
      union
      select 1))) as counted
group by counted.audience having (cast(sum(counted.total) as int8) - cast(sum(counted.read) as int8)) > 0;

select notification.id, notification.audience, notification.origin, notification.title, case when (octet_length(coalesce(notification.message,
        '')) + octet_length(notification.actions)) <= 8192 then notification.message end, notification.topic,
  case when (octet_length(coalesce(notification.message, '')) + octet_length(notification.actions)) <= 8192 then notification.actions end,
  coalesce(addressee.read, case when read_mark.pos is not null then 1 else 0 end), case when (octet_length(coalesce(notification.message,
        '')) + octet_length(notification.actions)) <= 8192 then 0 else (octet_length(coalesce(notification.message,
        '')) + octet_length(notification.actions)) end, notification.markdown
from (
  select addressee.pos
  from addressee
  where (addressee.user_ref = ?
    and addressee.read = 0)
  union
  select notification.pos
  from notification
  where (notification.audience = ?
    and case when ? = 0 then 1 else coalesce((
        select 0
        from read_mark
        where (read_mark.user_ref = ?
          and read_mark.audience = notification.audience
          and read_mark.pos = notification.pos)), 1) end
    and case when ? = 0 then 1 else coalesce((
        select 0
        from addressee
        where (addressee.user_ref = ?
          and addressee.pos = notification.pos)), 1) end)
  order by 1 desc
  limit ?
  offset ?) as found
join notification on notification.pos = found.pos
left outer join addressee on (addressee.user_ref = ?
  and addressee.pos = notification.pos)
left outer join read_mark on (read_mark.user_ref = ?
  and read_mark.audience = notification.audience
  and read_mark.pos = notification.pos)
order by notification.pos desc;

-- A page in the order of the titles

select coalesce(sum(counted.total), cast(0 as decimal)), coalesce(sum(counted.read), cast(0 as decimal)),
  coalesce(sum(counted.changes), cast(0 as decimal))
from (
  select tally.audience as audience, case when tally.owner <> '' then tally.total else 0 end as own, tally.total as total,
    tally.read as read, tally.changes as changes
  from tally
  where (tally.owner in ('', ?)
    and tally.audience in (
      select audience_group.audience
      from audience_group
      where audience_group.group_ref in (
        select value
        from json_each(?))
      union
      select 1
      union
      select 0))
  union all
  select tally_delta.audience, case when tally_delta.owner <> '' then tally_delta.total else 0 end, tally_delta.total,
    tally_delta.read, 1
  from tally_delta
  where (tally_delta.owner in ('', ?)
    and tally_delta.audience in (
      select audience_group.audience
      from audience_group
      where audience_group.group_ref in (
        select value
        from json_each(?))
      union
      select 1
      union
      select 0))) as counted;

select audience_group.audience
from audience_group
where audience_group.group_ref in (
  select value
  from json_each(?))
union
select 1;

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
      select notification.pos
      from notification
      where notification.audience = ?
      union
      select notification.pos
      from notification
      where notification.audience = ?) as found
    limit 2147483647
    offset 0) as keyed
  order by text asc nulls last, pos asc
  limit 20
  offset ?) as page
join notification on notification.pos = page.pos
left outer join addressee on (addressee.user_ref = ?
  and addressee.pos = notification.pos)
left outer join read_mark on (read_mark.user_ref = ?
  and read_mark.audience = notification.audience
  and read_mark.pos = notification.pos)
order by notification.title asc nulls last, notification.pos asc;

-- A page of a search

select coalesce(sum(counted.total), cast(0 as decimal)), coalesce(sum(counted.read), cast(0 as decimal)),
  coalesce(sum(counted.changes), cast(0 as decimal))
from (
  select tally.audience as audience, case when tally.owner <> '' then tally.total else 0 end as own, tally.total as total,
    tally.read as read, tally.changes as changes
  from tally
  where (tally.owner in ('', ?)
    and tally.audience in (
      select audience_group.audience
      from audience_group
      where audience_group.group_ref in (
        select value
        from json_each(?))
      union
      select 1
      union
      select 0))
  union all
  select tally_delta.audience, case when tally_delta.owner <> '' then tally_delta.total else 0 end, tally_delta.total,
    tally_delta.read, 1
  from tally_delta
  where (tally_delta.owner in ('', ?)
    and tally_delta.audience in (
      select audience_group.audience
      from audience_group
      where audience_group.group_ref in (
        select value
        from json_each(?))
      union
      select 1
      union
      select 0))) as counted;

select audience_group.audience
from audience_group
where audience_group.group_ref in (
  select value
  from json_each(?))
union
select 1;

select notification.id, notification.audience, notification.origin, notification.title, case when (octet_length(coalesce(notification.message,
        '')) + octet_length(notification.actions)) <= 8192 then notification.message end, notification.topic,
  case when (octet_length(coalesce(notification.message, '')) + octet_length(notification.actions)) <= 8192 then notification.actions end,
  coalesce(addressee.read, case when read_mark.pos is not null then 1 else 0 end), case when (octet_length(coalesce(notification.message,
        '')) + octet_length(notification.actions)) <= 8192 then 0 else (octet_length(coalesce(notification.message,
        '')) + octet_length(notification.actions)) end, notification.markdown
from (
  select found.pos
  from (
    select addressee.pos
    from addressee
    where addressee.user_ref = ?
    union
    select notification.pos
    from notification
    where notification.audience = ?
    union
    select notification.pos
    from notification
    where notification.audience = ?
    order by 1 desc
    limit ?
    offset ?) as found
  join notification on notification.pos = found.pos
  where instr(notification.folded, ?) > 0
  order by 1 desc
  limit ?
  offset ?) as found
join notification on notification.pos = found.pos
left outer join addressee on (addressee.user_ref = ?
  and addressee.pos = notification.pos)
left outer join read_mark on (read_mark.user_ref = ?
  and read_mark.audience = notification.audience
  and read_mark.pos = notification.pos)
order by notification.pos desc;

select notification.id, notification.audience, notification.origin, notification.title, case when (octet_length(coalesce(notification.message,
        '')) + octet_length(notification.actions)) <= 8192 then notification.message end, notification.topic,
  case when (octet_length(coalesce(notification.message, '')) + octet_length(notification.actions)) <= 8192 then notification.actions end,
  coalesce(addressee.read, case when read_mark.pos is not null then 1 else 0 end), case when (octet_length(coalesce(notification.message,
        '')) + octet_length(notification.actions)) <= 8192 then 0 else (octet_length(coalesce(notification.message,
        '')) + octet_length(notification.actions)) end, notification.markdown
from (
  select addressee.pos
  from addressee
  where (addressee.user_ref = ?
    and instr((
        select notification.folded
        from notification
        where notification.pos = addressee.pos), ?) > 0)
  union
  select notification.pos
  from notification
  where (notification.audience = ?
    and instr(notification.folded, ?) > 0)
  union
  select notification.pos
  from notification
  where (notification.audience = ?
    and instr(notification.folded, ?) > 0)
  order by 1 desc
  limit ?
  offset ?) as found
join notification on notification.pos = found.pos
left outer join addressee on (addressee.user_ref = ?
  and addressee.pos = notification.pos)
left outer join read_mark on (read_mark.user_ref = ?
  and read_mark.audience = notification.audience
  and read_mark.pos = notification.pos)
order by notification.pos desc;

-- The counts of an inbox

select coalesce(sum(counted.total), cast(0 as decimal)), coalesce(sum(counted.read), cast(0 as decimal)),
  coalesce(sum(counted.changes), cast(0 as decimal))
from (
  select tally.audience as audience, case when tally.owner <> '' then tally.total else 0 end as own, tally.total as total,
    tally.read as read, tally.changes as changes
  from tally
  where (tally.owner in ('', ?)
    and tally.audience in (
      select audience_group.audience
      from audience_group
      where audience_group.group_ref in (
        select value
        from json_each(?))
      union
      select 1
      union
      select 0))
  union all
  select tally_delta.audience, case when tally_delta.owner <> '' then tally_delta.total else 0 end, tally_delta.total,
    tally_delta.read, 1
  from tally_delta
  where (tally_delta.owner in ('', ?)
    and tally_delta.audience in (
      select audience_group.audience
      from audience_group
      where audience_group.group_ref in (
        select value
        from json_each(?))
      union
      select 1
      union
      select 0))) as counted;

-- The counts of several inboxes

select 0, tally.owner, tally.audience, tally.total, tally.read, tally.changes
from tally
where tally.owner in (
  select value
  from json_each(?))
union all
select 0, tally_delta.owner, tally_delta.audience, tally_delta.total, tally_delta.read, 1
from tally_delta
where tally_delta.owner in (
  select value
  from json_each(?))
union all
select 0, tally.owner, tally.audience, tally.total, tally.read, tally.changes
from tally
where (tally.owner = ''
  and tally.audience in (
    select audience_group.audience
    from audience_group
    where audience_group.group_ref in (
      select value
      from json_each(?))
    union
    select 1))
union all
select 0, tally_delta.owner, tally_delta.audience, tally_delta.total, tally_delta.read, 1
from tally_delta
where (tally_delta.owner = ''
  and tally_delta.audience in (
    select audience_group.audience
    from audience_group
    where audience_group.group_ref in (
      select value
      from json_each(?))
    union
    select 1))
union all
select 1, audience_group.group_ref, audience_group.audience, 0, 0, 0
from audience_group
where audience_group.group_ref in (
  select value
  from json_each(?));

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
where notification.pos = ?
on conflict do nothing;

insert into tally_delta (owner, audience, total, read)
values (?, ?, ?, ?);

insert into inbox_change (user_ref, ids, read)
values (?, ?, ?);

-- Add the counter deltas to the counters

select exists (
  select 1
  from tally_delta);

insert into tally (owner, audience, total, read, changes)
select tally_delta.owner, tally_delta.audience, cast(sum(tally_delta.total) as int8), cast(sum(tally_delta.read) as int8),
  cast(count(*) as int8)
from tally_delta
where 1 = 1
group by tally_delta.owner, tally_delta.audience
on conflict (owner, audience) do
update
set total = (tally.total + excluded.total), read = (tally.read + excluded.read), changes = (tally.changes + excluded.changes);

delete from tally_delta;

-- The unread count of a user who has muted something

select coalesce(sum(counted.total), cast(0 as decimal)), coalesce(sum(counted.read), cast(0 as decimal)),
  coalesce(sum(counted.changes), cast(0 as decimal))
from (
  select tally.audience as audience, case when tally.owner <> '' then tally.total else 0 end as own, tally.total as total,
    tally.read as read, tally.changes as changes
  from tally
  where (tally.owner in ('', ?)
    and tally.audience in (
      select audience_group.audience
      from audience_group
      where audience_group.group_ref in (
        select value
        from json_each(?))
      union
      select 1
      union
      select 0))
  union all
  select tally_delta.audience, case when tally_delta.owner <> '' then tally_delta.total else 0 end, tally_delta.total,
    tally_delta.read, 1
  from tally_delta
  where (tally_delta.owner in ('', ?)
    and tally_delta.audience in (
      select audience_group.audience
      from audience_group
      where audience_group.group_ref in (
        select value
        from json_each(?))
      union
      select 1
      union
      select 0))) as counted;

select id as source, erased,
    coalesce((
    select seq
    from sqlite_sequence
    where name = 'inbox_change'), 0) as present
from change_source;

select counted.audience, cast(sum(counted.read) as int8), -(cast(sum(counted.own) as int8))
from (
  select tally.audience as audience, case when tally.owner <> '' then tally.total else 0 end as own, tally.total as total,
    tally.read as read, tally.changes as changes
  from tally
  where (tally.owner in ('', ?)
    and tally.audience in (
      select audience_group.audience
      from audience_group
      where audience_group.group_ref in (
        select value
        from json_each(?))
      union
      select 1))
  union all
  select tally_delta.audience, case when tally_delta.owner <> '' then tally_delta.total else 0 end, tally_delta.total,
    tally_delta.read, 1
  from tally_delta
  where (tally_delta.owner in ('', ?)
    and tally_delta.audience in (
      select audience_group.audience
      from audience_group
      where audience_group.group_ref in (
        select value
        from json_each(?))
      union
      select 1))) as counted
group by counted.audience having (cast(sum(counted.total) as int8) - cast(sum(counted.read) as int8)) > 0;

select found.pos, (
  select case when (notification.topic in (
      select mute.value
      from mute
      where (mute.user_ref = ?
        and mute.kind = 'topic'))
    or notification.origin in (
      select mute.value
      from mute
      where (mute.user_ref = ?
        and mute.kind = 'origin'))) then 1 else 0 end
  from notification
  where notification.pos = found.pos)
from (
  select addressee.pos
  from addressee
  where (addressee.user_ref = ?
    and addressee.read = 0)
  union
  select notification.pos
  from notification
  where (notification.audience = ?
    and case when ? = 0 then 1 else coalesce((
        select 0
        from read_mark
        where (read_mark.user_ref = ?
          and read_mark.audience = notification.audience
          and read_mark.pos = notification.pos)), 1) end
    and case when ? = 0 then 1 else coalesce((
        select 0
        from addressee
        where (addressee.user_ref = ?
          and addressee.pos = notification.pos)), 1) end)
  order by 1 desc
  limit ?
  offset ?) as found;

-- The same after a notification has arrived

select coalesce(sum(counted.total), cast(0 as decimal)), coalesce(sum(counted.read), cast(0 as decimal)),
  coalesce(sum(counted.changes), cast(0 as decimal))
from (
  select tally.audience as audience, case when tally.owner <> '' then tally.total else 0 end as own, tally.total as total,
    tally.read as read, tally.changes as changes
  from tally
  where (tally.owner in ('', ?)
    and tally.audience in (
      select audience_group.audience
      from audience_group
      where audience_group.group_ref in (
        select value
        from json_each(?))
      union
      select 1
      union
      select 0))
  union all
  select tally_delta.audience, case when tally_delta.owner <> '' then tally_delta.total else 0 end, tally_delta.total,
    tally_delta.read, 1
  from tally_delta
  where (tally_delta.owner in ('', ?)
    and tally_delta.audience in (
      select audience_group.audience
      from audience_group
      where audience_group.group_ref in (
        select value
        from json_each(?))
      union
      select 1
      union
      select 0))) as counted;

select s.*, c.change, c.change as ordinal, c.user_ref, c.ids, c.read, n.id, n.audience, n.origin as origin,
  n.title as title, n.topic as topic, n.markdown as markdown,
octet_length(coalesce(n.message, '')) + octet_length(n.actions) <= 8192 as whole,
  case when octet_length(coalesce(n.message, '')) + octet_length(n.actions) <= 8192 then n.message end as message,
  case when octet_length(coalesce(n.message, '')) + octet_length(n.actions) <= 8192 then n.actions else '[]' end
    as actions,
      (
  select group_concat(user_ref, ' ')
  from addressee
  where pos = n.pos) as users,
    (
  select groups
  from audience
  where number = n.audience) as groups
from (
  select id as source, erased,
    coalesce((
      select seq
      from sqlite_sequence
      where name = 'inbox_change'), 0) as present
  from change_source) s
left
join (
  select *
  from inbox_change
  where change > ?
  order by change
  limit 1000) c on true
left
join notification n on n.pos = c.pos;

select mute.user_ref, mute.kind, mute.value
from mute
where mute.user_ref in (
  select value
  from json_each(?));
