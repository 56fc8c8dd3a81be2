-- The day (since 1970-01-01, UTC) on which a text with the trigram was last stored: no older text can still have it once all of
-- that day are gone. Trigrams that nobody's text has are removed by it. The default is for hosts of an older version.
alter table trigram add column seen integer not null default 0;

update trigram set seen = floor(extract(epoch from now()) / 86400);

alter table trigram alter column seen set default floor(extract(epoch from now()) / 86400);
