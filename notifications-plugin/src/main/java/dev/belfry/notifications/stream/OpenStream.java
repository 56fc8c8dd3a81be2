package dev.belfry.notifications.stream;

import dev.belfry.api.catalog.EntityRef;
import dev.belfry.notifications.storage.InboxChange;
import dev.belfry.notifications.storage.MuteList;
import dev.belfry.notifications.storage.Recipient;
import dev.belfry.notifications.storage.Scope;
import dev.belfry.notifications.storage.UnreadCounts;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** A stream and what it has sent. Only the thread of the feed uses it. */
final class OpenStream<E> {

    final EntityRef user;
    final Scope scope;
    final @Nullable String lastEventId;

    private final StreamClient<E> client;
    private final StreamEncoder<E> encoder;

    /** The groups of the user at the last count; null before the first one. */
    @Nullable
    Set<EntityRef> groups;

    /** The last counts that were sent; null before the first ones. */
    @Nullable
    UnreadCounts counts;

    /** The topics and origins that the user has muted. */
    MuteList muteList = MuteList.NONE;

    /** When something was sent last, by {@link System#nanoTime}. */
    long lastSent;

    private int burst;

    /** True if changes were left out, so that the client has to read its list anew. */
    private boolean incomplete;

    private boolean ended;

    OpenStream(
            EntityRef user,
            Scope scope,
            @Nullable String lastEventId,
            StreamClient<E> client,
            StreamEncoder<E> encoder) {
        this.user = user;
        this.scope = scope;
        this.lastEventId = lastEventId;
        this.client = client;
        this.encoder = encoder;
    }

    boolean hasEnded() {
        return ended;
    }

    boolean takesChanges() {
        return !ended && !incomplete;
    }

    /** Whether the groups of the user have changed since the last count. */
    boolean isOfOtherGroups(Recipient recipient) {
        return groups != null && !recipient.groups().equals(groups);
    }

    boolean hasMutedSomething() {
        return !muteList.isEmpty();
    }

    boolean hasMuted(InboxChange change) {
        return change instanceof InboxChange.Created created
                && muteList.includes(created.addressed().notification().content());
    }

    /** Ends a burst: what the client gets within one is limited, because its queue is. */
    void endBurst() {
        burst = 0;
    }

    /** Sends a change. A client that gets too much at once is told to read its list instead. */
    void sendChange(E event, int maxBurst) {
        burst += encoder.size(event);
        if (burst > maxBurst) {
            incomplete = true;
        }
        if (!incomplete) {
            send(event);
        }
    }

    void markIncomplete() {
        incomplete = true;
    }

    /** Tells the client to read its list if changes were left out. */
    void resetIfIncomplete(String id) {
        if (incomplete) {
            incomplete = false;
            send(encoder.reset(id));
        }
    }

    void send(E event) {
        if (!ended) {
            ended = !client.send(event);
            lastSent = System.nanoTime();
        }
    }
}
