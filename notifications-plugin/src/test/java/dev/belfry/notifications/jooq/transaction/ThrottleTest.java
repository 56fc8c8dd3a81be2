package dev.belfry.notifications.jooq.transaction;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import org.junit.jupiter.api.Test;

class ThrottleTest {

    private static final Duration STEP = Duration.ofMillis(20);

    private final Throttle throttle = new Throttle();

    private static String work() {
        try {
            Thread.sleep(STEP);
        } catch (InterruptedException e) {
            throw new IllegalStateException(e);
        }
        return "done";
    }

    @Test
    void aPauseTakesAtLeastThreeTimesAsLongAsTheStep() {
        assertThat(throttle.run(ThrottleTest::work)).isEqualTo("done");
        long begin = System.nanoTime();

        assertThat(throttle.pause()).isTrue();

        assertThat(Duration.ofNanos(System.nanoTime() - begin)).isGreaterThanOrEqualTo(STEP.multipliedBy(3));
    }

    @Test
    void anInterruptEndsThePause() {
        throttle.run(ThrottleTest::work);
        Thread.currentThread().interrupt();

        assertThat(throttle.pause()).isFalse();

        assertThat(Thread.interrupted()).as("the interrupt flag stays set").isTrue();
    }
}
