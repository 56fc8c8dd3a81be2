/** Inserts of notifications, one implementation per database. */
@NullMarked
package dev.belfry.notifications.jooq.insert;

import org.jspecify.annotations.NullMarked;
