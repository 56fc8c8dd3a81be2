/** What every {@link dev.belfry.notifications.storage.NotificationStore} must do, as tests; and the simplest one that does it. */
@NullMarked
package dev.belfry.notifications.storage.contract;

import org.jspecify.annotations.NullMarked;
