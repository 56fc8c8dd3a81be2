package dev.belfry.host.session;

import dev.belfry.api.catalog.EntityRef;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** Where sessions are stored. Hosts with the same database share them. */
public interface SessionStore {

    void add(Session session);

    Optional<Session> find(String id);

    /** Sets {@link Session#lastSeen}; without effect if the session has ended meanwhile. */
    void touch(String id, Instant now);

    void delete(String id);

    /** @return the ids of the deleted sessions */
    List<String> deleteAll(EntityRef user);

    /**
     * Deletes sessions.
     *
     * @param idleSince deletes sessions that were last seen before this time
     * @param now deletes sessions that end before this time
     */
    void deleteExpired(Instant idleSince, Instant now);

    /** The users who have sessions. */
    Set<EntityRef> users();
}
