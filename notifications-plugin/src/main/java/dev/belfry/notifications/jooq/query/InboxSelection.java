package dev.belfry.notifications.jooq.query;

import static dev.belfry.notifications.jooq.schema.Tables.ADDRESSEE;
import static dev.belfry.notifications.jooq.schema.Tables.NOTIFICATION;
import static dev.belfry.notifications.jooq.schema.Tables.READ_MARK;
import static org.jooq.impl.DSL.coalesce;
import static org.jooq.impl.DSL.condition;
import static org.jooq.impl.DSL.field;
import static org.jooq.impl.DSL.inline;
import static org.jooq.impl.DSL.noCondition;
import static org.jooq.impl.DSL.select;
import static org.jooq.impl.DSL.when;

import dev.belfry.notifications.jooq.audience.AudienceSet;
import dev.belfry.notifications.jooq.statement.ListParameters;
import dev.belfry.notifications.jooq.statement.Params;
import dev.belfry.notifications.storage.Filter;
import dev.belfry.notifications.storage.Folding;
import dev.belfry.notifications.storage.Recipient;
import dev.belfry.notifications.storage.Scope;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.function.UnaryOperator;
import org.jooq.Condition;
import org.jooq.Field;
import org.jooq.Record1;
import org.jooq.Select;
import org.jooq.SelectConditionStep;
import org.jooq.SortField;
import org.jooq.impl.DSL;
import org.jspecify.annotations.Nullable;

/**
 * The notifications of an inbox that pass a filter. They reach the recipient through two branches, by name and by audience; each
 * is a select of positions. A notification can be in both, so the union has to be distinct.
 *
 * <p>Further conditions on a row are scalar subqueries, which are evaluated row by row. From a join or a "not exists" PostgreSQL
 * may make a plan that reads a whole table before it returns the first row.
 */
