package dev.belfry.notifications.jooq;

import dev.belfry.notifications.storage.Notification;
import dev.belfry.notifications.storage.UserRef;
import java.util.SortedSet;
import org.jooq.Condition;
import org.jooq.Field;
import org.jooq.Record1;
import org.jooq.Select;

/** What the two databases do best in different ways. */
interface Flavour {

    /** The first positions by all ways together, each once. */
    Select<Record1<Long>> first(Ways ways, boolean ascending, long offset, int limit);

    /** All positions by all ways together, each once, in no order. */
    Select<Record1<Long>> all(Ways ways);

    /** Whether an audience is one of the set. */
    Condition isAmong(Field<Long> audience, AudienceSet set);

    /**
     * Stores a notification, the users whom it names, and what they change in the tallies: all or nothing.
     *
     * @return false when the position is taken
     */
    boolean insert(long position, long audience, Notification notification, SortedSet<UserRef> users);

    /** Adds the deltas to the tallies, unless another host is doing it. */
    void fold();
}
