package dev.belfry.notifications.storage;

/**
 * The order of a list. It is total: texts are ordered by code point, null last in ascending order and first in descending order;
 * equal keys are ordered by time, then by id, in the same direction.
 *
 * @since 0.1
 */
public record Order(Field field, Direction direction) {

    public static final Order NEWEST_FIRST = new Order(Field.CREATED, Direction.DESC);

    public boolean ascending() {
        return direction == Direction.ASC;
    }

    /** The first sort key. */
    public enum Field {
        TITLE,
        MESSAGE,
        CREATED,
        TOPIC,
        ORIGIN
    }

    public enum Direction {
        ASC,
        DESC
    }
}
