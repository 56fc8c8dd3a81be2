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
 * One party whose signature is believed.
 *
 * @param speaksFor whether a token says that it is of this party
 * @param keys what it signs with
 * @param processor checks signature, algorithm, issuer, audience and times
 * @param caller whom its tokens prove
 */
record TokenIssuer(Claim speaksFor, IssuerKeys keys, JWTProcessor<SecurityContext> processor, Reader caller) {

    /** Looks at unproven claims, to choose whose key to check with. */
    @FunctionalInterface
    interface Claim {
        boolean fits(JWTClaimsSet unproven);
    }

    /** Reads proven claims. */
    @FunctionalInterface
    interface Reader {
        Caller read(JWTClaimsSet proven) throws AuthenticationFailed;
    }

    JWTClaimsSet check(SignedJWT token, IssuerKeys.Lookup lookup) throws BadJOSEException, JOSEException {
        return processor.process(token, lookup);
    }
}
