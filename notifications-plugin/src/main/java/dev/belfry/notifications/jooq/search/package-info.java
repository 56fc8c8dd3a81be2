/** The index of all notification texts, one implementation per database, and the table of trigrams. */
@NullMarked
package dev.belfry.notifications.jooq.search;

import org.jspecify.annotations.NullMarked;
