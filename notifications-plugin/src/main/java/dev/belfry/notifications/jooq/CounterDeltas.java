package dev.belfry.notifications.jooq;

import static dev.belfry.notifications.jooq.schema.Tables.TALLY_DELTA;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.jooq.DSLContext;

/** What a transaction changes in the tallies: one row a key, however many notifications it is about. */
final class CounterDeltas {

    private static final int ROWS_AT_ONCE = 1000;

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

    /** A notification comes (1) or goes (-1) that names none but those who are counted by {@link #named}. */
    CounterDeltas sent(long audience, int by) {
        if (audience != Audiences.NOBODY) {
            of(CounterTable.NOBODYS, audience).total += by;
        }
        return this;
    }

    /** The user is named by a notification that comes or goes; were it sent to an audience, it would count twice. */
    CounterDeltas named(String user, long audience, int by) {
        of(user, Audiences.NOBODY).total += by;
        if (audience != Audiences.NOBODY) {
            of(user, audience).total -= by;
        }
        return this;
    }

    /** So many more are read, or fewer; {@link Audiences#NOBODY} where the user is named. */
    CounterDeltas read(String user, long audience, long by) {
        if (by != 0) {
            of(user, audience).read += by;
        }
        return this;
    }

    private Change of(String owner, long audience) {
        return changes.computeIfAbsent(new Key(owner, audience), _ -> new Change());
    }

    /** Columns by their names. */
    List<Map<String, Object>> rows() {
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

    void write(DSLContext inside) {
        List<Map.Entry<Key, Change>> all = new ArrayList<>(changes.entrySet());
        for (int from = 0; from < all.size(); from += ROWS_AT_ONCE) {
            var insert = inside.insertInto(
                    TALLY_DELTA, TALLY_DELTA.OWNER, TALLY_DELTA.AUDIENCE, TALLY_DELTA.TOTAL, TALLY_DELTA.READ);
            for (Map.Entry<Key, Change> entry : all.subList(from, Math.min(from + ROWS_AT_ONCE, all.size()))) {
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
