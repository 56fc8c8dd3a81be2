package dev.belfry.notifications.jooq.counts;

import static dev.belfry.notifications.jooq.schema.Tables.TALLY;
import static dev.belfry.notifications.jooq.schema.Tables.TALLY_DELTA;
import static org.jooq.impl.DSL.inline;
import static org.jooq.impl.DSL.select;
import static org.jooq.impl.DSL.when;

import dev.belfry.notifications.jooq.audience.AudienceSet;
import dev.belfry.notifications.jooq.statement.BoundQuery;
import dev.belfry.notifications.jooq.statement.ListParameters;
import dev.belfry.notifications.jooq.statement.Params;
import dev.belfry.notifications.jooq.statement.StatementCache;
import dev.belfry.notifications.storage.InboxCounts;
import dev.belfry.notifications.storage.Recipient;
import dev.belfry.notifications.storage.Scope;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.function.Function;
import org.jooq.Condition;
import org.jooq.Field;
import org.jooq.Record5;
import org.jooq.Select;

/**
 * The stored counters (tables tally and tally_delta). Each has an owner and an audience, and counts notifications, read
 * notifications and changes:
 *
 * <ul>
 *   <li>({@link #SHARED}, audience): notifications to the audience;
 *   <li>(user, {@link AudienceSet#NOBODY}): notifications that name the user;
 *   <li>(user, audience): the user's read marks in the audience; its total is negative, the notifications to the audience that
 *       also name the user, which would count twice otherwise.
 * </ul>
 */
public final class CounterQueries {

    /** Owner of the counters that all users share. */
    public static final String SHARED = "";

    /** Names for the columns of {@link #rows}. */
    public static final String[] COLUMNS = {"audience", "own", "total", "read", "changes"};

    private final CounterSql sql;
    private final ListParameters lists;
    private final StatementCache statements;

    public CounterQueries(CounterSql sql, ListParameters lists, StatementCache statements) {
        this.sql = sql;
        this.lists = lists;
        this.statements = statements;
    }

    /** The counts of one recipient. One statement is one snapshot: it sees a delta either in its own table or compacted. */
    public InboxCounts counts(Recipient recipient, Scope scope) {
        AudienceSet reaching = AudienceSet.of(recipient, scope);
        // No counter has the key (SHARED, NOBODY), so the same audiences serve both owners.
        AudienceSet audiences = scope.includesUser() ? reaching.with(AudienceSet.NOBODY) : reaching;
        BoundQuery query = new BoundQuery(
                new CacheKey("counts", audiences.cacheKey()), () -> sql.sum(audiences), lists.of(recipient));
        return statements.fetchSingle(query, row -> read(row, 0));
    }

    /** @param before the number of columns before the counts */
    public static InboxCounts read(ResultSet row, int before) throws SQLException {
        return counts(row.getLong(before + 1), row.getLong(before + 2), row.getLong(before + 3));
    }

    /** Counts from sums of the counters. */
    static InboxCounts counts(long total, long read, long changes) {
        return new InboxCounts(total, read, changes, MutingFlag.isSet(changes));
    }

    /** Everything that changes the SQL text. */
    private record CacheKey(String what, Object audiences) {}

    /**
     * The reader's counters, and the deltas that are not compacted yet.
     *
     * @param isCounted condition on the audience
     */
    public static Select<Record5<Long, Long, Long, Long, Long>> rows(Function<Field<Long>, Condition> isCounted) {
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
        return owner.in(inline(SHARED), Params.READER);
    }

    /** The total, if the user is the owner; otherwise 0. */
    private static Field<Long> own(Field<String> owner, Field<Long> total) {
        return when(owner.ne(inline(SHARED)), total).otherwise(inline(0L));
    }
}
