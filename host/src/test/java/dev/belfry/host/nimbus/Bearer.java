package dev.belfry.host.nimbus;

import dev.belfry.api.access.Credentials;
import java.util.Optional;

/** Credentials of a request with a bearer token. */
record Bearer(String token) implements Credentials {

    @Override
    public Optional<String> header(String name) {
        return name.equalsIgnoreCase("authorization") ? Optional.of("Bearer " + token) : Optional.empty();
    }

    @Override
    public Optional<String> cookie(String name) {
        return Optional.empty();
    }
}
