/** The host's side of a plugin generation. */
@NullMarked
package dev.belfry.host.context;

import org.jspecify.annotations.NullMarked;
