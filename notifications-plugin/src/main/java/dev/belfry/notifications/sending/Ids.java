package dev.belfry.notifications.sending;

import dev.belfry.notifications.storage.NotificationId;
import java.time.Clock;
import java.util.UUID;
import java.util.random.RandomGenerator;

/**
 * Makes ids that only ever grow, also when the clock steps back: UUIDv7 (RFC 9562, section 5.7) whose 21 bits after the time
 * are a counter with a random start (section 6.2, method 1), and whose other bits are random.
 */
public final class Ids {

    private static final int COUNTER_BITS = 21;
    private static final int COUNTER_LIMIT = 1 << COUNTER_BITS;

    /** Half of the counter is left to count in. */
    private static final int START_LIMIT = COUNTER_LIMIT / 2;

    /** Bits of the counter that stand behind the variant, beside 12 that stand before it. */
    private static final int LOW_BITS = 9;

    private static final int RANDOM_BITS = 62 - LOW_BITS;
    private static final long VERSION = 7L << 12;
    private static final long VARIANT = 2L << 62;

    private final Clock clock;
    private final RandomGenerator random;
    private long millis = Long.MIN_VALUE;
    private int counter;

    public Ids(Clock clock, RandomGenerator random) {
        this.clock = clock;
        this.random = random;
    }

    public synchronized NotificationId next() {
        long now = clock.millis();
        counter++;
        if (now > millis) {
            startAt(now);
        } else if (counter == COUNTER_LIMIT) {
            startAt(millis + 1);
        }
        long high = millis << 16 | VERSION | counter >>> LOW_BITS;
        long low = VARIANT
                | (long) (counter & (1 << LOW_BITS) - 1) << RANDOM_BITS
                | random.nextLong() >>> Long.SIZE - RANDOM_BITS;
        return new NotificationId(new UUID(high, low));
    }

    private void startAt(long time) {
        millis = time;
        counter = random.nextInt(START_LIMIT);
    }
}
