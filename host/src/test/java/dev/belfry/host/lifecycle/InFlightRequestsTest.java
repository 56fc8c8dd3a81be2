package dev.belfry.host.lifecycle;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.Test;

class InFlightRequestsTest {

    private static final Duration NO_TIME = Duration.ZERO;
    private static final Duration LONG = Duration.ofSeconds(30);

    private final InFlightRequests inFlight = new InFlightRequests();

    @Test
    void drainingReturnsAtOnceWithoutRequests() throws InterruptedException {
        assertThat(inFlight.drain(LONG)).isTrue();
    }

    @Test
    void drainingWaitsForRequestsInside() throws Exception {
        assertThat(inFlight.tryTake()).isTrue();
        assertThat(inFlight.tryTake()).isTrue();
        assertThat(inFlight.drain(NO_TIME)).isFalse();

        CompletableFuture<Boolean> drained = CompletableFuture.supplyAsync(() -> {
            try {
                return inFlight.drain(LONG);
            } catch (InterruptedException e) {
                throw new IllegalStateException(e);
            }
        });
        inFlight.giveBack();
        assertThat(inFlight.drain(NO_TIME)).isFalse();
        inFlight.giveBack();
        assertThat(drained.get()).isTrue();
    }

    @Test
    void noRequestEntersOnceDrainingHasBegun() throws InterruptedException {
        inFlight.tryTake();
        inFlight.drain(NO_TIME);

        assertThat(inFlight.tryTake()).isFalse();
    }
}
