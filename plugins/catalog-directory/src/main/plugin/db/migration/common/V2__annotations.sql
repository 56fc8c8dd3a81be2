-- A line for each annotation: name=value.
alter table directory_entity add column annotations text not null default '';
