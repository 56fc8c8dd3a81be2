package dev.belfry.notifications.jooq;

import static org.jooq.impl.DSL.param;

import org.jooq.Param;

/** The parameters of what is read. */
final class Params {

    /** The user who reads. */
    static final Param<String> READER = param("reader", String.class);

    /** The last position before those that are meant. */
    static final Param<Long> AFTER = param("after", Long.class);

    /** The first position behind those that are meant. */
    static final Param<Long> BEFORE = param("before", Long.class);

    /** What is looked for, folded. */
    static final Param<String> TEXT = param("text", String.class);

    static final Param<Long> OFFSET = param("offset", Long.class);
    static final Param<Long> LIMIT = param("limit", Long.class);

    /** The text and the position behind which a list goes on that is ordered by a text. */
    static final Param<String> LAST_TEXT = param("last_text", String.class);

    static final Param<Long> LAST_POSITION = param("last_position", Long.class);

    /** The reader's groups, as the database takes many texts. */
    static final String GROUPS = "groups";

    /** Positions, as the database takes many numbers. */
    static final String LISTED = "listed";

    private Params() {}
}
