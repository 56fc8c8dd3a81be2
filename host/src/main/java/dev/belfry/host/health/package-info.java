/** Liveness and readiness of the host. */
@NullMarked
package dev.belfry.host.health;

import org.jspecify.annotations.NullMarked;
