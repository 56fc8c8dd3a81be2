package dev.belfry.notifications.jooq;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import org.junit.jupiter.api.Test;

class PaceTest {

    private static final Duration STEP = Duration.ofMillis(20);

    private final Pace pace = new Pace();

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
        assertThat(pace.time(PaceTest::work)).isEqualTo("done");
        long begin = System.nanoTime();

        assertThat(pace.rest()).isTrue();

        assertThat(Duration.ofNanos(System.nanoTime() - begin)).isGreaterThanOrEqualTo(STEP.multipliedBy(3));
    }

    @Test
    void whoIsInterruptedDoesNotGoOn() {
        pace.time(PaceTest::work);
        Thread.currentThread().interrupt();

        assertThat(pace.rest()).isFalse();

        assertThat(Thread.interrupted())
                .as("for whoever looks after the thread")
                .isTrue();
    }
}
