package dev.belfry.notifications.rest;

import dev.belfry.api.access.Caller;
import dev.belfry.api.web.ApiError;
import java.security.SecureRandom;
import java.time.Duration;
import java.util.Base64;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.function.LongSupplier;

/**
 * Tickets for streams: credentials that may be part of a URL, because each is good for one request, soon, and on this host only. They
 * are kept in memory.
 */
final class StreamTickets {

    static final Duration LIFETIME = Duration.ofSeconds(30);

    /** Unused tickets of one caller. */
    private static final int MAX_PER_CALLER = 64;

    /** Unused tickets of all callers. */
    private static final int MAX = 20_000;

    private static final int BYTES = 32;

    /** @param expires by {@link #nanoTime} */
    private record Ticket(Caller caller, long expires) {}

    private final SecureRandom random = new SecureRandom();
    private final LongSupplier nanoTime;

    /** By ticket, the oldest first. Guarded by this. */
    private final Map<String, Ticket> unused = new LinkedHashMap<>();

    /** @param nanoTime a clock as {@link System#nanoTime} */
    StreamTickets(LongSupplier nanoTime) {
        this.nanoTime = nanoTime;
    }

    /** @throws ApiError 429 or 503 if there are too many unused tickets */
    synchronized String issue(Caller caller) {
        removeExpired();
        if (unused.size() >= MAX) {
            throw ApiError.unavailable("too many tickets are waiting for their use", LIFETIME);
        }
        long own = unused.values().stream()
                .filter(ticket -> ticket.caller().subject().equals(caller.subject()))
                .count();
        if (own >= MAX_PER_CALLER) {
            throw ApiError.tooManyRequests(
                    "the limit of " + MAX_PER_CALLER + " unused tickets for each caller is reached", LIFETIME);
        }
        byte[] bytes = new byte[BYTES];
        random.nextBytes(bytes);
        String ticket = Base64.getUrlEncoder().withoutPadding().encodeToString(bytes);
        unused.put(ticket, new Ticket(caller, nanoTime.getAsLong() + LIFETIME.toNanos()));
        return ticket;
    }

    /** The caller who has got the ticket; empty if there is no such ticket, or not anymore. */
    synchronized Optional<Caller> redeem(String ticket) {
        removeExpired();
        return Optional.ofNullable(unused.remove(ticket)).map(Ticket::caller);
    }

    private void removeExpired() {
        long now = nanoTime.getAsLong();
        Iterator<Ticket> oldest = unused.values().iterator();
        while (oldest.hasNext() && now - oldest.next().expires() >= 0) {
            oldest.remove();
        }
    }
}
