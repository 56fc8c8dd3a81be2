/** Tasks in the database of a plugin: jobs on one host, and queues. The library is db-scheduler. */
@NullMarked
package dev.belfry.host.tasks;

import org.jspecify.annotations.NullMarked;
