/** Keeps notifications in a relational database, by jOOQ, on SQLite and PostgreSQL. */
@NullMarked
package dev.belfry.notifications.jooq;

import org.jspecify.annotations.NullMarked;
