package dev.belfry.notifications.jooq;

import static dev.belfry.notifications.jooq.schema.Tables.TALLY;
import static dev.belfry.notifications.jooq.schema.Tables.TALLY_DELTA;
import static org.jooq.impl.DSL.coalesce;
import static org.jooq.impl.DSL.field;
import static org.jooq.impl.DSL.inline;
import static org.jooq.impl.DSL.name;
import static org.jooq.impl.DSL.select;
import static org.jooq.impl.DSL.sum;
import static org.jooq.impl.DSL.val;

import dev.belfry.notifications.storage.Recipient;
import dev.belfry.notifications.storage.Scope;
import dev.belfry.notifications.storage.Tally;
import java.math.BigDecimal;
import org.jooq.Condition;
import org.jooq.DSLContext;
import org.jooq.Field;
import org.jooq.Record2;
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
    private static final Field<Long> CHANGES = field(name("counted", "changes"), Long.class);
    private static final Field<Long> TOTAL = field(name("counted", "total"), Long.class);
    private static final Field<Long> READ = field(name("counted", "read"), Long.class);

    private final Flavour flavour;

    Tallies(Flavour flavour) {
        this.flavour = flavour;
    }

    /** One statement, so one snapshot: a delta is seen in its own table or folded, never in both or in neither. */
    Tally tally(DSLContext reads, Recipient recipient, Scope scope) {
        Table<?> rows = rows(recipient, AudienceSet.of(recipient, scope), scope.includesUser());
        Record3<BigDecimal, BigDecimal, BigDecimal> sums = reads.select(
                        zeroIfNone(TOTAL), zeroIfNone(READ), zeroIfNone(CHANGES))
                .from(rows)
                .fetchSingle();
        return new Tally(
                sums.value1().longValueExact(),
                sums.value2().longValueExact(),
                sums.value3().longValueExact());
    }

    /** The audiences by which something unread reaches the recipient, and how much; without what names them. */
    Select<Record2<Long, Long>> unread(Recipient recipient, AudienceSet audiences) {
        Field<BigDecimal> unread = sum(TOTAL).minus(sum(READ));
        return select(AUDIENCE, unread.cast(Long.class))
                .from(rows(recipient, audiences, false))
                .groupBy(AUDIENCE)
                .having(unread.gt(BigDecimal.ZERO));
    }

    private Table<?> rows(Recipient recipient, AudienceSet reaching, boolean byName) {
        // There is no key (nobody's, NOBODY), so one set of audiences serves both owners.
        AudienceSet counted = byName ? reaching.with(Audiences.NOBODY) : reaching;
        return select(TALLY.AUDIENCE, TALLY.TOTAL, TALLY.READ, TALLY.CHANGES)
                .from(TALLY)
                .where(concerns(TALLY.OWNER, TALLY.AUDIENCE, recipient, counted))
                .unionAll(select(TALLY_DELTA.AUDIENCE, TALLY_DELTA.TOTAL, TALLY_DELTA.READ, inline(1L))
                        .from(TALLY_DELTA)
                        .where(concerns(TALLY_DELTA.OWNER, TALLY_DELTA.AUDIENCE, recipient, counted)))
                .asTable("counted", "audience", "total", "read", "changes");
    }

    private static Field<BigDecimal> zeroIfNone(Field<Long> column) {
        return coalesce(sum(column), inline(BigDecimal.ZERO));
    }

    private Condition concerns(Field<String> owner, Field<Long> audience, Recipient recipient, AudienceSet counted) {
        return owner.in(inline(NOBODYS), val(recipient.user().value())).and(flavour.isAmong(audience, counted));
    }
}
