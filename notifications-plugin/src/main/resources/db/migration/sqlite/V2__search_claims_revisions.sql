-- How often a key's counts have changed: what has not changed since need not be read again.
alter table tally add column changes integer not null default 0;

-- The search index knows rows by small dense numbers, which keeps it a quarter of the size.
create table searched (
    doc integer primary key,
    pos integer not null unique
) strict;

create virtual table folded_text using fts5 (
    folded,
    content = '',
    contentless_delete = 1,
    detail = none,
    tokenize = 'trigram case_sensitive 1'
);

insert into searched (pos) select pos from notification order by pos;
insert into folded_text (rowid, folded) select doc, folded from searched join notification using (pos);

-- Keys by which callers say that two requests are the same one, and the answer that the first was given.
create table claim (
    caller      text    not null,
    claim_key   text    not null,
    fingerprint text    not null,
    answer      text    not null,
    made        integer not null,
    primary key (caller, claim_key)
) strict, without rowid;
