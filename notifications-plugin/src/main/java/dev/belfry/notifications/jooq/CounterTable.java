package dev.belfry.notifications.jooq;

import static dev.belfry.notifications.jooq.schema.Tables.TALLY;
import static dev.belfry.notifications.jooq.schema.Tables.TALLY_DELTA;
import static org.jooq.impl.DSL.inline;
import static org.jooq.impl.DSL.select;
import static org.jooq.impl.DSL.when;

import dev.belfry.notifications.storage.Recipient;
import dev.belfry.notifications.storage.Scope;
import dev.belfry.notifications.storage.InboxCounts;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.function.Function;
import org.jooq.Condition;
import org.jooq.Field;
import org.jooq.Record5;
import org.jooq.Select;

/**
 * Counts that are kept. Each key has two numbers, how many there are and how many of them are read:
 *
 * <ul>
 *   <li>(nobody's, audience): what was sent to the audience;
 *   <li>(user, {@link Audiences#NOBODY}): what names the user;
 *   <li>(user, audience): what came by the audience and the user has read; and, below zero, what was sent to the audience and
 *       names the user as well, for it would count twice.
 * </ul>
 *
 * <p>Beside them it is kept how often they have changed.
 */
final class CounterTable {

    /** Owner of what is no single user's. */
    static final String NOBODYS = "";

    /** Names for the columns of {@link #rows}. */
    static final String[] COLUMNS = {"audience", "own", "total", "read", "changes"};

    private final Flavour flavour;

    CounterTable(Flavour flavour) {
        this.flavour = flavour;
    }

    /** One statement, so one snapshot: a delta is seen in its own table or folded, never in both or in neither. */
    InboxCounts counts(StatementCache reads, Recipient recipient, Scope scope) {
        AudienceSet reaching = AudienceSet.of(recipient, scope);
        // There is no key (nobody's, NOBODY), so one set of audiences serves both owners.
        AudienceSet counted = scope.includesUser() ? reaching.with(Audiences.NOBODY) : reaching;
        BoundQuery select = new BoundQuery(
                new CacheKey("tally", counted.shape()), () -> flavour.counts(counted), flavour.values(recipient));
        return reads.fetchSingle(select, row -> read(row, 0));
    }

    /** @param before how many columns come before the three of a tally */
    static InboxCounts read(ResultSet row, int before) throws SQLException {
        return new InboxCounts(row.getLong(before + 1), row.getLong(before + 2), row.getLong(before + 3));
    }

    private record CacheKey(String what, Object audiences) {}

    /**
     * The rows that concern the reader, whether they are folded or not.
     *
     * @param isCounted whether an audience is one that concerns the reader
     */
    static Select<Record5<Long, Long, Long, Long, Long>> rows(Function<Field<Long>, Condition> isCounted) {
        return select(TALLY.AUDIENCE, own(TALLY.OWNER, TALLY.TOTAL), TALLY.TOTAL, TALLY.READ, TALLY.CHANGES)
                .from(TALLY)
                .where(isReaders(TALLY.OWNER).and(isCounted.apply(TALLY.AUDIENCE)))
                .unionAll(select(
                                TALLY_DELTA.AUDIENCE,
                                own(TALLY_DELTA.OWNER, TALLY_DELTA.TOTAL),
                                TALLY_DELTA.TOTAL,
                                TALLY_DELTA.READ,
                                inline(1L))
                        .from(TALLY_DELTA)
                        .where(isReaders(TALLY_DELTA.OWNER).and(isCounted.apply(TALLY_DELTA.AUDIENCE))));
    }

    private static Condition isReaders(Field<String> owner) {
        return owner.in(inline(NOBODYS), Params.READER);
    }

    /** What of a total is a user's own. */
    private static Field<Long> own(Field<String> owner, Field<Long> total) {
        return when(owner.ne(inline(NOBODYS)), total).otherwise(inline(0L));
    }
}
