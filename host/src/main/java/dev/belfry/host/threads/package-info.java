/** Threads that live as long as the host. */
@NullMarked
package dev.belfry.host.threads;

import org.jspecify.annotations.NullMarked;
