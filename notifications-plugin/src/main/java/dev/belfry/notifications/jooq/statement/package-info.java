/** SQL statements that jOOQ renders once and the plugin runs many times, and their parameters. */
@NullMarked
package dev.belfry.notifications.jooq.statement;

import org.jspecify.annotations.NullMarked;
