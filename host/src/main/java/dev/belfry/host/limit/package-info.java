/** Limits of clients: memory that the host holds for them, and working time of requests. */
@NullMarked
package dev.belfry.host.limit;

import org.jspecify.annotations.NullMarked;
