package dev.belfry.notifications.jooq.counts;

import dev.belfry.notifications.jooq.audience.AudienceSet;
import org.jooq.Record;
import org.jooq.Select;

/** The SQL of the counters that differs by database. */
public interface CounterSql {

    /** Sums the reader's counters: total, read, and the number of changes. */
    Select<? extends Record> sum(AudienceSet audiences);

    /** Adds the deltas to the counters, unless another host is doing so. */
    void compact();
}
