package dev.belfry.notifications.inbox;

/**
 * The page that a client requests.
 *
 * @param offset number of notifications before the page
 * @param size maximum number of notifications
 */
public record PageRequest(long offset, long size) {

    /** The whole inbox. */
    public static final PageRequest ALL = new PageRequest(0, Long.MAX_VALUE);

    public PageRequest {
        if (offset < 0 || size < 1) {
            throw new IllegalArgumentException(
                    "a page must have offset 0 or more and size 1 or more, not " + offset + " and " + size);
        }
    }

    /**
     * @param size from 1
     * @param number from 1
     */
    public static PageRequest of(int size, int number) {
        return new PageRequest((number - 1L) * size, size);
    }
}
