package dev.belfry.host.lifecycle;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.Test;

class LeasesTest {

    private static final Duration NO_TIME = Duration.ZERO;
    private static final Duration LONG = Duration.ofSeconds(30);

    private final Leases leases = new Leases();

    @Test
    void lettingNobodyInDrainsAtOnce() throws InterruptedException {
        assertThat(leases.drain(LONG)).isTrue();
    }

    @Test
    void drainingWaitsForThoseInside() throws Exception {
        assertThat(leases.tryTake()).isTrue();
        assertThat(leases.tryTake()).isTrue();
        assertThat(leases.drain(NO_TIME)).isFalse();

        CompletableFuture<Boolean> drained = CompletableFuture.supplyAsync(() -> {
            try {
                return leases.drain(LONG);
            } catch (InterruptedException e) {
                throw new IllegalStateException(e);
            }
        });
        leases.giveBack();
        assertThat(leases.drain(NO_TIME)).isFalse();
        leases.giveBack();
        assertThat(drained.get()).isTrue();
    }

    @Test
    void nobodyGetsInOnceDrainingHasBegun() throws InterruptedException {
        leases.tryTake();
        leases.drain(NO_TIME);

        assertThat(leases.tryTake()).isFalse();
    }
}
