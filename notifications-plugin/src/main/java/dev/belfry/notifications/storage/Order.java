package dev.belfry.notifications.storage;

/**
 * In which order notifications are listed: a total one. Text is ordered by code point; what has none comes last in ascending
 * order and first in descending order. Equal keys are ordered by created, then by id, in the same direction.
 *
 * @since 0.1
 */
public record Order(Field field, Direction direction) {

    public static final Order NEWEST_FIRST = new Order(Field.CREATED, Direction.DESC);

    public boolean ascending() {
        return direction == Direction.ASC;
    }

    /** Where the notification stands. */
    public SeekPosition placeOf(Notification notification) {
        return new SeekPosition(notification.id(), notification.text(field));
    }

    /** What is compared first. */
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
