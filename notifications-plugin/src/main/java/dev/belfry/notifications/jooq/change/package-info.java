/** The changes since a moment, one implementation per database. docs/decisions/0039 explains the cursors. */
@NullMarked
package dev.belfry.notifications.jooq.change;

import org.jspecify.annotations.NullMarked;
