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

/** Checks a token against those whose signature is believed. */
record TokenVerifier(List<TokenIssuer> issuers) {

    private static final Duration RETRY_AFTER = Duration.ofSeconds(5);

    /** @param version of the keys by which the token was proven */
    record Result(Caller caller, Instant expires, IssuerKeys keys, long version) {}

    /**
     * Those whose keys are there are asked first: a token that they prove waits for nobody else's.
     *
     * @throws ApiError 503 while the keys cannot be had: whether the token holds is not known, so its owner is to come again,
     *     not to sign in anew
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
                throw new IllegalStateException("known keys are there or not", e);
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
            throw ApiError.unavailable("the keys of the token's issuer cannot be had now", RETRY_AFTER);
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
            throw new AuthenticationFailed("the token does not hold: " + e.getMessage(), e);
        } catch (KeySourceException e) {
            throw e;
        } catch (JOSEException | RuntimeException e) {
            // Whatever a library makes of what a stranger sent: it is the token's fault.
            throw new AuthenticationFailed("the token cannot be checked", e);
        }
    }

    private static SignedJWT parsed(String text) throws AuthenticationFailed {
        try {
            return SignedJWT.parse(text);
        } catch (ParseException | RuntimeException e) {
            throw new AuthenticationFailed("the token is no signed JSON web token", e);
        }
    }

    private static JWTClaimsSet claims(SignedJWT token) throws AuthenticationFailed {
        Map<String, Object> claims = token.getPayload().toJSONObject();
        if (claims == null) {
            throw new AuthenticationFailed("the token is no signed JSON web token: its claims are no JSON object");
        }
        ClaimTypes.check(claims);
        try {
            return JWTClaimsSet.parse(claims);
        } catch (ParseException | RuntimeException e) {
            throw new AuthenticationFailed("the token's claims cannot be read", e);
        }
    }
}
