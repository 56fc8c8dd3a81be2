package dev.belfry.notifications.rest;

import dev.belfry.api.access.Caller;
import dev.belfry.api.web.RateLimiter;
import io.javalin.http.Context;
import java.time.Duration;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** How many notifications a minute may be created: by each sender, and by all together. Each host counts for itself. */
public final class SendRate {

    private static final Duration WINDOW = Duration.ofMinutes(1);
    private static final String ALL = "all senders";

    private final @Nullable RateLimiter perSender;
    private final @Nullable RateLimiter inAll;
    private final Set<String> unlimited;

    /**
     * @param createsPerMinute by all senders together; 0 = no limit
     * @param perSender by each of them; 0 = no limit
     * @param unlimited subjects of senders that are not counted
     */
    public SendRate(long createsPerMinute, long perSender, Set<String> unlimited) {
        this.inAll = limiter("creates", createsPerMinute);
        this.perSender = limiter("creates-per-sender", perSender);
        this.unlimited = Set.copyOf(unlimited);
    }

    private static @Nullable RateLimiter limiter(String name, long limit) {
        return limit == 0 ? null : new RateLimiter(name, limit, WINDOW, System::nanoTime);
    }

    /** @throws dev.belfry.api.web.ApiError 429 when the sender, or all together, have created too many */
    void count(Context context, Caller sender, int notifications) {
        if (notifications == 0 || unlimited.contains(sender.subject())) {
            return;
        }
        if (perSender != null) {
            perSender.use(context, sender.subject(), notifications);
        }
        if (inAll != null) {
            inAll.use(context, ALL, notifications);
        }
    }
}
