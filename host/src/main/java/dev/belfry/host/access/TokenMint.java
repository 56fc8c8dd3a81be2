package dev.belfry.host.access;

import dev.belfry.api.catalog.EntityRef;
import java.time.Duration;

/** Issues development tokens. Hosts that share the data directory accept them. */
public interface TokenMint {

    /** @param lifetime positive */
    String forUser(EntityRef user, Duration lifetime);

    /** @param name of the service, not blank */
    String forService(String name, Duration lifetime);
}
