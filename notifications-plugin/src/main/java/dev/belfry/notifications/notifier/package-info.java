/** The port through which other plugins send notifications, and its values. Exported. */
@NullMarked
package dev.belfry.notifications.notifier;

import org.jspecify.annotations.NullMarked;
