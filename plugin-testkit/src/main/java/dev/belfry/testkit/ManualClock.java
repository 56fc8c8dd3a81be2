package dev.belfry.testkit;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZoneOffset;

/**
 * A clock that stands still until a test advances it. Pass it to {@link TestHost.Builder#clock}: tokens and {@code
 * context.clock()} then use it, and so do jobs on one host and the retries of queues. Other jobs run in real time.
 *
 * @since 0.1
 */
public final class ManualClock extends Clock {

    private final Hands hands;
    private final ZoneId zone;

    private ManualClock(Hands hands, ZoneId zone) {
        this.hands = hands;
        this.zone = zone;
    }

    /** Shared by all zones of the clock. */
    private static final class Hands {
        private volatile Instant now;

        Hands(Instant now) {
            this.now = now;
        }
    }

    /** A clock in UTC. */
    public static ManualClock at(Instant now) {
        return new ManualClock(new Hands(now), ZoneOffset.UTC);
    }

    /** Advances the clock, or moves it back when the duration is negative. */
    public void advance(Duration time) {
        synchronized (hands) {
            hands.now = hands.now.plus(time);
        }
    }

    @Override
    public Instant instant() {
        return hands.now;
    }

    @Override
    public ZoneId getZone() {
        return zone;
    }

    @Override
    public ManualClock withZone(ZoneId other) {
        return new ManualClock(hands, other);
    }
}
