create table api_key (hash text primary key, owner text not null);
