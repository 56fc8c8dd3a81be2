package dev.belfry.notifications.sending;

import dev.belfry.notifications.storage.NotificationId;
import java.time.Clock;
import java.time.Duration;
import java.util.Optional;
import java.util.UUID;
import java.util.function.Consumer;
import java.util.random.RandomGenerator;

/**
 * Generates ids that only increase, even if the clock steps back by up to a day: UUIDv7 (RFC 9562, section 5.7) with a counter of
 * 21 bits after the time, which starts at a random value (section 6.2, method 1), and random bits after it.
 */
public final class Ids {

    private static final int COUNTER_BITS = 21;
    private static final int COUNTER_LIMIT = 1 << COUNTER_BITS;

    /** A counter starts in its lower half, so that the upper half is left for counting. */
    private static final int START_LIMIT = COUNTER_LIMIT / 2;

    /** Bits of the counter after the variant; 12 are before it. */
    private static final int LOW_BITS = 9;

    private static final int RANDOM_BITS = 62 - LOW_BITS;
    private static final long VERSION = 7L << 12;
    private static final long VARIANT = 2L << 62;

    /** If the last id is further ahead of the clock than this, the clock was wrong then, and ids follow the clock again. */
    private static final Duration MAX_AHEAD = Duration.ofDays(1);

    /** A smaller clock skew is not reported: clocks are corrected all the time. */
    private static final Duration MIN_REPORTED = Duration.ofSeconds(1);

    private final Clock clock;
    private final RandomGenerator random;
    private final Consumer<Duration> onClockSkew;
    private long millis;
    private int counter;
    private boolean reported;

    /**
     * @param last greatest id of any host so far; generated ids sort after it
     * @param onClockSkew called with the distance when the clock falls behind the last id
     */
    public Ids(Clock clock, RandomGenerator random, Optional<NotificationId> last, Consumer<Duration> onClockSkew) {
        this.clock = clock;
        this.random = random;
        this.onClockSkew = onClockSkew;
        // The counter within that millisecond does not matter, because the next id is of another one.
        this.millis = last.map(id -> id.created().toEpochMilli()).orElse(0L);
        this.counter = COUNTER_LIMIT - 1;
    }

    public synchronized NotificationId next() {
        long now = clock.millis();
        reportClockSkew(now);
        counter++;
        if (now > millis || millis - now > MAX_AHEAD.toMillis()) {
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

    /**
     * Continues with another millisecond, because another host generates the same ids. After a step back of the clock that can
     * last an hour.
     */
    public synchronized void skipAhead() {
        startAt(Math.max(clock.millis(), millis + 1));
    }

    private void reportClockSkew(long now) {
        boolean behind = millis - now > MIN_REPORTED.toMillis();
        if (behind && !reported) {
            onClockSkew.accept(Duration.ofMillis(millis - now));
        }
        reported = behind;
    }

    private void startAt(long time) {
        millis = time;
        counter = random.nextInt(START_LIMIT);
    }
}
