/** Sending from other plugins of the same process. */
@NullMarked
package dev.belfry.notifications.inprocess;

import org.jspecify.annotations.NullMarked;
