-- The set of groups that a number stands for: each with a line break behind it, in order. Two sets never share a number.
create table audience (
    number bigint primary key,
    groups text collate "C" not null
);

insert into audience (number, groups)
select audience, string_agg(group_ref || chr(10), '' order by group_ref collate "C") from audience_group group by audience;
