package dev.belfry.host.signin;

import java.util.Locale;

/** Why a sign-in has failed, as its page says. */
public enum SignInFailure {
    /** The cookie of the begin is absent, too old, or of another attempt. */
    NOT_STARTED(400),
    /** The provider answers with an error, or with a token that is not valid. */
    REFUSED_BY_PROVIDER(403),
    /** No user of the catalog matches. */
    UNKNOWN_USER(403),
    /** The provider does not answer. */
    UNAVAILABLE(503);

    private final int status;

    SignInFailure(int status) {
        this.status = status;
    }

    int status() {
        return status;
    }

    /** Of the texts. */
    String key() {
        return "failed." + name().toLowerCase(Locale.ROOT);
    }
}
