/** The use case of sending notifications: validation, addressees, ids. */
@NullMarked
package dev.belfry.notifications.sending;

import org.jspecify.annotations.NullMarked;
