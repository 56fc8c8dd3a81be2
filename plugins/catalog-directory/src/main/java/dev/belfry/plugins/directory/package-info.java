/** Reads a directory on a schedule, stores its last good state, and publishes it to the catalog. */
@NullMarked
package dev.belfry.plugins.directory;

import org.jspecify.annotations.NullMarked;
