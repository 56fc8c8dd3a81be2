package dev.belfry.notifications.sending;

import dev.belfry.notifications.storage.NotificationId;
import java.time.Clock;
import java.time.Duration;
import java.util.Optional;
import java.util.UUID;
import java.util.function.Consumer;
import java.util.random.RandomGenerator;

/**
 * Makes ids that only ever grow, also when the clock steps back by up to a day: UUIDv7 (RFC 9562, section 5.7) whose 21 bits
 * after the time are a counter with a random start (section 6.2, method 1), and whose other bits are random.
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

    /** A clock that was further ahead was wrong: what comes now must not be dated as if it were right. */
    private static final Duration FURTHEST = Duration.ofDays(1);

    /** Less is no news: clocks are set right all the time. */
    private static final Duration WORTH_TELLING = Duration.ofSeconds(1);

    private final Clock clock;
    private final RandomGenerator random;
    private final Consumer<Duration> steppedBack;
    private long millis;
    private int counter;
    private boolean told;

    /**
     * @param last of what was made before, by whomever: what is made here sorts behind it
     * @param steppedBack is told how far the clock is behind the last id, when that begins
     */
    public Ids(Clock clock, RandomGenerator random, Optional<NotificationId> last, Consumer<Duration> steppedBack) {
        this.clock = clock;
        this.random = random;
        this.steppedBack = steppedBack;
        // Where in its millisecond it stands does not matter: the next id goes into another one.
        this.millis = last.map(id -> id.created().toEpochMilli()).orElse(0L);
        this.counter = COUNTER_LIMIT - 1;
    }

    public synchronized NotificationId next() {
        long now = clock.millis();
        tell(now);
        counter++;
        if (now > millis || millis - now > FURTHEST.toMillis()) {
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
     * Goes on elsewhere: somebody else makes ids at the same place. Two hosts whose clocks have stepped back may do so for an
     * hour.
     */
    public synchronized void leap() {
        startAt(Math.max(clock.millis(), millis + 1));
    }

    private void tell(long now) {
        boolean behind = millis - now > WORTH_TELLING.toMillis();
        if (behind && !told) {
            steppedBack.accept(Duration.ofMillis(millis - now));
        }
        told = behind;
    }

    private void startAt(long time) {
        millis = time;
        counter = random.nextInt(START_LIMIT);
    }
}
