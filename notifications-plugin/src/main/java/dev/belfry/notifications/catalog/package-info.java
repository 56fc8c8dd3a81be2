/** The questions of the use cases to the catalog, put to the host's. */
@NullMarked
package dev.belfry.notifications.catalog;

import org.jspecify.annotations.NullMarked;
