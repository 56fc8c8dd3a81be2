package dev.belfry.notifications.inbox;

/**
 * A part of an inbox.
 *
 * @param offset how many notifications come before it
 * @param size how many it has at most
 */
public record PageRequest(long offset, long size) {

    /** The whole inbox. */
    public static final PageRequest ALL = new PageRequest(0, Long.MAX_VALUE);

    public PageRequest {
        if (offset < 0 || size < 1) {
            throw new IllegalArgumentException("a page of " + size + " from " + offset + " is none");
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
