package dev.belfry.notifications.jooq;

import static dev.belfry.notifications.jooq.schema.Tables.ADDRESSEE;
import static dev.belfry.notifications.jooq.schema.Tables.NOTIFICATION;
import static dev.belfry.notifications.jooq.schema.Tables.READ_MARK;
import static org.jooq.impl.DSL.field;
import static org.jooq.impl.DSL.inline;
import static org.jooq.impl.DSL.name;
import static org.jooq.impl.DSL.noCondition;
import static org.jooq.impl.DSL.position;
import static org.jooq.impl.DSL.select;
import static org.jooq.impl.DSL.val;

import dev.belfry.notifications.storage.Filter;
import dev.belfry.notifications.storage.Folding;
import dev.belfry.notifications.storage.Recipient;
import java.util.function.Function;
import org.jooq.Condition;
import org.jooq.Field;
import org.jooq.Record1;
import org.jooq.SelectConditionStep;
import org.jooq.SortField;

/**
 * The ways by which notifications reach a recipient: by name, and by an audience. Each is a select of positions. One that
 * came by both ways is selected by both, so their union has to be distinct.
 */
record Ways(Recipient recipient, Filter filter, Window window) {

    private static final int UNREAD = 0;
    private static final int READ = 1;

    /** The column of what the ways select, also of their union. */
    static final Field<Long> POSITION = field(name("pos"), Long.class);

    /** The order of what the ways select: by number, for in a union the column's name is looked for in every part. */
    static SortField<Integer> order(boolean ascending) {
        return ascending ? inline(1).asc() : inline(1).desc();
    }

    boolean byName() {
        return filter.scope().includesUser();
    }

    /** By which audiences. */
    AudienceSet audiences() {
        return AudienceSet.of(recipient, filter.scope());
    }

    SelectConditionStep<Record1<Long>> named() {
        Condition condition = ADDRESSEE.USER_REF.eq(user()).and(window.holds(ADDRESSEE.POS));
        if (filter.read() != null) {
            // Inlined: a partial index is used only where the statement itself says the same as the index.
            condition = condition.and(ADDRESSEE.READ.eq(inline(filter.read() ? READ : UNREAD)));
        }
        if (filter.text() == null) {
            return select(ADDRESSEE.POS).from(ADDRESSEE).where(condition);
        }
        return select(ADDRESSEE.POS)
                .from(ADDRESSEE)
                .join(NOTIFICATION)
                .on(NOTIFICATION.POS.eq(ADDRESSEE.POS))
                .where(condition.and(hasText()));
    }

    /** @param audience which audiences are meant, as a condition on their column */
    SelectConditionStep<Record1<Long>> reached(Function<Field<Long>, Condition> audience) {
        return Boolean.TRUE.equals(filter.read()) ? marked(audience) : stored(audience);
    }

    private SelectConditionStep<Record1<Long>> stored(Function<Field<Long>, Condition> audience) {
        Condition condition = audience.apply(NOTIFICATION.AUDIENCE)
                .and(window.holds(NOTIFICATION.POS))
                .and(hasText());
        if (filter.read() != null) {
            condition = condition.and(isNeitherMarkedNorNamed());
        }
        return select(NOTIFICATION.POS).from(NOTIFICATION).where(condition);
    }

    /**
     * Scalar subqueries, which are probed row by row. Of a "not exists" PostgreSQL may make a join that reads everything
     * before the first row comes out.
     */
    private Condition isNeitherMarkedNorNamed() {
        Condition unmarked = field(select(inline(1))
                        .from(READ_MARK)
                        .where(READ_MARK.USER_REF.eq(user()))
                        .and(READ_MARK.AUDIENCE.eq(NOTIFICATION.AUDIENCE))
                        .and(READ_MARK.POS.eq(NOTIFICATION.POS)))
                .isNull();
        if (!byName()) {
            return unmarked;
        }
        // The flag in the row that names the recipient decides, and the other way has looked at it.
        return unmarked.and(field(select(inline(1))
                        .from(ADDRESSEE)
                        .where(ADDRESSEE.USER_REF.eq(user()))
                        .and(ADDRESSEE.POS.eq(NOTIFICATION.POS)))
                .isNull());
    }

    private SelectConditionStep<Record1<Long>> marked(Function<Field<Long>, Condition> audience) {
        Condition condition = READ_MARK
                .USER_REF
                .eq(user())
                .and(audience.apply(READ_MARK.AUDIENCE))
                .and(window.holds(READ_MARK.POS));
        if (filter.text() == null) {
            return select(READ_MARK.POS).from(READ_MARK).where(condition);
        }
        return select(READ_MARK.POS)
                .from(READ_MARK)
                .join(NOTIFICATION)
                .on(NOTIFICATION.POS.eq(READ_MARK.POS))
                .where(condition.and(hasText()));
    }

    private Condition hasText() {
        return filter.text() == null
                ? noCondition()
                : position(NOTIFICATION.FOLDED, val(Folding.fold(filter.text())))
                        .gt(inline(0));
    }

    private String user() {
        return recipient.user().value();
    }
}
