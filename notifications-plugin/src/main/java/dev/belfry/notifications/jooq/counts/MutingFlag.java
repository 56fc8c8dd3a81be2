package dev.belfry.notifications.jooq.counts;

import static dev.belfry.notifications.jooq.schema.Tables.TALLY;
import static org.jooq.impl.DSL.excluded;

import dev.belfry.notifications.jooq.audience.AudienceSet;
import org.jooq.DSLContext;

/**
 * Marks the counters of a user who has muted something. The mark is a part of their number of changes, so that the statements that
 * read counts tell it for every user, without a column or a table more. It is on one counter of each scope.
 */
public final class MutingFlag {

    /** More than the changes of an inbox, which are less than a trillion. */
    private static final long FLAG = 1L << 40;

    /** The lock of the compaction. Without it, both could lock the rows of one user in different orders. */
    public static final String LOCK = "tally";

    private MutingFlag() {}

    /** @param changes of all counters of an inbox */
    static boolean isSet(long changes) {
        return changes >= FLAG;
    }

    /** Records a changed mute list. The transaction has to hold {@link #LOCK}. */
    public static void change(DSLContext transaction, String user, boolean before, boolean after) {
        long by = 1 + (after ? FLAG : 0) - (before ? FLAG : 0);
        transaction
                .insertInto(TALLY, TALLY.OWNER, TALLY.AUDIENCE, TALLY.TOTAL, TALLY.READ, TALLY.CHANGES)
                .values(user, AudienceSet.NOBODY, 0L, 0L, by)
                .values(user, AudienceSet.EVERYONE, 0L, 0L, by)
                .onConflict(TALLY.OWNER, TALLY.AUDIENCE)
                .doUpdate()
                .set(TALLY.CHANGES, TALLY.CHANGES.plus(excluded(TALLY.CHANGES)))
                .execute();
    }
}
