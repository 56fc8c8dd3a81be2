package dev.belfry.host.http;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.belfry.api.web.ApiError;
import java.time.Duration;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.Test;

class BulkheadTest {

    private final AtomicReference<Bulkhead.Limits> limits = new AtomicReference<>(limits(1));
    private final Bulkhead bulkhead = new Bulkhead("bell", limits::get);

    private static Bulkhead.Limits limits(int permits) {
        return new Bulkhead.Limits(permits, Duration.ZERO, Duration.ZERO);
    }

    @Test
    void aHigherLimitGivesMorePermitsAtOnce() {
        BulkheadPermit first = bulkhead.enter();
        assertThatThrownBy(bulkhead::enter).isInstanceOf(ApiError.class);

        limits.set(limits(2));

        BulkheadPermit second = bulkhead.enter();
        assertThatThrownBy(bulkhead::enter).isInstanceOf(ApiError.class);
        first.close();
        second.close();
    }

    @Test
    void aLowerLimitCountsThePermitsThatAreHeld() {
        limits.set(limits(2));
        BulkheadPermit first = bulkhead.enter();
        BulkheadPermit second = bulkhead.enter();
        limits.set(limits(1));

        first.close();
        assertThatThrownBy(bulkhead::enter).isInstanceOf(ApiError.class);
        second.close();

        try (BulkheadPermit third = bulkhead.enter()) {
            assertThat(third).isNotNull();
        }
    }
}
