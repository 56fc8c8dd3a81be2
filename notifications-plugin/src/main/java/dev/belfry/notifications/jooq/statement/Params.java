package dev.belfry.notifications.jooq.statement;

import static org.jooq.impl.DSL.field;
import static org.jooq.impl.DSL.name;
import static org.jooq.impl.DSL.param;

import org.jooq.Field;
import org.jooq.Param;

/** Named parameters of the cached queries, and the column that a selection of notifications has. */
public final class Params {

    /** The column of a selection: a notification's sort key. */
    public static final Field<Long> POSITION = field(name("pos"), Long.class);

    /** The user who reads. */
    public static final Param<String> READER = param("reader", String.class);

    /** The reader's groups, a list of strings. */
    public static final String GROUPS = "groups";

    /** Lower bound of a range of positions, exclusive. */
    public static final Param<Long> AFTER = param("after", Long.class);

    /** Upper bound of a range of positions, exclusive. */
    public static final Param<Long> BEFORE = param("before", Long.class);

    /** The text that is searched for, case-folded. */
    public static final Param<String> TEXT = param("text", String.class);

    /** The topic of the filter. */
    public static final Param<String> TOPIC = param("topic", String.class);

    /** The origin of the filter. */
    public static final Param<String> ORIGIN = param("origin", String.class);

    public static final Param<Long> OFFSET = param("offset", Long.class);
    public static final Param<Long> LIMIT = param("limit", Long.class);

    /** The text of the last notification before a page that is ordered by a text. */
    public static final Param<String> LAST_TEXT = param("last_text", String.class);

    /** The position of the last notification before such a page. */
    public static final Param<Long> LAST_POSITION = param("last_position", Long.class);

    /** Positions, a list of numbers. */
    public static final String LISTED = "listed";

    private Params() {}
}
