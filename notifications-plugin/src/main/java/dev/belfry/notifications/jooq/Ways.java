package dev.belfry.notifications.jooq;

import static dev.belfry.notifications.jooq.schema.Tables.ADDRESSEE;
import static dev.belfry.notifications.jooq.schema.Tables.NOTIFICATION;
import static dev.belfry.notifications.jooq.schema.Tables.READ_MARK;
import static org.jooq.impl.DSL.coalesce;
import static org.jooq.impl.DSL.condition;
import static org.jooq.impl.DSL.field;
import static org.jooq.impl.DSL.inline;
import static org.jooq.impl.DSL.name;
import static org.jooq.impl.DSL.noCondition;
import static org.jooq.impl.DSL.select;
import static org.jooq.impl.DSL.val;

import dev.belfry.notifications.storage.Filter;
import dev.belfry.notifications.storage.Folding;
import dev.belfry.notifications.storage.Recipient;
import java.util.List;
import org.jooq.Condition;
import org.jooq.Field;
import org.jooq.Record1;
import org.jooq.Select;
import org.jooq.SelectConditionStep;
import org.jooq.SortField;
import org.jooq.impl.DSL;
import org.jspecify.annotations.Nullable;

/**
 * The ways by which notifications reach a recipient: by name, and by an audience. Each is a select of positions. What came by
 * two ways is selected twice, so their union has to be distinct.
 *
 * <p>Whatever else is asked of a row is a scalar subquery, which is probed row by row. Of a join, or of a "not exists",
 * PostgreSQL may make one that reads a whole table before the first row comes out.
 */
record Ways(
        Recipient recipient,
        Filter filter,
        Window window,
        @Nullable Select<Record1<Long>> positions) {

    /** By which everything leads that passes the filter. */
    Ways(Recipient recipient, Filter filter, Window window) {
        this(recipient, filter, window, null);
    }

    /** Only to what is listed. */
    Ways within(List<Long> listed, Flavour flavour) {
        return new Ways(recipient, filter, window, flavour.listed(listed));
    }

    /** To what any text has. */
    Ways withoutText() {
        return new Ways(
                recipient, new Filter(filter.scope(), null, filter.createdAfter(), filter.read()), window, positions);
    }

    /** The column of what the ways select, also of their union. */
    static final Field<Long> POSITION = field(name("pos"), Long.class);

    private static final int UNREAD = 0;
    private static final int READ = 1;

    /** One way, and the columns that say where a notification stands on it. */
    record Way(SelectConditionStep<Record1<Long>> select, Field<Long> audience, Field<Long> position) {}

    /** Says of the columns of a way which audience's part is meant, within a window. */
    @FunctionalInterface
    interface Part {
        Condition of(Field<Long> audience, Field<Long> position, Window window);
    }

    /** The order of what the ways select: by number, for in a union the column's name is looked for in every part. */
    static SortField<Integer> order(boolean ascending) {
        return ascending ? inline(1).asc() : inline(1).desc();
    }

    boolean byName() {
        return filter.scope().includesUser();
    }

    boolean wantsUnread() {
        return Boolean.FALSE.equals(filter.read());
    }

    /** By which audiences. */
    AudienceSet audiences() {
        return AudienceSet.of(recipient, filter.scope());
    }

    SelectConditionStep<Record1<Long>> named() {
        Condition condition =
                ADDRESSEE.USER_REF.eq(user()).and(window.holds(ADDRESSEE.POS)).and(isListed(ADDRESSEE.POS));
        if (filter.read() != null) {
            // Inlined: a partial index is used only where the statement itself says the same as the index.
            condition = condition.and(ADDRESSEE.READ.eq(inline(filter.read() ? READ : UNREAD)));
        }
        return select(ADDRESSEE.POS).from(ADDRESSEE).where(condition.and(hasText(foldedOf(ADDRESSEE.POS))));
    }

    Way reached(Part part) {
        return Boolean.TRUE.equals(filter.read()) ? marked(part) : stored(part);
    }

    private Way marked(Part part) {
        Condition condition = READ_MARK
                .USER_REF
                .eq(user())
                .and(part.of(READ_MARK.AUDIENCE, READ_MARK.POS, window))
                .and(isListed(READ_MARK.POS))
                .and(hasText(foldedOf(READ_MARK.POS)));
        return new Way(select(READ_MARK.POS).from(READ_MARK).where(condition), READ_MARK.AUDIENCE, READ_MARK.POS);
    }

    private Way stored(Part part) {
        Condition condition = part.of(NOTIFICATION.AUDIENCE, NOTIFICATION.POS, window)
                .and(isListed(NOTIFICATION.POS))
                .and(hasText(NOTIFICATION.FOLDED));
        if (filter.read() != null) {
            condition = condition.and(isNeitherMarkedNorNamed());
        }
        return new Way(
                select(NOTIFICATION.POS).from(NOTIFICATION).where(condition), NOTIFICATION.AUDIENCE, NOTIFICATION.POS);
    }

    private Condition isNeitherMarkedNorNamed() {
        Condition unmarked = isAbsent(select(inline(false))
                .from(READ_MARK)
                .where(READ_MARK.USER_REF.eq(user()))
                .and(READ_MARK.AUDIENCE.eq(NOTIFICATION.AUDIENCE))
                .and(READ_MARK.POS.eq(NOTIFICATION.POS)));
        if (!byName()) {
            return unmarked;
        }
        // The flag in the row that names the recipient decides, and the other way has looked at it.
        return unmarked.and(isAbsent(select(inline(false))
                .from(ADDRESSEE)
                .where(ADDRESSEE.USER_REF.eq(user()))
                .and(ADDRESSEE.POS.eq(NOTIFICATION.POS))));
    }

    /** Not "is null", which PostgreSQL takes for so rare that it would sort everything first. */
    private static Condition isAbsent(Select<Record1<Boolean>> falseIfThere) {
        return condition(coalesce(field(falseIfThere), inline(true)));
    }

    private static Field<String> foldedOf(Field<Long> position) {
        return field(select(NOTIFICATION.FOLDED).from(NOTIFICATION).where(NOTIFICATION.POS.eq(position)));
    }

    private Condition isListed(Field<Long> position) {
        return positions == null ? noCondition() : position.in(positions);
    }

    private Condition hasText(Field<String> folded) {
        return filter.text() == null
                ? noCondition()
                : DSL.position(folded, val(Folding.fold(filter.text()))).gt(inline(0));
    }

    private String user() {
        return recipient.user().value();
    }
}
