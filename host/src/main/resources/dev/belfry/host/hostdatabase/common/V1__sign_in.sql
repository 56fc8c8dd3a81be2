-- Signed-in browsers. The id is the hash of what the browser knows; times are milliseconds since 1970.
create table browser_session (
    id text not null primary key,
    user_ref text not null,
    provider text not null,
    created bigint not null,
    last_seen bigint not null,
    ends bigint not null,
    id_token text
);
create index browser_session_user on browser_session (user_ref);

-- The keys of the host's own token issuer, private part included.
create table signing_key (
    id text not null primary key,
    jwk text not null,
    created bigint not null
);
