/** The database port: pools with HikariCP, migrations with Flyway, on SQLite and PostgreSQL. */
@NullMarked
package dev.belfry.host.database;

import org.jspecify.annotations.NullMarked;
