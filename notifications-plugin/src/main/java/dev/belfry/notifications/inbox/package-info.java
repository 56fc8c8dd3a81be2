/** A user's inbox: listing it, counting it, marking what is in it. */
@NullMarked
package dev.belfry.notifications.inbox;

import org.jspecify.annotations.NullMarked;
