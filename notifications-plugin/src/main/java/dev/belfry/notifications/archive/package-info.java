/** The use cases of exporting and importing notifications. */
@NullMarked
package dev.belfry.notifications.archive;

import org.jspecify.annotations.NullMarked;
