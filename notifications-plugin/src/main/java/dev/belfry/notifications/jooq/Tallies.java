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

import dev.belfry.notifications.storage.Filter;
import dev.belfry.notifications.storage.Recipient;
import java.math.BigDecimal;
import org.jooq.Condition;
import org.jooq.DSLContext;
import org.jooq.Field;
import org.jooq.Record2;
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
 */
final class Tallies {

    /** Owner of what is no single user's. */
    static final String NOBODYS = "";

    private static final Field<Long> TOTAL = field(name("counted", "total"), Long.class);
    private static final Field<Long> READ = field(name("counted", "read"), Long.class);

    private final Flavour flavour;

    Tallies(Flavour flavour) {
        this.flavour = flavour;
    }

    /** One statement, so one snapshot: a delta is seen in its own table or folded, never in both or in neither. */
    long count(DSLContext reads, Recipient recipient, Filter filter) {
        Table<Record2<Long, Long>> rows = select(TALLY.TOTAL, TALLY.READ)
                .from(TALLY)
                .where(concerns(TALLY.OWNER, TALLY.AUDIENCE, recipient, filter))
                .unionAll(select(TALLY_DELTA.TOTAL, TALLY_DELTA.READ)
                        .from(TALLY_DELTA)
                        .where(concerns(TALLY_DELTA.OWNER, TALLY_DELTA.AUDIENCE, recipient, filter)))
                .asTable("counted", "total", "read");
        Field<BigDecimal> all = zeroIfNone(TOTAL);
        Field<BigDecimal> read = zeroIfNone(READ);
        Field<BigDecimal> wanted = filter.read() == null ? all : filter.read() ? read : all.minus(read);
        return reads.select(wanted.as("count"))
                .from(rows)
                .fetchSingle()
                .value1()
                .longValueExact();
    }

    private static Field<BigDecimal> zeroIfNone(Field<Long> column) {
        return coalesce(sum(column), inline(BigDecimal.ZERO));
    }

    private Condition concerns(Field<String> owner, Field<Long> audience, Recipient recipient, Filter filter) {
        AudienceSet reaching = AudienceSet.of(recipient, filter.scope());
        // There is no key (nobody's, NOBODY), so one set of audiences serves both owners.
        AudienceSet counted = filter.scope().includesUser() ? reaching.with(Audiences.NOBODY) : reaching;
        return owner.in(inline(NOBODYS), val(recipient.user().value())).and(flavour.isAmong(audience, counted));
    }
}
