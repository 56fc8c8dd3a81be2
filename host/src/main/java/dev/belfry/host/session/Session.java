package dev.belfry.host.session;

import dev.belfry.api.catalog.EntityRef;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * A signed-in browser.
 *
 * @param id see {@link SessionSecret#id}
 * @param provider that signed the user in, such as {@code oidc}
 * @param lastSeen at most {@link Sessions#TOUCH_AFTER} old while the session is used
 * @param ends when it ends even if it is used
 * @param idToken of the OpenID provider, which its sign-out asks for; null for other providers
 */
public record Session(
        String id,
        EntityRef user,
        String provider,
        Instant created,
        Instant lastSeen,
        Instant ends,
        @Nullable String idToken) {

    /** How long a session lasts without a request. */
    public static final Duration IDLE = Duration.ofHours(8);

    /** How long a session lasts at most, unless the provider sets another limit. */
    public static final Duration LONGEST = Duration.ofDays(7);

    public Instant expires() {
        Instant idle = lastSeen.plus(IDLE);
        return idle.isBefore(ends) ? idle : ends;
    }

    boolean isValidAt(Instant now) {
        return now.isBefore(expires());
    }

    Session seen(Instant now) {
        return new Session(id, user, provider, created, now, ends, idToken);
    }

    public Optional<String> idTokenHint() {
        return Optional.ofNullable(idToken);
    }

    /** Without the token. */
    @Override
    public String toString() {
        return "session of " + user + " by " + provider;
    }
}
