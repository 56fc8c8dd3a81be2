package dev.belfry.notifications.jooq;

import static dev.belfry.notifications.jooq.schema.Tables.TALLY;
import static dev.belfry.notifications.jooq.schema.Tables.TALLY_DELTA;
import static org.jooq.impl.DSL.coalesce;
import static org.jooq.impl.DSL.field;
import static org.jooq.impl.DSL.inline;
import static org.jooq.impl.DSL.name;
import static org.jooq.impl.DSL.select;
import static org.jooq.impl.DSL.sum;
import static org.jooq.impl.DSL.when;

import dev.belfry.notifications.storage.Recipient;
import dev.belfry.notifications.storage.Scope;
import dev.belfry.notifications.storage.Tally;
import java.math.BigDecimal;
import java.sql.ResultSet;
import java.sql.SQLException;
import org.jooq.Condition;
import org.jooq.Field;
import org.jooq.Record3;
import org.jooq.Select;
import org.jooq.Table;

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
final class Tallies {

    /** Owner of what is no single user's. */
    static final String NOBODYS = "";

    private static final Field<Long> AUDIENCE = field(name("counted", "audience"), Long.class);
    private static final Field<Long> OWN = field(name("counted", "own"), Long.class);
    private static final Field<Long> CHANGES = field(name("counted", "changes"), Long.class);
    private static final Field<Long> TOTAL = field(name("counted", "total"), Long.class);
    private static final Field<Long> READ = field(name("counted", "read"), Long.class);

    private final Flavour flavour;

    Tallies(Flavour flavour) {
        this.flavour = flavour;
    }

    /** One statement, so one snapshot: a delta is seen in its own table or folded, never in both or in neither. */
    Tally tally(Templates reads, Recipient recipient, Scope scope) {
        AudienceSet audiences = AudienceSet.of(recipient, scope);
        BoundSelect select = new BoundSelect(
                new Shape("tally", audiences.shape(), scope.includesUser()),
                () -> select(zeroIfNone(TOTAL), zeroIfNone(READ), zeroIfNone(CHANGES))
                        .from(rows(audiences, scope.includesUser())),
                flavour.values(recipient));
        return reads.fetchSingle(select, row -> read(row, 0));
    }

    /** @param before how many columns come before the three of a tally */
    static Tally read(ResultSet row, int before) throws SQLException {
        return new Tally(row.getLong(before + 1), row.getLong(before + 2), row.getLong(before + 3));
    }

    private record Shape(String what, Object audiences, boolean byName) {}

    /**
     * The audiences by which something unread reaches the reader; how many marks the reader has in each, and how many of its
     * notifications name the reader.
     */
    Select<Record3<Long, Long, Long>> unread(AudienceSet audiences) {
        Field<Long> marks = sum(READ).cast(Long.class);
        return select(AUDIENCE, marks, sum(OWN).cast(Long.class).neg())
                .from(rows(audiences, false))
                .groupBy(AUDIENCE)
                .having(sum(TOTAL).cast(Long.class).minus(marks).gt(inline(0L)));
    }

    private Table<?> rows(AudienceSet reaching, boolean byName) {
        // There is no key (nobody's, NOBODY), so one set of audiences serves both owners.
        AudienceSet counted = byName ? reaching.with(Audiences.NOBODY) : reaching;
        return select(TALLY.AUDIENCE, own(TALLY.OWNER, TALLY.TOTAL), TALLY.TOTAL, TALLY.READ, TALLY.CHANGES)
                .from(TALLY)
                .where(concerns(TALLY.OWNER, TALLY.AUDIENCE, counted))
                .unionAll(select(
                                TALLY_DELTA.AUDIENCE,
                                own(TALLY_DELTA.OWNER, TALLY_DELTA.TOTAL),
                                TALLY_DELTA.TOTAL,
                                TALLY_DELTA.READ,
                                inline(1L))
                        .from(TALLY_DELTA)
                        .where(concerns(TALLY_DELTA.OWNER, TALLY_DELTA.AUDIENCE, counted)))
                .asTable("counted", "audience", "own", "total", "read", "changes");
    }

    /** What of a total is a user's own. */
    static Field<Long> own(Field<String> owner, Field<Long> total) {
        return when(owner.ne(inline(NOBODYS)), total).otherwise(inline(0L));
    }

    private static Field<BigDecimal> zeroIfNone(Field<Long> column) {
        return coalesce(sum(column), inline(BigDecimal.ZERO));
    }

    private Condition concerns(Field<String> owner, Field<Long> audience, AudienceSet counted) {
        return owner.in(inline(NOBODYS), Params.READER).and(flavour.isAmong(audience, counted));
    }
}
