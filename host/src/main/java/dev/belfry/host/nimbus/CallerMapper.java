package dev.belfry.host.nimbus;

import com.nimbusds.jwt.JWTClaimsSet;
import dev.belfry.api.access.AuthenticationFailed;
import dev.belfry.api.access.Caller;
import dev.belfry.api.catalog.EntityRef;
import java.text.ParseException;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Objects;
import java.util.Set;

/** Maps verified claims to callers. */
final class CallerMapper {

    private static final String USER_PREFIX = EntityRef.USER + ":";

    private static final int MAX_SERVICE_NAME = 255;

    private CallerMapper() {}

    /** A Backstage user token: {@code sub} is the user, {@code ent} the entities that the user owns or belongs to. */
    static Caller user(JWTClaimsSet claims) throws AuthenticationFailed {
        EntityRef user;
        try {
            user = EntityRef.parse(Objects.toString(claims.getSubject(), ""), "");
        } catch (IllegalArgumentException e) {
            throw new AuthenticationFailed("the token's subject does not have the form user:namespace/name", e);
        }
        if (!user.kind().equals(EntityRef.USER)) {
            throw new AuthenticationFailed("the token's subject is not a user");
        }
        return Caller.user(user, ownership(user, claims));
    }

    private static Set<EntityRef> ownership(EntityRef user, JWTClaimsSet claims) throws AuthenticationFailed {
        Set<EntityRef> ownership = new LinkedHashSet<>(Set.of(user));
        List<String> owned;
        try {
            owned = claims.getStringListClaim("ent");
        } catch (ParseException e) {
            throw new AuthenticationFailed("the token's claim 'ent' is not an array of strings", e);
        }
        for (String ref : owned == null ? List.<String>of() : owned) {
            try {
                ownership.add(EntityRef.parse(ref, ""));
            } catch (IllegalArgumentException e) {
                // No entity here has such a name, so the claim has no effect.
            }
        }
        return ownership;
    }

    /** A service token. A service key must not act for users. */
    static Caller service(JWTClaimsSet claims) throws AuthenticationFailed {
        String subject = serviceName(claims);
        if (subject.regionMatches(true, 0, USER_PREFIX, 0, USER_PREFIX.length())) {
            throw new AuthenticationFailed("the token's subject is not a service");
        }
        return Caller.service(subject);
    }

    /** The service's name, for logs and for limits per caller. */
    static String serviceName(JWTClaimsSet claims) throws AuthenticationFailed {
        String subject = Objects.toString(claims.getSubject(), "");
        if (subject.isBlank()
                || subject.length() > MAX_SERVICE_NAME
                || subject.chars().anyMatch(Character::isISOControl)) {
            throw new AuthenticationFailed("the token's subject must be the name of a service, with 1 to "
                    + MAX_SERVICE_NAME + " characters, and without control characters");
        }
        return subject;
    }

    /** The development key of the data directory may issue both kinds. */
    static Caller userOrService(JWTClaimsSet claims) throws AuthenticationFailed {
        return Objects.toString(claims.getSubject(), "").startsWith(DevelopmentTokens.SERVICE_PREFIX)
                ? service(claims)
                : user(claims);
    }
}
