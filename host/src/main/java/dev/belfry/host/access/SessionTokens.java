package dev.belfry.host.access;

import dev.belfry.api.catalog.EntityRef;
import java.time.Duration;
import java.util.Set;

/** The host's own issuer: bearer tokens for signed-in users. All hosts with the same database accept them. */
public interface SessionTokens {

    /** Long enough for a page to fetch one now and then, short because nothing revokes it. */
    Duration LIFETIME = Duration.ofMinutes(10);

    /** @param ownership the claim {@code ent} */
    String forUser(EntityRef user, Set<EntityRef> ownership);

    /** The public keys, as a JWK set (RFC 7517). */
    String jwks();
}
