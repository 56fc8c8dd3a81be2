-- The trigrams of all texts, three code points in a number: by those that begin with them, words of one and two characters are found.
create table trigram (
    gram integer primary key
) strict;

-- Texts up to this position are not in it yet. Without a row all are.
create table trigram_gap (
    until integer not null
) strict;

insert into trigram_gap (until) select max(pos) from notification having max(pos) is not null;

-- Two characters more that no text has, so that the last ones of a text begin a trigram, too.
insert into folded_text (folded_text) values ('delete-all');
insert into folded_text (rowid, folded)
select doc, folded || char(65535, 65535) from searched join notification using (pos);
