package dev.belfry.host.access;

import dev.belfry.api.access.AuthenticationFailed;
import dev.belfry.api.access.Caller;
import dev.belfry.api.access.Credentials;
import dev.belfry.api.access.Identity;
import java.util.List;
import java.util.Optional;

/**
 * Several identities that are asked in order. The first one that knows the credentials decides: it returns their caller, or refuses them.
 * One that is unavailable ends the search with its exception, because a later one could take the request for anonymous.
 */
public final class IdentityChain implements Identity {

    private final List<Identity> identities;

    private IdentityChain(List<Identity> identities) {
        this.identities = List.copyOf(identities);
    }

    /** A single identity is returned as it is. */
    public static Identity of(List<Identity> identities) {
        return identities.size() == 1 ? identities.getFirst() : new IdentityChain(identities);
    }

    @Override
    public Optional<Caller> identify(Credentials credentials) throws AuthenticationFailed {
        for (Identity identity : identities) {
            Optional<Caller> caller = identity.identify(credentials);
            if (caller.isPresent()) {
                return caller;
            }
        }
        return Optional.empty();
    }
}
