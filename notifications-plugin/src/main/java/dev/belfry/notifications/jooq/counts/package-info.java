/** Stored counters of an inbox: read for one recipient or many, changed by deltas, compacted. */
@NullMarked
package dev.belfry.notifications.jooq.counts;

import org.jspecify.annotations.NullMarked;
