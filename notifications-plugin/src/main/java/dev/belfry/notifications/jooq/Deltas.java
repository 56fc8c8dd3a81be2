package dev.belfry.notifications.jooq;

import static dev.belfry.notifications.jooq.schema.Tables.TALLY_DELTA;
import static org.jooq.impl.DSL.insertInto;
import static org.jooq.impl.DSL.param;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.jooq.DSLContext;
import org.jooq.Param;

/** What a transaction changes in the tallies: one row a key, however many notifications it is about. */
final class Deltas {

    private static final int ROWS_AT_ONCE = 1000;

    private static final Param<String> OWNER = param("owner", String.class);
    private static final Param<Long> AUDIENCE = param("audience", Long.class);
    private static final Param<Long> TOTAL = param("total", Long.class);
    private static final Param<Long> READ = param("read", Long.class);

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
    Deltas sent(long audience, int by) {
        if (audience != Audiences.NOBODY) {
            of(Tallies.NOBODYS, audience).total += by;
        }
        return this;
    }

    /** The user is named by a notification that comes or goes; were it sent to an audience, it would count twice. */
    Deltas named(String user, long audience, int by) {
        of(user, Audiences.NOBODY).total += by;
        if (audience != Audiences.NOBODY) {
            of(user, audience).total -= by;
        }
        return this;
    }

    /** So many more are read, or fewer; {@link Audiences#NOBODY} where the user is named. */
    Deltas read(String user, long audience, long by) {
        if (by != 0) {
            of(user, audience).read += by;
        }
        return this;
    }

    private Change of(String owner, long audience) {
        return changes.computeIfAbsent(new Key(owner, audience), _ -> new Change());
    }

    /** One by one, where a statement costs next to nothing to send. */
    void write(DSLContext inside, Templates templates) {
        changes.forEach((key, change) -> templates.execute(
                inside,
                "delta",
                () -> insertInto(
                                TALLY_DELTA,
                                TALLY_DELTA.OWNER,
                                TALLY_DELTA.AUDIENCE,
                                TALLY_DELTA.TOTAL,
                                TALLY_DELTA.READ)
                        .values(OWNER, AUDIENCE, TOTAL, READ),
                Map.of(
                        OWNER.getName(),
                        key.owner(),
                        AUDIENCE.getName(),
                        key.audience(),
                        TOTAL.getName(),
                        change.total,
                        READ.getName(),
                        change.read)));
    }

    /** Together. */
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
