package dev.belfry.host.nimbus;

import com.nimbusds.jose.JOSEException;
import com.nimbusds.jose.proc.BadJOSEException;
import com.nimbusds.jose.proc.SecurityContext;
import com.nimbusds.jwt.JWTClaimsSet;
import com.nimbusds.jwt.SignedJWT;
import com.nimbusds.jwt.proc.JWTProcessor;
import dev.belfry.api.access.AuthenticationFailed;
import dev.belfry.api.access.Caller;

/**
 * A trusted token issuer.
 *
 * @param speaksFor whether unverified claims name this issuer
 * @param keys the issuer's keys
 * @param processor checks signature, algorithm, issuer, audience and times
 * @param caller maps verified claims to a caller
 */
record TokenIssuer(
        ClaimsMatcher speaksFor, IssuerKeys keys, JWTProcessor<SecurityContext> processor, CallerReader caller) {

    /** Matches unverified claims, to choose the keys for verification. */
    @FunctionalInterface
    interface ClaimsMatcher {
        boolean fits(JWTClaimsSet unproven);
    }

    /** Reads verified claims. */
    @FunctionalInterface
    interface CallerReader {
        Caller read(JWTClaimsSet proven) throws AuthenticationFailed;
    }

    JWTClaimsSet check(SignedJWT token, IssuerKeys.Lookup lookup) throws BadJOSEException, JOSEException {
        return processor.process(token, lookup);
    }
}
