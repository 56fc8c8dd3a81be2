-- The set of groups that a number stands for: each with a line break behind it, in order. Two sets never share a number.
create table audience (
    number integer primary key,
    groups text not null
) strict;

insert into audience (number, groups)
select audience, group_concat(group_ref || char(10), '' order by group_ref) from audience_group group by audience;
