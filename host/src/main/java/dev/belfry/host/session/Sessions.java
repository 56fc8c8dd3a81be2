package dev.belfry.host.session;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import dev.belfry.api.catalog.EntityRef;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/** Begins, finds and ends sessions. A session that ends is unknown at once on this host, and within {@link #CACHED} on others. */
public final class Sessions {

    static final Duration CACHED = Duration.ofSeconds(5);

    /** Spares a write for each request. */
    static final Duration TOUCH_AFTER = Duration.ofMinutes(5);

    private static final int MAX_CACHED = 10_000;

    private final SessionStore store;
    private final Clock clock;

    /** Unknown ones, too: a page that is still open sends the cookie of a session that has ended again and again. */
    private final Cache<String, Optional<Session>> cache;

    public Sessions(SessionStore store, Clock clock) {
        this.store = store;
        this.clock = clock;
        cache = Caffeine.newBuilder()
                .maximumSize(MAX_CACHED)
                .expireAfterWrite(CACHED)
                .ticker(() -> TimeUnit.MILLISECONDS.toNanos(clock.millis()))
                .build();
    }

    /**
     * @param longest how long the session lasts at most
     * @param idToken see {@link Session#idToken}
     */
    public SessionSecret begin(EntityRef user, String provider, Duration longest, @Nullable String idToken) {
        SessionSecret secret = SessionSecret.random();
        Instant now = clock.instant();
        store.add(new Session(secret.id(), user, provider, now, now, now.plus(longest), idToken));
        return secret;
    }

    public Optional<Session> find(SessionSecret secret) {
        Instant now = clock.instant();
        Optional<Session> found = cache.get(secret.id(), store::find).filter(session -> session.isValidAt(now));
        found.filter(session -> session.lastSeen().plus(TOUCH_AFTER).isBefore(now))
                .ifPresent(session -> touch(session, now));
        return found;
    }

    /** Never puts a session into the cache that was ended meanwhile. */
    private void touch(Session session, Instant now) {
        store.touch(session.id(), now);
        cache.asMap().computeIfPresent(session.id(), (_, cached) -> cached.map(before -> before.seen(now)));
    }

    public void end(SessionSecret secret) {
        store.delete(secret.id());
        // After the deletion: a look-up that found the session before it must not stay.
        cache.invalidate(secret.id());
    }

    public void endAll(EntityRef user) {
        cache.invalidateAll(store.deleteAll(user));
    }

    /**
     * Deletes expired sessions, and the sessions of unknown users.
     *
     * @param known whether a user exists
     */
    public void sweep(Predicate<EntityRef> known) {
        Instant now = clock.instant();
        store.deleteExpired(now.minus(Session.IDLE), now);
        store.deleteUsers(known.negate());
    }
}
