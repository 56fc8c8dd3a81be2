package dev.belfry.host.access;

import dev.belfry.api.web.ApiError;
import java.net.Inet6Address;
import java.net.InetAddress;
import java.time.Duration;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.function.LongSupplier;

/**
 * Limits how often credentials of one client address may fail. An address that has used up its failures is refused before anything
 * is checked; failures come back evenly over a minute. Only credentials that have to be checked are counted and refused, so that
 * others behind the same address go on.
 */
public final class FailedCredentials {

    private static final int MAX_ADDRESSES = 10_000;
    private static final long MINUTE = Duration.ofMinutes(1).toNanos();

    /** A client has at least so many addresses of IPv6 (RFC 6177). */
    private static final int NETWORK_BYTES = 8;

    private final int perMinute;
    private final LongSupplier nanoTime;

    /** By address the time at which all its failures are back; the one that failed longest ago is forgotten first. */
    private final Map<String, Long> backAt = new LinkedHashMap<>(16, 0.75f, true) {
        private static final long serialVersionUID = 1L;

        @Override
        protected boolean removeEldestEntry(Map.Entry<String, Long> eldest) {
            return size() > MAX_ADDRESSES;
        }
    };

    /**
     * @param perMinute failures of one address; 0 = no limit
     * @param nanoTime a clock as {@link System#nanoTime}
     */
    public FailedCredentials(int perMinute, LongSupplier nanoTime) {
        this.perMinute = perMinute;
        this.nanoTime = nanoTime;
    }

    /** @throws ApiError 429 when the address has no failure left */
    public void check(String address) {
        if (perMinute == 0) {
            return;
        }
        long over;
        synchronized (backAt) {
            Long back = backAt.get(network(address));
            over = back == null ? 0 : back - nanoTime.getAsLong() - (MINUTE - MINUTE / perMinute);
        }
        if (over > 0) {
            throw ApiError.tooManyRequests(
                    "too many credentials from " + address + " did not hold; " + perMinute
                            + " a minute may (auth.failedCredentialsPerMinute)",
                    Duration.ofSeconds(Math.ceilDiv(over, Duration.ofSeconds(1).toNanos())));
        }
    }

    /** Counts a failure. */
    public void failed(String address) {
        if (perMinute == 0) {
            return;
        }
        synchronized (backAt) {
            long now = nanoTime.getAsLong();
            // Requests that were let in together may fail together: more than all of them cannot be used up.
            backAt.merge(
                    network(address),
                    now + MINUTE / perMinute,
                    (before, first) -> Math.min(now + MINUTE, Math.max(before, now) + MINUTE / perMinute));
        }
    }

    private static String network(String address) {
        try {
            return InetAddress.ofLiteral(address) instanceof Inet6Address six
                    ? HexFormat.of().formatHex(six.getAddress(), 0, NETWORK_BYTES)
                    : address;
        } catch (IllegalArgumentException e) {
            return address;
        }
    }
}
