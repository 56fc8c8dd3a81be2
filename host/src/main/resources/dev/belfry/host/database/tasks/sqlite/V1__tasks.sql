-- The host's own tables in the database of a plugin, for jobs on one host and for queues.
create table belfry_scheduled_task (
    task_name text not null,
    task_instance text not null,
    task_data blob,
    execution_time integer not null,
    picked integer not null,
    picked_by text,
    last_success integer,
    last_failure integer,
    consecutive_failures integer,
    last_heartbeat integer,
    version integer not null,
    primary key (task_name, task_instance)
);
create index belfry_scheduled_task_due on belfry_scheduled_task (execution_time);

create table belfry_dead_letter (
    queue text not null,
    id text not null,
    payload blob not null,
    attempts integer not null,
    reason text not null,
    failed_at integer not null,
    primary key (queue, id)
);
