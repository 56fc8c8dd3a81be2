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
import static org.jooq.impl.DSL.when;

import dev.belfry.notifications.storage.Filter;
import dev.belfry.notifications.storage.Folding;
import dev.belfry.notifications.storage.Recipient;
import dev.belfry.notifications.storage.Scope;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
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
record InboxSelection(
        Recipient recipient,
        Filter filter,
        PositionRange window,
        @Nullable List<Long> listed) {

    /** By which everything leads that passes the filter. */
    InboxSelection(Recipient recipient, Filter filter, PositionRange window) {
        this(recipient, filter, window, null);
    }

    /** Only to what is listed. */
    InboxSelection within(List<Long> positions) {
        return new InboxSelection(recipient, filter, window, positions);
    }

    /** To what any text has. */
    InboxSelection withoutText() {
        return new InboxSelection(
                recipient, new Filter(filter.scope(), null, filter.createdAfter(), filter.read()), window, listed);
    }

    /** Only to what lies behind a position. */
    InboxSelection behind(long position, boolean ascending) {
        return new InboxSelection(recipient, filter, window.behind(position, ascending), listed);
    }

    /** What of this decides how a select is written. */
    private record CacheKey(
            Scope scope,
            @Nullable Boolean read,
            boolean grouped,
            boolean text,
            boolean listed,
            boolean begins,
            boolean ends) {}

    Object shape() {
        return new CacheKey(
                filter.scope(),
                filter.read(),
                !recipient.groups().isEmpty(),
                filter.text() != null,
                listed != null,
                window.begins(),
                window.ends());
    }

    /** The values of the parameters. */
    Map<String, Object> values(Flavour flavour) {
        Map<String, Object> values = new HashMap<>(flavour.values(recipient));
        values.put(Params.AFTER.getName(), window.after());
        values.put(Params.BEFORE.getName(), window.before());
        if (filter.text() != null) {
            values.put(Params.TEXT.getName(), foldedText());
        }
        if (listed != null) {
            values.put(Params.LISTED, flavour.numbers(listed));
        }
        return values;
    }

    /** What is looked for. */
    String foldedText() {
        return Folding.fold(Objects.requireNonNull(filter.text()));
    }

    /** The column of what the ways select, also of their union. */
    static final Field<Long> POSITION = field(name("pos"), Long.class);

    private static final int UNREAD = 0;
    private static final int READ = 1;

    /** One way, and the columns that say where a notification stands on it. */
    record Branch(SelectConditionStep<Record1<Long>> select, Field<Long> audience, Field<Long> position) {}

    /** Says of the columns of a way which audience's part is meant, within a window. */
    @FunctionalInterface
    interface Part {
        Condition of(Field<Long> audience, Field<Long> position, PositionRange window);
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

    /**
     * What is known of an audience, so that nobody looks for what is not there: how many marks the reader has in it, and how
     * many of its notifications name the reader.
     */
    record ReadMarkCounts(Field<Long> marks, Field<Long> named) {
        /** Both may be. */
        static final ReadMarkCounts NOTHING = new ReadMarkCounts(inline(1L), inline(1L));
    }

    SelectConditionStep<Record1<Long>> named(Flavour flavour) {
        return select(ADDRESSEE.POS).from(ADDRESSEE).where(isNamed(flavour));
    }

    /** Of a row of {@code addressee}. */
    Condition isNamed(Flavour flavour) {
        Condition condition = ADDRESSEE
                .USER_REF
                .eq(Params.READER)
                .and(window.holds(ADDRESSEE.POS))
                .and(isListed(ADDRESSEE.POS, flavour));
        if (filter.read() != null) {
            // Inlined: a partial index is used only where the statement itself says the same as the index.
            condition = condition.and(ADDRESSEE.READ.eq(inline(filter.read() ? READ : UNREAD)));
        }
        return condition.and(hasWantedText(foldedOf(ADDRESSEE.POS)));
    }

    Branch reached(Part part, ReadMarkCounts known, Flavour flavour) {
        return Boolean.TRUE.equals(filter.read()) ? marked(part, flavour) : stored(part, known, flavour);
    }

    private Branch marked(Part part, Flavour flavour) {
        Condition condition = READ_MARK
                .USER_REF
                .eq(Params.READER)
                .and(part.of(READ_MARK.AUDIENCE, READ_MARK.POS, window))
                .and(isListed(READ_MARK.POS, flavour))
                .and(hasWantedText(foldedOf(READ_MARK.POS)));
        return new Branch(select(READ_MARK.POS).from(READ_MARK).where(condition), READ_MARK.AUDIENCE, READ_MARK.POS);
    }

    private Branch stored(Part part, ReadMarkCounts known, Flavour flavour) {
        Condition condition = part.of(NOTIFICATION.AUDIENCE, NOTIFICATION.POS, window)
                .and(isListed(NOTIFICATION.POS, flavour))
                .and(hasWantedText(NOTIFICATION.FOLDED));
        if (filter.read() != null) {
            condition = condition.and(isNeitherMarkedNorNamed(known));
        }
        return new Branch(
                select(NOTIFICATION.POS).from(NOTIFICATION).where(condition), NOTIFICATION.AUDIENCE, NOTIFICATION.POS);
    }

    private Condition isNeitherMarkedNorNamed(ReadMarkCounts known) {
        Condition unmarked = isAbsent(
                known.marks(),
                select(inline(false))
                        .from(READ_MARK)
                        .where(READ_MARK.USER_REF.eq(Params.READER))
                        .and(READ_MARK.AUDIENCE.eq(NOTIFICATION.AUDIENCE))
                        .and(READ_MARK.POS.eq(NOTIFICATION.POS)));
        if (!byName()) {
            return unmarked;
        }
        // The flag in the row that names the recipient decides, and the other way has looked at it.
        return unmarked.and(isAbsent(
                known.named(),
                select(inline(false))
                        .from(ADDRESSEE)
                        .where(ADDRESSEE.USER_REF.eq(Params.READER))
                        .and(ADDRESSEE.POS.eq(NOTIFICATION.POS))));
    }

    /** Not "is null", which PostgreSQL takes for so rare that it would sort everything first. */
    private static Condition isAbsent(Field<Long> count, Select<Record1<Boolean>> falseIfThere) {
        return condition(
                when(count.eq(inline(0L)), inline(true)).otherwise(coalesce(field(falseIfThere), inline(true))));
    }

    private static Field<String> foldedOf(Field<Long> position) {
        return field(select(NOTIFICATION.FOLDED).from(NOTIFICATION).where(NOTIFICATION.POS.eq(position)));
    }

    private Condition isListed(Field<Long> position, Flavour flavour) {
        return listed == null ? noCondition() : position.in(flavour.listed());
    }

    private Condition hasWantedText(Field<String> folded) {
        return filter.text() == null ? noCondition() : hasText(folded);
    }

    static Condition hasText(Field<String> folded) {
        return DSL.position(folded, Params.TEXT).gt(inline(0));
    }
}
