package dev.belfry.cli.demo;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZoneOffset;

/** A clock that begins in the past, so that the notifications of the demo have a history. */
final class DemoClock extends Clock {

    private final Clock present = Clock.systemUTC();
    private volatile Duration behind;

    DemoClock(Duration behind) {
        this.behind = behind;
    }

    /** Sets the clock forward. It never goes back, and never beyond the present. */
    void advanceTo(Instant time) {
        Duration left = Duration.between(time, present.instant());
        behind = left.isNegative() ? Duration.ZERO : left;
    }

    @Override
    public Instant instant() {
        return present.instant().minus(behind);
    }

    @Override
    public ZoneId getZone() {
        return ZoneOffset.UTC;
    }

    @Override
    public Clock withZone(ZoneId zone) {
        throw new UnsupportedOperationException("the demo has one time zone");
    }
}
