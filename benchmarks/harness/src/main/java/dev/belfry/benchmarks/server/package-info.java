/** The processes that are measured: the database, the host, the peer. */
@NullMarked
package dev.belfry.benchmarks.server;

import org.jspecify.annotations.NullMarked;
