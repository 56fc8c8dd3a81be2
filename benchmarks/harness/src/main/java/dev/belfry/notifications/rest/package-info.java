/** Benchmarks of what is nobody's but this package's; they stand in it as tests do. */
@NullMarked
package dev.belfry.notifications.rest;

import org.jspecify.annotations.NullMarked;
