/** Extensions and ports of plugins, as live views. */
@NullMarked
package dev.belfry.host.extension;

import org.jspecify.annotations.NullMarked;
