package dev.belfry.host.access;

import dev.belfry.api.catalog.EntityRef;
import java.util.Optional;

/** Finds the users of requests that come from signed-in browsers. */
@FunctionalInterface
public interface SessionUsers {

    /** Nobody signs in. */
    SessionUsers NONE = credentials -> Optional.empty();

    /**
     * @return empty if the request belongs to no session; the cookie of a session that has ended is as good as none
     * @throws dev.belfry.api.web.ApiError 403 if a page of another site may have sent the request; 503 while sessions cannot be read
     */
    Optional<EntityRef> userOf(ClientCredentials credentials);
}
