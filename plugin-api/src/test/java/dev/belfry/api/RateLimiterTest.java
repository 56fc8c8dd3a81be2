package dev.belfry.api;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.belfry.api.web.ApiError;
import dev.belfry.api.web.RateLimiter;
import io.javalin.http.Context;
import java.lang.reflect.Proxy;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;

class RateLimiterTest {

    private final AtomicLong now = new AtomicLong(-5_000_000_000L);
    private final Map<String, String> headers = new LinkedHashMap<>();
    private final RateLimiter limiter = new RateLimiter("things", 60, Duration.ofMinutes(1), now::get);

    /** Keeps the headers that are set. */
    private final Context context = (Context) Proxy.newProxyInstance(
            Context.class.getClassLoader(), new Class<?>[] {Context.class}, (self, method, given) -> {
                headers.put((String) given[0], (String) given[1]);
                return self;
            });

    private void pass(Duration time) {
        now.addAndGet(time.toNanos());
    }

    private void assertRefused(String caller, long units, Duration retryAfter) {
        assertThatThrownBy(() -> limiter.use(context, caller, units)).isInstanceOfSatisfying(ApiError.class, error -> {
            assertThat(error.status()).isEqualTo(429);
            assertThat(error.retryAfter()).contains(retryAfter);
        });
    }

    @Test
    void theQuotaMayBeUsedAtOnceAndComesBackEvenly() {
        limiter.use(context, "a", 60);
        assertRefused("a", 1, Duration.ofSeconds(1));
        pass(Duration.ofSeconds(10));
        assertRefused("a", 11, Duration.ofSeconds(1));
        limiter.use(context, "a", 10);
        assertRefused("a", 1, Duration.ofSeconds(1));
        pass(Duration.ofMinutes(5));
        limiter.use(context, "a", 60);
    }

    @Test
    void oneCallerTakesNothingFromAnother() {
        limiter.use(context, "a", 60);
        limiter.use(context, "b", 60);
        assertRefused("a", 60, Duration.ofMinutes(1));
    }

    @Test
    void moreThanTheWholeQuotaIsNeverGrantedAndUsesNothing() {
        assertRefused("a", 61, Duration.ofMinutes(1));
        limiter.use(context, "a", 60);
    }

    @Test
    void theHeaderFieldsTellWhatIsLeftWhenLittleIs() {
        limiter.use(context, "a", 50);
        assertThat(headers).isEmpty();
        limiter.use(context, "a", 6);
        assertThat(headers)
                .isEqualTo(Map.of("RateLimit-Policy", "\"things\";q=60;w=60", "RateLimit", "\"things\";r=4;t=56"));
        assertRefused("a", 5, Duration.ofSeconds(1));
        assertThat(headers).containsEntry("RateLimit", "\"things\";r=4;t=56");
    }
}
