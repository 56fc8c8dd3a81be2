package dev.belfry.api.access;

import java.util.Optional;

/**
 * Port: who is calling? Asked once a request, before anything of a plugin runs.
 *
 * @since 0.1
 */
@FunctionalInterface
public interface Identity {

    /**
     * The caller whom these credentials prove.
     *
     * @return empty when the request brought none of the credentials that this identity knows; it then counts as without
     *     credentials
     * @throws AuthenticationFailed when credentials were brought and do not hold; there is no falling through to a guest
     */
    Optional<Caller> identify(Credentials credentials) throws AuthenticationFailed;
}
