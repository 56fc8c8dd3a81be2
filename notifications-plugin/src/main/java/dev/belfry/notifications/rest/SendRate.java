package dev.belfry.notifications.rest;

import dev.belfry.api.access.Caller;
import dev.belfry.api.web.RateLimiter;
import io.javalin.http.Context;
import java.time.Duration;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Rate limits of creating notifications: per sender and in total, per minute and host. */
public final class SendRate {

    private static final Duration WINDOW = Duration.ofMinutes(1);
    private static final String ALL = "all senders";

    private final @Nullable RateLimiter perSender;
    private final @Nullable RateLimiter inAll;
    private final Set<String> unlimited;

    /**
     * @param createsPerMinute limit of all senders together; 0 = none
     * @param perSender limit of each sender; 0 = none
     * @param unlimited subjects of senders without limits
     */
    public SendRate(long createsPerMinute, long perSender, Set<String> unlimited) {
        this.inAll = limiter("creates", createsPerMinute);
        this.perSender = limiter("creates-per-sender", perSender);
        this.unlimited = Set.copyOf(unlimited);
    }

    private static @Nullable RateLimiter limiter(String name, long limit) {
        return limit == 0 ? null : new RateLimiter(name, limit, WINDOW, System::nanoTime);
    }

    /** @throws dev.belfry.api.web.ApiError 429 when a limit is exceeded */
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