public record InboxSelection(
        Recipient recipient,
        Filter filter,
        PositionRange range,
        @Nullable List<Long> listed) {

    /** All branches, restricted by the filter. */
    public InboxSelection(Recipient recipient, Filter filter, PositionRange range) {
        this(recipient, filter, range, null);
    }

    /** Only the notifications at the positions. */
    InboxSelection among(List<Long> positions) {
        return new InboxSelection(recipient, filter, range, positions);
    }

    /** The same without the filter's text. */
    InboxSelection withoutText() {
        return new InboxSelection(
                recipient,
                new Filter(
                        filter.scope(),
                        null,
                        filter.createdAfter(),
                        filter.read(),
                        filter.topic(),
                        filter.origin(),
                        filter.muted()),
                range,
                listed);
    }

    /** Only the notifications that follow a position. */
    InboxSelection behind(long position, boolean ascending) {
        return new InboxSelection(recipient, filter, range.behind(position, ascending), listed);
    }

    /** Everything that changes the SQL text. */
    private record CacheKey(
            Scope scope,
            @Nullable Boolean read,
            boolean grouped,
            boolean text,
            boolean topic,
            boolean origin,
            @Nullable Boolean muted,
            boolean listed,
            boolean hasLowerBound,
            boolean hasUpperBound) {}

    Object cacheKey() {
        return new CacheKey(
                filter.scope(),
                filter.read(),
                !recipient.groups().isEmpty(),
                filter.text() != null,
                filter.topic() != null,
                filter.origin() != null,
                filter.muted(),
                listed != null,
                range.hasLowerBound(),
                range.hasUpperBound());
    }

    /** The values of the parameters. */
    Map<String, Object> values(ListParameters lists) {
        Map<String, Object> values = new HashMap<>(lists.of(recipient));
        values.put(Params.AFTER.getName(), range.after());
        values.put(Params.BEFORE.getName(), range.before());
        if (filter.text() != null) {
            values.put(Params.TEXT.getName(), foldedText());
        }
        if (filter.topic() != null) {
            values.put(Params.TOPIC.getName(), filter.topic());
        }
        if (filter.origin() != null) {
            values.put(Params.ORIGIN.getName(), filter.origin());
        }
        if (listed != null) {
            values.put(Params.LISTED, lists.numbers(listed));
        }
        return values;
    }

    /** The filter's text, case-folded. */
    String foldedText() {
        return Folding.fold(Objects.requireNonNull(filter.text()));
    }

    private static final int UNREAD = 0;
    private static final int READ = 1;

    /** One branch, and its columns that a condition or an order can use. */
    record Branch(SelectConditionStep<Record1<Long>> select, Field<Long> audience, Field<Long> position) {}

    /** Restricts a branch to an audience and a range of positions. */
    @FunctionalInterface
    interface AudienceCondition {
        Condition of(Field<Long> audience, Field<Long> position, PositionRange range);
    }

    /** Orders by the column's number, because SQLite resolves a column name of a union in each of its parts. */
    static SortField<Integer> order(boolean ascending) {
        return ascending ? inline(1).asc() : inline(1).desc();
    }

    boolean includesNamed() {
        return filter.scope().includesUser();
    }

    boolean wantsUnread() {
        return Boolean.FALSE.equals(filter.read());
    }

    /** The audiences that contain the recipient. */
    AudienceSet audiences() {
        return AudienceSet.of(recipient, filter.scope());
    }

    /** The branch by name. */
    SelectConditionStep<Record1<Long>> named(ListParameters lists) {
        return select(ADDRESSEE.POS).from(ADDRESSEE).where(isNamed(lists));
    }

    /** The branch's condition on a row of {@code addressee}. */
    Condition isNamed(ListParameters lists) {
        Condition condition = ADDRESSEE
                .USER_REF
                .eq(Params.READER)
                .and(range.contains(ADDRESSEE.POS))
                .and(isListed(ADDRESSEE.POS, lists));
        if (filter.read() != null) {
            // Inlined: the planner uses a partial index only if the SQL text contains the condition of the index.
            condition = condition.and(ADDRESSEE.READ.eq(inline(filter.read() ? READ : UNREAD)));
        }
        return condition
                .and(hasWantedContent(column -> at(ADDRESSEE.POS, column)))
                .and(isMutedAt(ADDRESSEE.POS, lists));
    }

    /** The branch by audience. */
    Branch byAudience(AudienceCondition inAudience, ReadMarkCounts counts, ListParameters lists) {
        return Boolean.TRUE.equals(filter.read())
                ? ofReadMarks(inAudience, lists)
                : ofNotifications(inAudience, counts, lists);
    }

    private Branch ofReadMarks(AudienceCondition inAudience, ListParameters lists) {
        Condition condition = READ_MARK
                .USER_REF
                .eq(Params.READER)
                .and(inAudience.of(READ_MARK.AUDIENCE, READ_MARK.POS, range))
                .and(isListed(READ_MARK.POS, lists))
                .and(hasWantedContent(column -> at(READ_MARK.POS, column)))
                .and(isMutedAt(READ_MARK.POS, lists));
        return new Branch(select(READ_MARK.POS).from(READ_MARK).where(condition), READ_MARK.AUDIENCE, READ_MARK.POS);
    }

    private Branch ofNotifications(AudienceCondition inAudience, ReadMarkCounts counts, ListParameters lists) {
        Condition condition = inAudience
                .of(NOTIFICATION.AUDIENCE, NOTIFICATION.POS, range)
                .and(isListed(NOTIFICATION.POS, lists))
                .and(hasWantedContent(column -> column))
                .and(filter.muted() == null ? noCondition() : MuteKind.isMuted(filter.muted(), lists));
        if (filter.read() != null) {
            condition = condition.and(isNeitherMarkedNorNamed(counts));
        }
        return new Branch(
                select(NOTIFICATION.POS).from(NOTIFICATION).where(condition), NOTIFICATION.AUDIENCE, NOTIFICATION.POS);
    }

    private Condition isNeitherMarkedNorNamed(ReadMarkCounts counts) {
        Condition unmarked = isAbsent(
                counts.marks(),
                select(inline(false))
                        .from(READ_MARK)
                        .where(READ_MARK.USER_REF.eq(Params.READER))
                        .and(READ_MARK.AUDIENCE.eq(NOTIFICATION.AUDIENCE))
                        .and(READ_MARK.POS.eq(NOTIFICATION.POS)));
        if (!includesNamed()) {
            return unmarked;
        }
        // If the recipient is named, the flag in addressee decides, and the branch by name checks it.
        return unmarked.and(isAbsent(
                counts.named(),
                select(inline(false))
                        .from(ADDRESSEE)
                        .where(ADDRESSEE.USER_REF.eq(Params.READER))
                        .and(ADDRESSEE.POS.eq(NOTIFICATION.POS))));
    }

    /** Not "is null": PostgreSQL estimates that to be so rare that it would sort everything first. */
    private static Condition isAbsent(Field<Long> count, Select<Record1<Boolean>> falseIfThere) {
        return condition(
                when(count.eq(inline(0L)), inline(true)).otherwise(coalesce(field(falseIfThere), inline(true))));
    }

    /** A column of the notification at a position. */
    private static Field<String> at(Field<Long> position, Field<String> column) {
        return field(select(column).from(NOTIFICATION).where(NOTIFICATION.POS.eq(position)));
    }

    private Condition isListed(Field<Long> position, ListParameters lists) {
        return listed == null ? noCondition() : position.in(lists.listed());
    }

    /** @param column returns the value of a column of the notification */
    private Condition hasWantedContent(UnaryOperator<Field<String>> column) {
        Condition condition = noCondition();
        if (filter.topic() != null) {
            condition = condition.and(column.apply(NOTIFICATION.TOPIC).eq(Params.TOPIC));
        }
        if (filter.origin() != null) {
            condition = condition.and(column.apply(NOTIFICATION.ORIGIN).eq(Params.ORIGIN));
        }
        return filter.text() == null ? condition : condition.and(hasText(column.apply(NOTIFICATION.FOLDED)));
    }

    private Condition isMutedAt(Field<Long> position, ListParameters lists) {
        return filter.muted() == null ? noCondition() : MuteKind.isMutedAt(position, filter.muted(), lists);
    }

    static Condition hasText(Field<String> folded) {
        return DSL.position(folded, Params.TEXT).gt(inline(0));
    }
}
