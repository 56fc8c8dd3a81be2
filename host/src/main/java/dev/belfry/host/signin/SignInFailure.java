package dev.belfry.host.signin;

/** Why a sign-in has failed, as its page says. */
enum SignInFailure {
    /** The cookie of the begin is absent, too old, or of another attempt. */
    NOT_STARTED,
    /** The provider answers with an error, or with a token that is not valid. */
    REFUSED_BY_PROVIDER,
    /** No user of the catalog matches. */
    UNKNOWN_USER,
    /** The provider does not answer. */
    UNAVAILABLE;

    /** Of the texts. */
    String key() {
        return "failed." + name().toLowerCase(java.util.Locale.ROOT);
    }
}
