-- 1 if the message is Markdown, 0 if it is plain text. The default is for hosts of an older version.
alter table notification add column markdown integer not null default 0;
