package dev.belfry.api.web;

import io.javalin.http.Context;
import java.time.Duration;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.LongSupplier;

/**
 * Rate limit per caller. A caller can use the whole quota at once; it is restored evenly over the window. Each host counts
 * separately. Instances are thread-safe.
 *
 * <p>A caller who has used up the quota gets 429 with {@code Retry-After}. The header fields {@code RateLimit-Policy} and {@code
 * RateLimit} (draft-ietf-httpapi-ratelimit-headers-10) accompany it, and also responses when less than a tenth of the quota is left.
 *
 * @since 0.2
 */
public final class RateLimiter {

    private static final int CLEAN_UP_SIZE = 10_000;
    private static final long NANOS_PER_SECOND = 1_000_000_000;

    private final String name;
    private final long limit;
    private final long window;
    private final LongSupplier nanoTime;

    /** For each caller, the time at which the whole quota is restored (generic cell rate algorithm). A past time equals no entry. */
    private final ConcurrentHashMap<String, Long> fullAt = new ConcurrentHashMap<>();

    private final AtomicLong nextCleanUp = new AtomicLong();

    /**
     * @param name the policy's name in the header fields; letters only
     * @param limit units a caller may use in a window, at least 1
     * @param window from a second to a day
     * @param nanoTime a clock as {@link System#nanoTime}
     * @throws IllegalArgumentException if {@code limit} or {@code window} is out of range
     */
    public RateLimiter(String name, long limit, Duration window, LongSupplier nanoTime) {
        if (limit < 1 || window.compareTo(Duration.ofSeconds(1)) < 0 || window.compareTo(Duration.ofDays(1)) > 0) {
            throw new IllegalArgumentException(
                    "a rate limit needs at least 1 unit in PT1S to PT24H, not " + limit + " in " + window);
        }
        this.name = name;
        this.limit = limit;
        this.window = window.toNanos();
        this.nanoTime = nanoTime;
        nextCleanUp.set(nanoTime.getAsLong() + this.window);
    }

    /**
     * Takes units from a caller's quota.
     *
     * @param caller the key of the quota, such as {@link dev.belfry.api.access.Caller#subject()}
     * @param units at least 1
     * @throws ApiError 429 if the remaining quota is smaller; nothing is taken then. More units than the whole quota are
     *     never granted
     */
    public void use(Context context, String caller, long units) {
        long now = nanoTime.getAsLong();
        cleanUp(now);
        double perUnit = (double) window / limit;
        long cost = (long) Math.ceil(units * perUnit);
        long[] refusedFor = {0};
        long full = fullAt.merge(caller, now + cost, (before, _) -> {
            long begin = Math.max(before, now);
            long after = begin + cost;
            if (after - now > window) {
                refusedFor[0] = after - now - window;
                return begin;
            }
            return after;
        });
        if (refusedFor[0] == 0 && cost > window) {
            // The caller's first use: there was nothing to merge with.
            fullAt.remove(caller, full);
            refusedFor[0] = window;
        }
        long remaining = (long) Math.max(0, (window - (full - now)) / perUnit);
        if (refusedFor[0] > 0) {
            tell(context, Math.min(remaining, units - 1), seconds(full - now));
            throw ApiError.tooManyRequests(
                    "the limit of " + limit + " " + name + " in " + Duration.ofNanos(window) + " is reached",
                    Duration.ofSeconds(seconds(refusedFor[0])));
        }
        if (remaining < limit / 10) {
            tell(context, remaining, seconds(full - now));
        }
    }

    private void tell(Context context, long remaining, long reset) {
        context.header("RateLimit-Policy", "\"" + name + "\";q=" + limit + ";w=" + window / NANOS_PER_SECOND);
        context.header("RateLimit", "\"" + name + "\";r=" + Math.max(0, remaining) + ";t=" + reset);
    }

    private static long seconds(long nanos) {
        return Math.max(1, Math.ceilDiv(nanos, NANOS_PER_SECOND));
    }

    /** Removes callers whose whole quota is restored. */
    private void cleanUp(long now) {
        long next = nextCleanUp.get();
        boolean due = fullAt.size() > CLEAN_UP_SIZE || now - next > 0;
        if (due && now - next > -window + NANOS_PER_SECOND && nextCleanUp.compareAndSet(next, now + window)) {
            fullAt.values().removeIf(full -> full - now <= 0);
        }
    }
}
