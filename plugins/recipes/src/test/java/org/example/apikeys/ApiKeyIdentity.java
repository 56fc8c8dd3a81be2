package org.example.apikeys;

import dev.belfry.api.access.AuthenticationFailed;
import dev.belfry.api.access.Caller;
import dev.belfry.api.access.Credentials;
import dev.belfry.api.access.Identity;
import dev.belfry.api.catalog.EntityRef;
import java.util.Optional;

/** A key is the header {@code X-API-Key}, or a bearer token with the prefix of keys. */
record ApiKeyIdentity(ApiKeyTable keys) implements Identity {

    @Override
    public Optional<Caller> identify(Credentials credentials) throws AuthenticationFailed {
        Optional<String> key = credentials
                .header("X-API-Key")
                .or(() -> credentials.bearerToken().filter(token -> token.startsWith(ApiKeyTable.PREFIX)));
        if (key.isEmpty()) {
            return Optional.empty();
        }
        EntityRef owner = keys.ownerOf(key.get()).orElseThrow(() -> new AuthenticationFailed("the API key is unknown"));
        return Optional.of(Caller.user(owner));
    }
}
