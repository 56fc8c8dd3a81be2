package dev.belfry.host.http;

import org.jspecify.annotations.Nullable;

/** The {@code WWW-Authenticate} header of a 401 response (RFC 6750, section 3). */
final class BearerChallenge {

    private static final String PLAIN = "Bearer realm=\"belfry\"";
    private static final String SCHEME = "Bearer";
    private static final int MAX_DESCRIPTION = 200;

    private BearerChallenge() {}

    /** @param authorization the request's Authorization header; null = none */
    static String of(@Nullable String authorization, String reason) {
        boolean isBearer =
                authorization != null && authorization.strip().regionMatches(true, 0, SCHEME, 0, SCHEME.length());
        return isBearer ? PLAIN + ", error=\"invalid_token\", error_description=\"" + safe(reason) + "\"" : PLAIN;
    }

    /** Only characters that RFC 6750 allows in a description. */
    private static String safe(String reason) {
        StringBuilder safe = new StringBuilder();
        reason.chars().limit(MAX_DESCRIPTION).forEach(letter -> {
            boolean allowed = letter >= 0x20 && letter <= 0x7e && letter != '"' && letter != '\\';
            safe.append(allowed ? (char) letter : '\'');
        });
        return safe.toString();
    }
}
