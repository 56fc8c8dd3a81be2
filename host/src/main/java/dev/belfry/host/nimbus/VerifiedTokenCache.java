package dev.belfry.host.nimbus;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import dev.belfry.api.access.AuthenticationFailed;
import dev.belfry.api.access.Caller;
import dev.belfry.host.files.Digests;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Base64;
import java.util.Objects;
import java.util.Optional;

/**
 * Caches verified tokens: a signature check takes half a millisecond, and clients send the token with every request.
 * Holds digests, not the tokens.
 */
final class VerifiedTokenCache {

    /**
     * How long a rejected token is rejected again without a check. A token whose key is published later must wait this
     * long.
     */
    static final Duration REFUSED_AGAIN = Duration.ofSeconds(10);

    private static final int MAX_REMEMBERED = 10_000;
    private static final Duration UNUSED = Duration.ofMinutes(15);

    private final Clock clock;
    private final Cache<String, Verified> tokens = cache();

    /** Separate from the valid tokens: made-up tokens must not evict them. */
    private final Cache<String, Rejected> rejected = cache();

    /** @param version of the keys that verified it */
    private record Verified(Caller caller, Instant expires, IssuerKeys keys, long version) {}

    private record Rejected(String reason, Instant until) {}

    VerifiedTokenCache(Clock clock) {
        this.clock = clock;
    }

    private static <V> Cache<String, V> cache() {
        return Caffeine.newBuilder()
                .maximumSize(MAX_REMEMBERED)
                .expireAfterAccess(UNUSED)
                .build();
    }

    void remember(String digest, Caller caller, Instant expires, IssuerKeys keys, long version) {
        tokens.put(digest, new Verified(caller, expires, keys, version));
    }

    void rememberRefused(String digest, AuthenticationFailed reason) {
        rejected.put(
                digest,
                new Rejected(
                        Objects.toString(reason.getMessage(), ""),
                        clock.instant().plus(REFUSED_AGAIN)));
    }

    /**
     * @return empty when the token is not cached, has expired, or its keys have changed
     * @throws AuthenticationFailed when it was rejected recently
     */
    Optional<Caller> callerOf(String digest) throws AuthenticationFailed {
        Verified found = tokens.getIfPresent(digest);
        if (found != null) {
            if (clock.instant().isBefore(found.expires()) && found.keys().holds(found.version())) {
                return Optional.of(found.caller());
            }
            tokens.invalidate(digest);
        }
        Rejected before = rejected.getIfPresent(digest);
        if (before != null && clock.instant().isBefore(before.until())) {
            throw new AuthenticationFailed(before.reason());
        }
        return Optional.empty();
    }

    static String digest(String token) {
        return Base64.getEncoder().encodeToString(Digests.sha256().digest(token.getBytes(StandardCharsets.UTF_8)));
    }
}
