-- How often a key's counts have changed: what has not changed since need not be read again.
alter table tally add column changes bigint not null default 0;

-- Keys by which callers say that two requests are the same one, and the answer that the first was given.
create table claim (
    made        bigint not null,
    caller      text collate "C" not null,
    claim_key   text collate "C" not null,
    fingerprint text collate "C" not null,
    answer      text collate "C" not null,
    primary key (caller, claim_key)
);
