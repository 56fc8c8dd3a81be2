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
 * Limits failed authentications per client address. An address at its limit is rejected before any check; the quota
 * refills evenly over a minute. Only credentials that need a check count, so that other users behind the same address
 * are not affected.
 */
public final class FailedCredentials {

    private static final int MAX_ADDRESSES = 10_000;
    private static final long MINUTE = Duration.ofMinutes(1).toNanos();

    /** A client usually has a whole /64 network of IPv6 addresses (RFC 6177). */
    private static final int NETWORK_BYTES = 8;

    private final int perMinute;
    private final LongSupplier nanoTime;

    /** For each address, when its quota is full again; the least recent failure is evicted first. */
    private final Map<String, Long> backAt = new LinkedHashMap<>(16, 0.75f, true) {
        private static final long serialVersionUID = 1L;

        @Override
        protected boolean removeEldestEntry(Map.Entry<String, Long> eldest) {
            return size() > MAX_ADDRESSES;
        }
    };

    /**
     * @param perMinute failures per address; 0 = no limit
     * @param nanoTime a clock like {@link System#nanoTime}
     */
    public FailedCredentials(int perMinute, LongSupplier nanoTime) {
        this.perMinute = perMinute;
        this.nanoTime = nanoTime;
    }

    /** @throws ApiError 429 when the address is at its limit */
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
                    "too many wrong credentials from " + address + "; the limit is " + perMinute
                            + " a minute (auth.failedCredentialsPerMinute)",
                    Duration.ofSeconds(Math.ceilDiv(over, Duration.ofSeconds(1).toNanos())));
        }
    }

    /** Records a failure. */
    public void failed(String address) {
        if (perMinute == 0) {
            return;
        }
        synchronized (backAt) {
            long now = nanoTime.getAsLong();
            // Concurrent requests may fail together: the debt is capped at one full quota.
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
