/** How a notification is stored: its sort key, its row, and how a row is read. */
@NullMarked
package dev.belfry.notifications.jooq.row;

import org.jspecify.annotations.NullMarked;
