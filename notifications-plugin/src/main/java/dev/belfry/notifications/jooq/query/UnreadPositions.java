package dev.belfry.notifications.jooq.query;

import java.util.Arrays;
import java.util.stream.LongStream;

/** The positions of the unread notifications of an inbox. Immutable. */
public final class UnreadPositions {

    /** Sorted. */
    private final long[] muted;

    private final long[] unmuted;

    private UnreadPositions(long[] muted, long[] unmuted) {
        this.muted = muted;
        this.unmuted = unmuted;
    }

    static UnreadPositions of(LongStream muted, LongStream unmuted) {
        return new UnreadPositions(muted.sorted().toArray(), unmuted.sorted().toArray());
    }

    public int size() {
        return muted.length + unmuted.length;
    }

    public int unmuted() {
        return unmuted.length;
    }

    public boolean contains(long position) {
        return Arrays.binarySearch(muted, position) >= 0 || Arrays.binarySearch(unmuted, position) >= 0;
    }

    public UnreadPositions with(long position, boolean isMuted) {
        return isMuted
                ? new UnreadPositions(with(muted, position), unmuted)
                : new UnreadPositions(muted, with(unmuted, position));
    }

    public UnreadPositions without(long position) {
        return new UnreadPositions(without(muted, position), without(unmuted, position));
    }

    private static long[] with(long[] positions, long position) {
        int found = Arrays.binarySearch(positions, position);
        if (found >= 0) {
            return positions;
        }
        int index = -found - 1;
        long[] more = Arrays.copyOf(positions, positions.length + 1);
        System.arraycopy(positions, index, more, index + 1, positions.length - index);
        more[index] = position;
        return more;
    }

    private static long[] without(long[] positions, long position) {
        int index = Arrays.binarySearch(positions, position);
        if (index < 0) {
            return positions;
        }
        long[] fewer = Arrays.copyOf(positions, positions.length - 1);
        System.arraycopy(positions, index + 1, fewer, index, fewer.length - index);
        return fewer;
    }
}
