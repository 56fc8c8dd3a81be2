-- What hangs on a notification, to be found when it is purged.
create index addressee_pos on addressee (pos);
create index read_mark_pos on read_mark (pos);

-- Keys are forgotten by their age.
create index claim_made on claim (made);
