-- The host's own tables in the database of a plugin, for jobs on one host and for queues.
create table belfry_scheduled_task (
    task_name text not null,
    task_instance text not null,
    task_data bytea,
    execution_time timestamptz not null,
    picked boolean not null,
    picked_by text,
    last_success timestamptz,
    last_failure timestamptz,
    consecutive_failures int,
    last_heartbeat timestamptz,
    version bigint not null,
    primary key (task_name, task_instance)
);
create index belfry_scheduled_task_due on belfry_scheduled_task (execution_time);

create table belfry_dead_letter (
    queue text not null,
    id text not null,
    payload bytea not null,
    attempts int not null,
    reason text not null,
    failed_at bigint not null,
    primary key (queue, id)
);
