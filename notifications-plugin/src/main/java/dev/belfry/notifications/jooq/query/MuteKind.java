package dev.belfry.notifications.jooq.query;

import static dev.belfry.notifications.jooq.schema.Tables.MUTE;
import static dev.belfry.notifications.jooq.schema.Tables.NOTIFICATION;
import static org.jooq.impl.DSL.condition;
import static org.jooq.impl.DSL.field;
import static org.jooq.impl.DSL.inline;
import static org.jooq.impl.DSL.select;
import static org.jooq.impl.DSL.when;

import dev.belfry.notifications.jooq.statement.ListParameters;
import dev.belfry.notifications.jooq.statement.Params;
import org.jooq.Condition;
import org.jooq.Field;

/** The kinds of muted texts, as values of the column {@code mute.kind}. */
public final class MuteKind {

    public static final String TOPIC = "topic";
    public static final String ORIGIN = "origin";

    private MuteKind() {}

    /** True if the reader has muted the notification of the row, or if not. The list is read once for all rows. */
    static Condition isMuted(boolean wanted, ListParameters lists) {
        return condition(muted(wanted, lists));
    }

    /** The same of the notification at a position. */
    static Condition isMutedAt(Field<Long> position, boolean wanted, ListParameters lists) {
        return condition(field(select(muted(wanted, lists)).from(NOTIFICATION).where(NOTIFICATION.POS.eq(position))));
    }

    /** Not only "or": a notification without a topic has not muted one. */
    private static Field<Boolean> muted(boolean wanted, ListParameters lists) {
        return when(
                        contains(TOPIC, NOTIFICATION.TOPIC, lists).or(contains(ORIGIN, NOTIFICATION.ORIGIN, lists)),
                        inline(wanted))
                .otherwise(inline(!wanted));
    }

    private static Condition contains(String kind, Field<String> text, ListParameters lists) {
        return lists.isOneOf(
                text,
                select(MUTE.VALUE)
                        .from(MUTE)
                        .where(MUTE.USER_REF.eq(Params.READER))
                        .and(MUTE.KIND.eq(inline(kind))));
    }
}
