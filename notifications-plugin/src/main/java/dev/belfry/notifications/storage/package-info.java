/** The port to the storage of notifications, and its values. Another plugin can provide the port. */
@NullMarked
package dev.belfry.notifications.storage;

import org.jspecify.annotations.NullMarked;
