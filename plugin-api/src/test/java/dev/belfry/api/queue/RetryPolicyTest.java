package dev.belfry.api.queue;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class RetryPolicyTest {

    private static final Duration SECOND = Duration.ofSeconds(1);

    @Test
    void theDelayDoublesUpToTheMaximum() {
        RetryPolicy policy = new RetryPolicy(10, SECOND, Duration.ofSeconds(10));

        assertThat(IntStream.rangeClosed(1, 6).mapToObj(policy::delayAfter))
                .containsExactly(
                        SECOND,
                        Duration.ofSeconds(2),
                        Duration.ofSeconds(4),
                        Duration.ofSeconds(8),
                        Duration.ofSeconds(10),
                        Duration.ofSeconds(10));
    }

    @Test
    void theDelayAfterManyFailuresIsTheMaximum() {
        assertThat(new RetryPolicy(Integer.MAX_VALUE, SECOND, Duration.ofDays(1)).delayAfter(Integer.MAX_VALUE))
                .isEqualTo(Duration.ofDays(1));
    }

    @Test
    void valuesThatMakeNoSenseAreRefused() {
        assertThatThrownBy(() -> new RetryPolicy(0, SECOND, SECOND))
                .hasMessage("maxAttempts must be at least 1, not 0");
        assertThatThrownBy(() -> new RetryPolicy(1, Duration.ZERO, SECOND))
                .hasMessage("firstDelay must be positive, not PT0S");
        assertThatThrownBy(() -> new RetryPolicy(1, SECOND, Duration.ofMillis(1)))
                .hasMessage("maxDelay must be at least firstDelay (PT1S), not PT0.001S");
        assertThatThrownBy(() -> new RetryPolicy(1, SECOND, SECOND, Duration.ofSeconds(-1)))
                .hasMessage("attemptLimit must be positive, not PT-1S");
    }
}
