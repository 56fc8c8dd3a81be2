package dev.belfry.host.lifecycle;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import org.junit.jupiter.api.Test;

class StopDeadlineTest {

    private static final Duration USUAL = Duration.ofSeconds(60);

    @Test
    void theUsualLimitAppliesWhileTheHostIsNotStopping() {
        assertThat(new StopDeadline(Duration.ofSeconds(10)).share(USUAL, 3)).isEqualTo(USUAL);
    }

    @Test
    void operationsShareTheRemainingTime() {
        StopDeadline deadline = new StopDeadline(Duration.ofSeconds(12));
        deadline.begin();

        // Two of the twelve seconds are reserved for the parts that close after the plugins.
        assertThat(deadline.share(USUAL, 2)).isBetween(Duration.ofSeconds(4), Duration.ofSeconds(5));
        assertThat(deadline.share(Duration.ofSeconds(1), 2)).isEqualTo(Duration.ofSeconds(1));
    }

    @Test
    void aMinimumRemainsAfterTheDeadline() {
        StopDeadline deadline = new StopDeadline(Duration.ofSeconds(1));
        deadline.begin();

        assertThat(deadline.share(USUAL, 2)).isEqualTo(Duration.ofMillis(100));
    }
}
