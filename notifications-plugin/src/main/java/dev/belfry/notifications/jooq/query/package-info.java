/** Reads an inbox: the selection of its notifications, pages, search; one implementation per database. */
@NullMarked
package dev.belfry.notifications.jooq.query;

import org.jspecify.annotations.NullMarked;
