package dev.belfry.host.nimbus;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import dev.belfry.api.access.Caller;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Base64;
import java.util.Optional;

/**
 * Tokens whose signature has been checked: that costs half a millisecond, and a token is sent with every request. Their
 * digests are kept, not they themselves.
 */
final class ProvenTokens {

    private static final int MAX_REMEMBERED = 10_000;
    private static final Duration UNUSED = Duration.ofMinutes(15);

    private final Clock clock;
    private final Cache<String, Proven> tokens = Caffeine.newBuilder()
            .maximumSize(MAX_REMEMBERED)
            .expireAfterAccess(UNUSED)
            .build();

    /** @param version of the keys by which it was proven */
    private record Proven(Caller caller, Instant expires, IssuerKeys keys, long version) {}

    ProvenTokens(Clock clock) {
        this.clock = clock;
    }

    void remember(String token, Caller caller, Instant expires, IssuerKeys keys, long version) {
        tokens.put(digest(token), new Proven(caller, expires, keys, version));
    }

    /** @return empty when it is not known, has expired, or was proven by keys that have changed since */
    Optional<Caller> callerOf(String token) {
        String digest = digest(token);
        Proven found = tokens.getIfPresent(digest);
        if (found == null) {
            return Optional.empty();
        }
        if (clock.instant().isBefore(found.expires()) && found.keys().version() == found.version()) {
            return Optional.of(found.caller());
        }
        tokens.invalidate(digest);
        return Optional.empty();
    }

    private static String digest(String token) {
        try {
            return Base64.getEncoder()
                    .encodeToString(
                            MessageDigest.getInstance("SHA-256").digest(token.getBytes(StandardCharsets.UTF_8)));
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every JVM has SHA-256", e);
        }
    }
}
