/** Whether the host is alive, and ready. */
@NullMarked
package dev.belfry.host.health;

import org.jspecify.annotations.NullMarked;
