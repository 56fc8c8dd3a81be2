package dev.belfry.api.access;

import java.util.Optional;

/**
 * Port that authenticates callers. The host calls it at most once for each request, before the plugin's handler. If the configuration
 * names several identities ({@code ports.identity}), they are asked in order; the first one that returns a caller or throws decides.
 *
 * @since 0.1
 */
@FunctionalInterface
public interface Identity {

    /**
     * The caller that the credentials authenticate.
     *
     * @return empty if the request has none of the credentials that this identity knows; then the next identity is asked, and after the
     *     last one the request counts as unauthenticated
     * @throws AuthenticationFailed if credentials that this identity knows are present and invalid; no other identity is asked, and such
     *     a request never acts as the guest
     */
    Optional<Caller> identify(Credentials credentials) throws AuthenticationFailed;
}
