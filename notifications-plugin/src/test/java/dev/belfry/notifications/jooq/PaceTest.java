package dev.belfry.notifications.jooq;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.concurrent.locks.LockSupport;
import org.junit.jupiter.api.Test;

class PaceTest {

    private final Pace pace = new Pace();

    @Test
    void theRestIsAtLeastThreeTimesAsLongAsTheStep() {
        long begin = System.nanoTime();
        String result = pace.time(() -> {
            LockSupport.parkNanos(Duration.ofMillis(20).toNanos());
            return "done";
        });
        long worked = System.nanoTime() - begin;
        long rest = System.nanoTime();

        assertThat(pace.rest()).isTrue();

        assertThat(result).isEqualTo("done");
        // Of what was worked the step is a part, so this is no more than what is promised.
        assertThat(System.nanoTime() - rest).isGreaterThan(2 * worked);
    }

    @Test
    void whoIsInterruptedDoesNotGoOn() {
        pace.time(() -> {
            LockSupport.parkNanos(Duration.ofMillis(5).toNanos());
            return "done";
        });
        Thread.currentThread().interrupt();

        assertThat(pace.rest()).isFalse();

        assertThat(Thread.interrupted())
                .as("for whoever looks after the thread")
                .isTrue();
    }
}
