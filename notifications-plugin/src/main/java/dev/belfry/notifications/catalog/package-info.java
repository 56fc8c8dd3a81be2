/** Adapter to the host's catalog. */
@NullMarked
package dev.belfry.notifications.catalog;

import org.jspecify.annotations.NullMarked;
