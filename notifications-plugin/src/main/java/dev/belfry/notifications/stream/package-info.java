/** The use case of following an inbox: one reader of changes for all streams of this host. */
@NullMarked
package dev.belfry.notifications.stream;

import org.jspecify.annotations.NullMarked;
