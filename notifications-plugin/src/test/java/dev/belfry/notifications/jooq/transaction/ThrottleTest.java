package dev.belfry.notifications.jooq.transaction;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import org.junit.jupiter.api.Test;

class ThrottleTest {

    private static final Duration STEP = Duration.ofMillis(20);

    private final Throttle pace = new Throttle();

    private static String work() {
        try {
            Thread.sleep(STEP);
        } catch (InterruptedException e) {
            throw new IllegalStateException(e);
        }
        return "done";
    }

    @Test
    void theRestIsThreeTimesAsLongAsTheStepAtLeast() {
        assertThat(pace.time(ThrottleTest::work)).isEqualTo("done");
        long begin = System.nanoTime();

        assertThat(pace.rest()).isTrue();

        assertThat(Duration.ofNanos(System.nanoTime() - begin)).isGreaterThanOrEqualTo(STEP.multipliedBy(3));
    }

    @Test
    void whoIsInterruptedDoesNotGoOn() {
        pace.time(ThrottleTest::work);
        Thread.currentThread().interrupt();

        assertThat(pace.rest()).isFalse();

        assertThat(Thread.interrupted())
                .as("for whoever looks after the thread")
                .isTrue();
    }
}
