package dev.belfry.host.nimbus;

import com.nimbusds.jose.JOSEException;
import com.nimbusds.jose.KeySourceException;
import com.nimbusds.jose.proc.BadJOSEException;
import com.nimbusds.jwt.JWTClaimsSet;
import com.nimbusds.jwt.SignedJWT;
import dev.belfry.api.access.AuthenticationFailed;
import dev.belfry.api.access.Caller;
import dev.belfry.api.web.ApiError;
import java.text.ParseException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** Verifies a token against the trusted issuers. */
record TokenVerifier(List<TokenIssuer> issuers) {

    private static final Duration RETRY_AFTER = Duration.ofSeconds(5);

    /** @param version of the keys that verified the token */
    record Result(Caller caller, Instant expires, IssuerKeys keys, long version) {}

    /**
     * Issuers with cached keys come first, so that their tokens do not wait for another issuer.
     *
     * @throws ApiError 503 while keys are unavailable: the token may be valid, so the client should retry and not sign
     *         in again
     */
    Result check(String text) throws AuthenticationFailed {
        SignedJWT token = parsed(text);
        JWTClaimsSet unproven = claims(token);
        List<TokenIssuer> fitting = issuers.stream()
                .filter(issuer -> issuer.speaksFor().fits(unproven))
                .toList();
        AuthenticationFailed reason = new AuthenticationFailed("the token's issuer is not trusted here");
        List<TokenIssuer> toAsk = new ArrayList<>();
        for (TokenIssuer issuer : fitting) {
            try {
                return proven(token, issuer, IssuerKeys.Lookup.KNOWN_KEYS);
            } catch (KeyNotCached e) {
                toAsk.add(issuer);
            } catch (KeySourceException e) {
                throw new IllegalStateException("cached keys are present or not", e);
            } catch (AuthenticationFailed e) {
                reason = e;
            }
        }
        boolean keysAway = false;
        for (TokenIssuer issuer : toAsk) {
            try {
                return proven(token, issuer, IssuerKeys.Lookup.ASK_ISSUER);
            } catch (KeySourceException e) {
                keysAway = true;
            } catch (AuthenticationFailed e) {
                reason = e;
            }
        }
        if (keysAway) {
            throw ApiError.unavailable("the keys of the token's issuer are not available at the moment", RETRY_AFTER);
        }
        throw reason;
    }

    private static Result proven(SignedJWT token, TokenIssuer issuer, IssuerKeys.Lookup lookup)
            throws AuthenticationFailed, KeySourceException {
        try {
            long version = issuer.keys().version();
            JWTClaimsSet claims = issuer.check(token, lookup);
            return new Result(
                    issuer.caller().read(claims), claims.getExpirationTime().toInstant(), issuer.keys(), version);
        } catch (BadJOSEException e) {
            throw new AuthenticationFailed("the token is invalid: " + e.getMessage(), e);
        } catch (KeySourceException e) {
            throw e;
        } catch (JOSEException | RuntimeException e) {
            // Any other exception that untrusted input causes in the library.
            throw new AuthenticationFailed("the token cannot be checked", e);
        }
    }

    private static SignedJWT parsed(String text) throws AuthenticationFailed {
        try {
            return SignedJWT.parse(text);
        } catch (ParseException | RuntimeException e) {
            throw new AuthenticationFailed("the token is not a signed JSON web token", e);
        }
    }

    private static JWTClaimsSet claims(SignedJWT token) throws AuthenticationFailed {
        Map<String, Object> claims = token.getPayload().toJSONObject();
        if (claims == null) {
            throw new AuthenticationFailed(
                    "the token is not a signed JSON web token: its claims are not a JSON object");
        }
        ClaimTypes.check(claims);
        try {
            return JWTClaimsSet.parse(claims);
        } catch (ParseException | RuntimeException e) {
            throw new AuthenticationFailed("the token's claims cannot be read", e);
        }
    }
}
