package dev.belfry.api.access;

import java.util.Optional;

/**
 * Port that authenticates callers. The host calls it once for each request, before the plugin's handler.
 *
 * @since 0.1
 */
@FunctionalInterface
public interface Identity {

    /**
     * The caller that the credentials authenticate.
     *
     * @return empty if the request has none of the credentials that this identity knows; the request then counts as
     *     unauthenticated
     * @throws AuthenticationFailed if credentials are present and invalid; such a request never acts as the guest
     */
    Optional<Caller> identify(Credentials credentials) throws AuthenticationFailed;
}
