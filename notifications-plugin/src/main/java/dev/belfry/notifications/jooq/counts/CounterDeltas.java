package dev.belfry.notifications.jooq.counts;

import static dev.belfry.notifications.jooq.schema.Tables.TALLY_DELTA;

import dev.belfry.notifications.jooq.audience.AudienceSet;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.jooq.DSLContext;

/** The changes that one transaction makes to the counters: one row per counter, however many notifications it concerns. */
public final class CounterDeltas {

    private static final int MAX_ROWS = 1000;

    private record Key(String owner, long audience) implements Comparable<Key> {
        @Override
        public int compareTo(Key other) {
            int byOwner = owner.compareTo(other.owner);
            return byOwner != 0 ? byOwner : Long.compare(audience, other.audience);
        }
    }

    private static final class Change {
        private long total;
        private long read;
    }

    private final Map<Key, Change> changes = new TreeMap<>();

    /** Adds {@code by} to the audience's total. Users named in person are counted by {@link #named}. */
    public CounterDeltas sent(long audience, int by) {
        if (audience != AudienceSet.NOBODY) {
            of(CounterQueries.SHARED, audience).total += by;
        }
        return this;
    }

    /** Adds {@code by} to the total of a named user, and subtracts it from their part of the audience: see {@link CounterQueries}. */
    public CounterDeltas named(String user, long audience, int by) {
        of(user, AudienceSet.NOBODY).total += by;
        if (audience != AudienceSet.NOBODY) {
            of(user, audience).total -= by;
        }
        return this;
    }

    /** Adds {@code by} to the user's read notifications; the audience is {@link AudienceSet#NOBODY} if they name the user. */
    public CounterDeltas read(String user, long audience, long by) {
        if (by != 0) {
            of(user, audience).read += by;
        }
        return this;
    }

    private Change of(String owner, long audience) {
        return changes.computeIfAbsent(new Key(owner, audience), _ -> new Change());
    }

    /** The rows of tally_delta, values by column name. */
    public List<Map<String, Object>> rows() {
        return changes.entrySet().stream()
                .map(change -> Map.<String, Object>of(
                        TALLY_DELTA.OWNER.getName(),
                        change.getKey().owner(),
                        TALLY_DELTA.AUDIENCE.getName(),
                        change.getKey().audience(),
                        TALLY_DELTA.TOTAL.getName(),
                        change.getValue().total,
                        TALLY_DELTA.READ.getName(),
                        change.getValue().read))
                .toList();
    }

    public void write(DSLContext transaction) {
        List<Map.Entry<Key, Change>> all = new ArrayList<>(changes.entrySet());
        for (int from = 0; from < all.size(); from += MAX_ROWS) {
            var insert = transaction.insertInto(
                    TALLY_DELTA, TALLY_DELTA.OWNER, TALLY_DELTA.AUDIENCE, TALLY_DELTA.TOTAL, TALLY_DELTA.READ);
            for (Map.Entry<Key, Change> entry : all.subList(from, Math.min(from + MAX_ROWS, all.size()))) {
                insert = insert.values(
                        entry.getKey().owner(),
                        entry.getKey().audience(),
                        entry.getValue().total,
                        entry.getValue().read);
            }
            insert.execute();
        }
    }
}
