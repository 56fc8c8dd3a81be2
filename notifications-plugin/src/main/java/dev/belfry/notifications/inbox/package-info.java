/** The use cases of a user's inbox: list, count, mark, and wait for changes. */
@NullMarked
package dev.belfry.notifications.inbox;

import org.jspecify.annotations.NullMarked;
