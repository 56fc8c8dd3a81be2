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

/** Whom proven claims are of. */
final class CallerMapper {

    private static final String USER_PREFIX = EntityRef.USER + ":";

    private static final int MAX_SERVICE_NAME = 255;

    private CallerMapper() {}

    /** A token of the family: {@code sub} is the user, {@code ent} what the user owns or belongs to. */
    static Caller user(JWTClaimsSet claims) throws AuthenticationFailed {
        EntityRef user;
        try {
            user = EntityRef.parse(Objects.toString(claims.getSubject(), ""), "");
        } catch (IllegalArgumentException e) {
            throw new AuthenticationFailed("the token's subject is not of the form user:namespace/name", e);
        }
        if (!user.kind().equals(EntityRef.USER)) {
            throw new AuthenticationFailed("the token's subject is no user");
        }
        return new Caller.User(user, ownership(user, claims));
    }

    private static Set<EntityRef> ownership(EntityRef user, JWTClaimsSet claims) throws AuthenticationFailed {
        Set<EntityRef> ownership = new LinkedHashSet<>(Set.of(user));
        List<String> owned;
        try {
            owned = claims.getStringListClaim("ent");
        } catch (ParseException e) {
            throw new AuthenticationFailed("the token's claim 'ent' is no list of texts", e);
        }
        for (String ref : owned == null ? List.<String>of() : owned) {
            try {
                ownership.add(EntityRef.parse(ref, ""));
            } catch (IllegalArgumentException e) {
                // Nothing here can bear such a name, so it gives its owner nothing.
            }
        }
        return ownership;
    }

    /** A token between services: its key must not speak for users. */
    static Caller service(JWTClaimsSet claims) throws AuthenticationFailed {
        String subject = serviceName(claims);
        if (subject.regionMatches(true, 0, USER_PREFIX, 0, USER_PREFIX.length())) {
            throw new AuthenticationFailed("the token's subject is no service");
        }
        return new Caller.Service(subject, List.of());
    }

    /** How a service names itself: in logs, and where callers are told apart. */
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

    /** The data directory's own key speaks for both. */
    static Caller userOrService(JWTClaimsSet claims) throws AuthenticationFailed {
        return Objects.toString(claims.getSubject(), "").startsWith(DevelopmentTokens.SERVICE_PREFIX)
                ? service(claims)
                : user(claims);
    }
}
