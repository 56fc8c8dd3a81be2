package dev.belfry.host.access;

import dev.belfry.api.catalog.EntityRef;
import java.time.Duration;

/** Makes tokens for development: a host that shares the data directory believes them. */
public interface TokenMint {

    /** @param lifetime positive */
    String forUser(EntityRef user, Duration lifetime);

    /** @param name of the service, not blank */
    String forService(String name, Duration lifetime);
}
