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

    private volatile Rule rule;

    private record Rule(long limit, Optional<RateLimiter> limiter, Set<String> unlimited) {}

    RequestRateLimiter(ClientSettings settings) {
        long limit = settings.requestsPerCaller();
        rule = new Rule(limit, limiter(limit), settings.unlimitedCallers());
    }

    private static Optional<RateLimiter> limiter(long limit) {
        return limit == 0
                ? Optional.empty()
                : Optional.of(new RateLimiter("requests", limit, WINDOW, System::nanoTime));
    }

    /** Requests of this minute count anew if the limit has changed. */
    void use(ClientSettings settings) {
        long limit = settings.requestsPerCaller();
        rule = new Rule(limit, limit == rule.limit() ? rule.limiter() : limiter(limit), settings.unlimitedCallers());
    }

    /** @throws dev.belfry.api.web.ApiError 429 when the caller has sent too many requests */
    void count(Context context, RequestContext requestContext) {
        Rule now = rule;
        if (now.limiter().isPresent() && !now.unlimited().contains(requestContext.caller())) {
            now.limiter().get().use(context, requestContext.budgetKey(), 1);
        }
    }
}
