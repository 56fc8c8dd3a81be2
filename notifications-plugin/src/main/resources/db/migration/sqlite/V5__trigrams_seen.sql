-- The day (since 1970-01-01, UTC) on which a text with the trigram was last stored: no older text can still have it once all of
-- that day are gone. Trigrams that nobody's text has are removed by it.
alter table trigram add column seen integer not null default 0;

update trigram set seen = unixepoch() / 86400;
