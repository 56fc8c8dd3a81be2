package dev.belfry.host.signin;

import java.net.URI;
import java.util.Optional;

/** An OpenID provider, which proves who a browser's user is: the authorization code flow (OpenID Connect Core, section 3.1). */
public interface OpenIdProvider {

    /**
     * The data that the browser keeps from the begin of a sign-in to its end.
     *
     * @param state ties the provider's answer to this browser
     * @param nonce ties the ID token to this sign-in
     * @param verifier ties the code to this sign-in (PKCE, RFC 7636)
     */
    record Begun(String state, String nonce, String verifier) {
        /** Without the secrets. */
        @Override
        public String toString() {
            return "a sign-in that has begun";
        }
    }

    /** @param address where the browser goes next */
    record Begin(Begun begun, URI address) {}

    /**
     * Who has signed in, as the provider says.
     *
     * @param subject the claim {@code sub}
     * @param email without an address that the provider calls unverified
     * @param idToken for {@link #signOutAddress}
     */
    record SignedIn(String subject, Optional<String> email, Optional<String> preferredUsername, String idToken) {
        /** Without the token. */
        @Override
        public String toString() {
            return "subject " + subject;
        }
    }

    /** The sign-in cannot go on. The message is for the log, and has no secrets. */
    final class Refused extends Exception {
        private static final long serialVersionUID = 1L;

        private final SignInFailure failure;

        public Refused(SignInFailure failure, String message) {
            super(message);
            this.failure = failure;
        }

        public SignInFailure failure() {
            return failure;
        }
    }

    /** @param callback where the provider sends the browser back */
    Begin begin(URI callback) throws Refused;

    /**
     * @param answer the address at which the browser came back, with the query
     * @param callback as at the begin
     */
    SignedIn complete(Begun begun, URI answer, URI callback) throws Refused;

    /** Where a browser signs out at the provider (RP-Initiated Logout); empty if the provider has no such address, or does not answer. */
    Optional<URI> signOutAddress(String idToken, URI back);
}
