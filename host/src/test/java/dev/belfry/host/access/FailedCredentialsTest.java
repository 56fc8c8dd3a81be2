package dev.belfry.host.access;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.belfry.api.web.ApiError;
import java.time.Duration;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;

class FailedCredentialsTest {

    private static final String ADDRESS = "192.0.2.1";

    private final AtomicLong now =
            new AtomicLong(Long.MAX_VALUE - Duration.ofHours(1).toNanos());
    private final FailedCredentials failures = new FailedCredentials(6, now::get);

    private void fail(String address, int times) {
        for (int i = 0; i < times; i++) {
            failures.check(address);
            failures.failed(address);
        }
    }

    private void refused(String address) {
        ApiError refusal = catchThrowableOfType(ApiError.class, () -> failures.check(address));
        assertThat(refusal.status()).isEqualTo(429);
        assertThat(refusal.retryAfter()).contains(Duration.ofSeconds(10));
        assertThat(refusal).hasMessageContaining(address).hasMessageContaining("auth.failedCredentialsPerMinute");
    }

    @Test
    void anAddressAtItsLimitIsRejected() {
        fail(ADDRESS, 6);

        refused(ADDRESS);
        assertThatCode(() -> failures.check("192.0.2.2")).doesNotThrowAnyException();
    }

    @Test
    void theQuotaRefillsEvenly() {
        fail(ADDRESS, 6);
        now.addAndGet(Duration.ofSeconds(10).toNanos());

        fail(ADDRESS, 1);
        refused(ADDRESS);
        now.addAndGet(Duration.ofMinutes(1).toNanos());
        fail(ADDRESS, 6);
    }

    @Test
    void concurrentFailuresDoNotAddUp() {
        for (int i = 0; i < 1000; i++) {
            failures.failed(ADDRESS);
        }

        refused(ADDRESS);
        now.addAndGet(Duration.ofSeconds(10).toNanos());
        assertThatCode(() -> failures.check(ADDRESS)).doesNotThrowAnyException();
    }

    @Test
    void oneIpv6NetworkCountsAsOneClient() {
        fail("2001:db8:0:1::1", 6);

        refused("2001:db8:0:1::2");
        assertThatCode(() -> failures.check("2001:db8:0:2::1")).doesNotThrowAnyException();
    }

    @Test
    void withoutALimitNoAddressIsRejected() {
        FailedCredentials unlimited = new FailedCredentials(0, now::get);
        for (int i = 0; i < 1000; i++) {
            unlimited.failed(ADDRESS);
        }

        assertThatCode(() -> unlimited.check(ADDRESS)).doesNotThrowAnyException();
    }
}
