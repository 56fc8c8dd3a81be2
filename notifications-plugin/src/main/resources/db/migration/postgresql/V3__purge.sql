-- What hangs on a notification, to be found when it is purged. With the user, since the planner takes these indexes for a
-- single reader, too, and a message may have many.
create index addressee_pos on addressee (pos, user_ref);
create index read_mark_pos on read_mark (pos, user_ref);

-- Keys are forgotten by their age.
create index claim_made on claim (made);
