package dev.belfry.host.http;

import dev.belfry.api.web.RateLimiter;
import dev.belfry.host.settings.ClientSettings;
import io.javalin.http.Context;
import java.time.Duration;
import java.util.Optional;
import java.util.Set;

/** Limits the requests per minute of one caller. */
final class RequestRateLimiter {

    private static final Duration WINDOW = Duration.ofMinutes(1);

    private final Optional<RateLimiter> limiter;
    private final Set<String> unlimited;

    private RequestRateLimiter(Optional<RateLimiter> limiter, Set<String> unlimited) {
        this.limiter = limiter;
        this.unlimited = unlimited;
    }

    static RequestRateLimiter of(ClientSettings settings) {
        long limit = settings.requestsPerCaller();
        return new RequestRateLimiter(
                limit == 0
                        ? Optional.empty()
                        : Optional.of(new RateLimiter("requests", limit, WINDOW, System::nanoTime)),
                settings.unlimitedCallers());
    }

    /** @throws dev.belfry.api.web.ApiError 429 when the caller has sent too many requests */
    void count(Context context, RequestContext requestContext) {
        if (limiter.isPresent() && !unlimited.contains(requestContext.caller())) {
            limiter.get().use(context, requestContext.budgetKey(), 1);
        }
    }
}
