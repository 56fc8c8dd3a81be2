/** Sending a notification: what may be sent, to whom, and under which id. */
@NullMarked
package dev.belfry.notifications.sending;

import org.jspecify.annotations.NullMarked;
