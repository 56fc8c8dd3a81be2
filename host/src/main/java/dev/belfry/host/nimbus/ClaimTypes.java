package dev.belfry.host.nimbus;

import dev.belfry.api.access.AuthenticationFailed;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Checks the JSON types of the claims that are used (RFC 7519, section 4.1; {@code ent} is Backstage's). Nimbus accepts
 * null for most claims, and a number as subject.
 */
final class ClaimTypes {

    /** The last second of the year 9999. */
    private static final double MAX_SECONDS = 253_402_300_799.0;

    private static final Set<String> STRINGS = Set.of("iss", "sub", "jti");
    private static final Set<String> TIMES = Set.of("exp", "nbf", "iat");

    private ClaimTypes() {}

    /** @throws AuthenticationFailed naming the claim and its type */
    static void check(Map<String, Object> claims) throws AuthenticationFailed {
        for (String claim : STRINGS) {
            require(claims, claim, claims.get(claim) instanceof String, "a string");
        }
        for (String claim : TIMES) {
            require(claims, claim, isTime(claims.get(claim)), "a number of seconds since 1970, up to the year 9999");
        }
        require(
                claims,
                "aud",
                claims.get("aud") instanceof String || isStrings(claims.get("aud")),
                "a string or an array of strings");
        require(claims, "ent", isStrings(claims.get("ent")), "an array of strings");
    }

    private static void require(Map<String, Object> claims, String claim, boolean fits, String rule)
            throws AuthenticationFailed {
        if (claims.containsKey(claim) && !fits) {
            throw new AuthenticationFailed("the token's claim '" + claim + "' must be " + rule);
        }
    }

    private static boolean isTime(@Nullable Object value) {
        // False for NaN and infinity.
        return value instanceof Number number && number.doubleValue() >= 0 && number.doubleValue() <= MAX_SECONDS;
    }

    private static boolean isStrings(@Nullable Object value) {
        return value instanceof List<?> items && items.stream().allMatch(String.class::isInstance);
    }
}
