package dev.belfry.notifications.stream;

import dev.belfry.api.catalog.EntityRef;
import dev.belfry.notifications.inbox.Memberships;
import dev.belfry.notifications.storage.Addressees;
import dev.belfry.notifications.storage.InboxChange;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Collections;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** The streams that are up to date, by user. */
final class OpenStreams<E> {

    private final Map<EntityRef, List<OpenStream<E>>> byUser = new LinkedHashMap<>();
    private final Memberships memberships;

    OpenStreams(Memberships memberships) {
        this.memberships = memberships;
    }

    void add(OpenStream<E> stream) {
        byUser.computeIfAbsent(stream.user, _ -> new ArrayList<>(1)).add(stream);
    }

    void remove(OpenStream<E> stream) {
        byUser.computeIfPresent(stream.user, (_, streams) -> {
            streams.remove(stream);
            return streams.isEmpty() ? null : streams;
        });
    }

    boolean isEmpty() {
        return byUser.isEmpty();
    }

    List<OpenStream<E>> all() {
        return byUser.values().stream().flatMap(Collection::stream).toList();
    }

    List<OpenStream<E>> of(EntityRef user) {
        return byUser.getOrDefault(user, List.of());
    }

    void removeEnded() {
        all().stream().filter(OpenStream::hasEnded).forEach(this::remove);
    }

    /** The streams of the users whom each of the changes concerns, as of now. In every scope: all of them tell the counts of both. */
    List<List<OpenStream<E>>> concernedBy(List<InboxChange> changes) {
        Map<EntityRef, Set<EntityRef>> groups = new HashMap<>();
        return changes.stream().map(change -> concernedBy(change, groups)).toList();
    }

    private List<OpenStream<E>> concernedBy(InboxChange change, Map<EntityRef, Set<EntityRef>> groups) {
        return candidates(change).stream()
                .filter(user -> concerns(change, user, groups))
                .flatMap(user -> of(user).stream())
                .toList();
    }

    private Collection<EntityRef> candidates(InboxChange change) {
        return switch (change) {
            case InboxChange.Marked marked -> Set.of(marked.user());
            case InboxChange.MuteListReplaced replaced -> Set.of(replaced.user());
            case InboxChange.Created created -> {
                Addressees addressees = created.addressed().addressees();
                yield addressees.isEveryone() || !addressees.groups().isEmpty() ? byUser.keySet() : addressees.users();
            }
        };
    }

    /** @param groups the groups of users that were asked for already */
    boolean concerns(InboxChange change, EntityRef user, Map<EntityRef, Set<EntityRef>> groups) {
        return switch (change) {
            case InboxChange.Marked marked -> marked.user().equals(user);
            case InboxChange.MuteListReplaced replaced -> replaced.user().equals(user);
            case InboxChange.Created created -> {
                Addressees addressees = created.addressed().addressees();
                yield addressees.isEveryone()
                        || addressees.users().contains(user)
                        || (!addressees.groups().isEmpty()
                                && !Collections.disjoint(
                                        groups.computeIfAbsent(user, memberships::groupsOf), addressees.groups()));
            }
        };
    }

    static boolean isInScope(InboxChange change, OpenStream<?> stream) {
        return switch (change) {
            case InboxChange.Marked _, InboxChange.MuteListReplaced _ -> true;
            case InboxChange.Created created ->
                created.addressed().notification().system()
                        ? stream.scope.includesSystem()
                        : stream.scope.includesUser();
        };
    }
}
