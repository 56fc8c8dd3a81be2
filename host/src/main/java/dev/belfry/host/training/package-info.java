/** What a host does for a moment so that the JVM learns what its starts and its requests need. */
@NullMarked
package dev.belfry.host.training;

import org.jspecify.annotations.NullMarked;
