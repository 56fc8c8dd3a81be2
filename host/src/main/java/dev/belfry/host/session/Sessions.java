package dev.belfry.host.session;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import dev.belfry.api.catalog.EntityRef;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
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

    /** Users who have left the catalog since {@link #deleteDeparted}: a user who returns before it must not find an old session. */
    private final Set<EntityRef> departed = ConcurrentHashMap.newKeySet();

    private volatile Consumer<Set<EntityRef>> listener = users -> {};

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

    /** @param listener gets the users of whom sessions have ended on purpose, or who have left the catalog; must not wait */
    public void onEnd(Consumer<Set<EntityRef>> listener) {
        this.listener = listener;
    }

    /**
     * @param longest how long the session lasts at most
     * @param idToken see {@link Session#idToken}
     */
    public SessionSecret begin(EntityRef user, String provider, Duration longest, @Nullable String idToken) {
        deleteDeparted(user);
        SessionSecret secret = SessionSecret.random();
        Instant now = clock.instant();
        store.add(new Session(secret.id(), user, provider, now, now, now.plus(longest), idToken));
        return secret;
    }

    public Optional<Session> find(SessionSecret secret) {
        Instant now = clock.instant();
        Optional<Session> found = cache.get(secret.id(), store::find)
                .filter(session -> session.isValidAt(now) && !departed.contains(session.user()));
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
        Optional<Session> ended = find(secret);
        store.delete(secret.id());
        // After the deletion: a look-up that found the session before it must not stay.
        cache.invalidate(secret.id());
        ended.ifPresent(session -> listener.accept(Set.of(session.user())));
    }

    public void endAll(EntityRef user) {
        cache.invalidateAll(store.deleteAll(user));
        listener.accept(Set.of(user));
    }

    /** Ends the sessions of users who have left the catalog, at once and without access to the store. */
    public void depart(Set<EntityRef> users) {
        departed.addAll(users);
        listener.accept(users);
    }

    /** Deletes the sessions that {@link #depart} has ended. */
    public void deleteDeparted() {
        if (!departed.isEmpty()) {
            Set<EntityRef> left = Set.copyOf(departed);
            Set<EntityRef> signedIn = store.users();
            left.stream().filter(signedIn::contains).forEach(this::deleteDeparted);
            left.stream().filter(user -> !signedIn.contains(user)).forEach(departed::remove);
        }
    }

    /** Synchronized: never deletes the session that a user begins after the return. */
    private synchronized void deleteDeparted(EntityRef user) {
        if (departed.contains(user)) {
            endAll(user);
            departed.remove(user);
        }
    }

    /** Deletes sessions that have expired. */
    public void deleteExpired() {
        Instant now = clock.instant();
        store.deleteExpired(now.minus(Session.IDLE), now);
    }

    /** @param known whether a user exists */
    public void deleteUnknown(Predicate<EntityRef> known) {
        store.users().stream().filter(known.negate()).forEach(this::endAll);
    }
}
