/** The notification store on SQLite and PostgreSQL, through jOOQ: the store itself, read marks, purge, idempotency keys. */
@NullMarked
package dev.belfry.notifications.jooq;

import org.jspecify.annotations.NullMarked;
