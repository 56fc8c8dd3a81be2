/** Audiences: the sets of groups that notifications are addressed to, and their numbers. */
@NullMarked
package dev.belfry.notifications.jooq.audience;

import org.jspecify.annotations.NullMarked;
