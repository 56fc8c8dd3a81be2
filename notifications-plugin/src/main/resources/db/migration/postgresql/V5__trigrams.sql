-- The trigrams of all texts, three code points in a number: by those that begin with them, words of one and two characters are found.
create table trigram (
    gram bigint primary key
);

-- Texts up to this position are not in it yet. Without a row all are.
create table trigram_gap (
    until bigint not null
);

insert into trigram_gap (until) select max(pos) from notification having max(pos) is not null;
