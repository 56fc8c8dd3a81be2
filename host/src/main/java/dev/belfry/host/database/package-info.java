/** The database port: pools by HikariCP, migrations by Flyway, on SQLite and PostgreSQL. */
@NullMarked
package dev.belfry.host.database;

import org.jspecify.annotations.NullMarked;
