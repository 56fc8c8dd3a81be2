/** What the host hands to one generation of a plugin. */
@NullMarked
package dev.belfry.host.context;

import org.jspecify.annotations.NullMarked;
