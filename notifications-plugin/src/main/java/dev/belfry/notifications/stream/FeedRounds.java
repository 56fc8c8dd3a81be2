package dev.belfry.notifications.stream;

import dev.belfry.api.catalog.EntityRef;
import dev.belfry.notifications.inbox.Memberships;
import dev.belfry.notifications.storage.ChangeBatch;
import dev.belfry.notifications.storage.ChangeCursor;
import dev.belfry.notifications.storage.InboxChange;
import dev.belfry.notifications.storage.InboxChanges;
import dev.belfry.notifications.storage.InboxReader;
import dev.belfry.notifications.storage.MuteList;
import dev.belfry.notifications.storage.MuteLists;
import dev.belfry.notifications.storage.Recipient;
import dev.belfry.notifications.storage.Scope;
import dev.belfry.notifications.storage.UnreadCounts;
import dev.belfry.notifications.stream.StreamPosition.Part;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * Reads changes and sends them to the streams they concern. One thread uses it. After a failure, the next round continues where this
 * one has stopped: what was sent is not sent again.
 */
final class FeedRounds<E> {

    /** Half of the default queue of a stream. */
    private static final int MAX_BURST = 16 * 1024;

    /** An idle client gets its counts again after this time, and with them an id that is not too old to continue from. */
    private static final long REFRESH = Duration.ofMinutes(10).toNanos();

    private final InboxReader reader;
    private final InboxChanges changes;
    private final MuteLists muteLists;
    private final Memberships memberships;
    private final StreamEncoder<E> encoder;
    private final OpenStreams<E> streams;
    private final MutedCounts mutedCounts;

    /** Until here, all streams have got all changes; null before the first stream. */
    private @Nullable ChangeCursor cursor;

    /** The streams that have to get their counts. */
    private final Set<OpenStream<E>> uncounted = new LinkedHashSet<>();

    /** @param onCounted called on another thread when the next round has more to send */
    FeedRounds(
            InboxReader reader,
            InboxChanges changes,
            MuteLists muteLists,
            Memberships memberships,
            StreamEncoder<E> encoder,
            Runnable onCounted) {
        this.reader = reader;
        this.changes = changes;
        this.muteLists = muteLists;
        this.memberships = memberships;
        this.encoder = encoder;
        this.streams = new OpenStreams<>(memberships);
        this.mutedCounts = new MutedCounts(reader, onCounted);
    }

    boolean isEmpty() {
        return streams.isEmpty();
    }

    /** Removes a stream that has ended. */
    void remove(OpenStream<E> stream) {
        streams.remove(stream);
        uncounted.remove(stream);
        if (streams.of(stream.user).isEmpty()) {
            mutedCounts.forget(stream.user);
        }
    }

    /** Begins anew with the next stream. */
    void forgetCursor() {
        cursor = null;
    }

    /**
     * Brings all streams up to date.
     *
     * @param joining new streams, removed as they join; streams of users who have muted something wait for their counts
     * @param all true to check the counts of all streams, which also change without a change here
     */
    void run(List<OpenStream<E>> joining, boolean all) {
        ChangeCursor now = read(cursor == null ? changes.present() : cursor);
        join(joining, now);
        if (all) {
            count(streams.all(), now, false);
        }
        count(List.copyOf(uncounted), now, true);
        streams.removeEnded();
    }

    private ChangeCursor read(ChangeCursor from) {
        ChangeCursor now = from;
        cursor = now;
        boolean more;
        do {
            ChangeBatch batch = changes.since(now, false);
            deliver(now, batch);
            now = batch.cursor();
            cursor = now;
            more = batch.more();
        } while (more);
        return now;
    }

    private void deliver(ChangeCursor base, ChangeBatch batch) {
        readMuteLists(
                batch.known()
                        ? batch.changes().stream()
                                .flatMap(FeedRounds::replacer)
                                .flatMap(user -> streams.of(user).stream())
                                .toList()
                        : streams.all());
        Set<OpenStream<E>> concerned = new LinkedHashSet<>();
        if (!batch.known()) {
            concerned.addAll(streams.all());
            concerned.forEach(OpenStream::markIncomplete);
        }
        List<List<OpenStream<E>>> concernedByEach = streams.concernedBy(batch.changes());
        for (int i = 0; i < concernedByEach.size(); i++) {
            if (!concernedByEach.get(i).isEmpty()) {
                InboxChange change = batch.changes().get(i);
                send(change, new StreamPosition(base, new Part(batch.cursor(), change.key())), concernedByEach.get(i));
                concerned.addAll(concernedByEach.get(i));
            }
        }
        concerned.forEach(stream -> finish(stream, batch.cursor()));
    }

    private static Stream<EntityRef> replacer(InboxChange change) {
        return change instanceof InboxChange.MuteListReplaced replaced ? Stream.of(replaced.user()) : Stream.empty();
    }

    /** Reads what the users have muted, before notifications are sent to them. */
    private void readMuteLists(List<OpenStream<E>> concerned) {
        if (concerned.isEmpty()) {
            return;
        }
        Map<EntityRef, MuteList> found = muteLists.muteLists(
                concerned.stream().map(stream -> stream.user).collect(Collectors.toSet()));
        concerned.forEach(stream -> stream.muteList = found.getOrDefault(stream.user, MuteList.NONE));
    }

    private void finish(OpenStream<E> stream, ChangeCursor now) {
        stream.resetIfIncomplete(now.text());
        stream.endBurst();
        uncounted.add(stream);
        mutedCounts.changed(stream.user);
    }

    private void send(InboxChange change, StreamPosition position, List<OpenStream<E>> concerned) {
        Map<Boolean, List<OpenStream<E>>> byMuted = concerned.stream()
                .filter(stream -> OpenStreams.isInScope(change, stream))
                .collect(Collectors.groupingBy(stream -> stream.hasMuted(change)));
        byMuted.forEach((muted, receivers) -> {
            Optional<E> event = encoded(change, muted, position);
            receivers.forEach(stream ->
                    event.ifPresentOrElse(encoded -> stream.sendChange(encoded, MAX_BURST), stream::markIncomplete));
        });
    }

    /** Returns empty if the client has to read its list: the notification is too large, or other ones are muted. */
    private Optional<E> encoded(InboxChange change, boolean muted, StreamPosition position) {
        return switch (change) {
            case InboxChange.Created created ->
                created.whole()
                        ? Optional.of(encoder.created(created.addressed().notification(), muted, position.text()))
                        : Optional.empty();
            case InboxChange.MuteListReplaced _ -> Optional.empty();
            case InboxChange.Marked marked -> Optional.of(encoder.marked(marked.ids(), marked.read(), position.text()));
        };
    }

    private void join(List<OpenStream<E>> joining, ChangeCursor now) {
        readMuteLists(joining);
        CatchUp catchUp = new CatchUp(changes);
        for (OpenStream<E> stream : List.copyOf(joining)) {
            Recipient recipient = recipient(stream.user);
            Optional<UnreadCounts> muted = stream.hasMutedSomething() ? mutedCounts.take(recipient) : Optional.empty();
            if (stream.hasMutedSomething() && muted.isEmpty()) {
                continue;
            }
            String last = stream.lastEventId;
            if (last != null) {
                resume(stream, recipient, muted, last, catchUp, now);
            }
            streams.add(stream);
            uncounted.add(stream);
            joining.remove(stream);
        }
    }

    /** @param muted the counts of a user who has muted something */
    private void resume(
            OpenStream<E> stream,
            Recipient recipient,
            Optional<UnreadCounts> muted,
            String last,
            CatchUp catchUp,
            ChangeCursor now) {
        Optional<StreamPosition> position = StreamPosition.parse(last, changes);
        Optional<List<CatchUp.Missed>> missed = position.flatMap(from -> catchUp.missed(from, now));
        if (missed.isEmpty()) {
            stream.markIncomplete();
        } else {
            Map<EntityRef, Set<EntityRef>> groups = new HashMap<>();
            List<CatchUp.Missed> own = missed.get().stream()
                    .filter(one -> streams.concerns(one.change(), stream.user, groups)
                            && OpenStreams.isInScope(one.change(), stream))
                    .toList();
            if (!own.isEmpty()) {
                // The counts come first, and with the id from which the client continues if it is cut off again.
                UnreadCounts counts = muted.orElseGet(
                        () -> reader.bulkUnread(List.of(recipient)).getFirst());
                send(stream, recipient, counts, last);
                // Nothing more is encoded for a client that has gone, or has to read its list anyway.
                own.stream()
                        .takeWhile(_ -> stream.takesChanges())
                        .forEach(one -> send(one.change(), one.position(), List.of(stream)));
            }
        }
        stream.resetIfIncomplete(now.text());
        stream.endBurst();
    }

    /** @param always false = only streams for which something has changed */
    private void count(List<OpenStream<E>> concerned, ChangeCursor now, boolean always) {
        Map<EntityRef, List<OpenStream<E>>> byUser = new LinkedHashMap<>();
        concerned.forEach(stream ->
                byUser.computeIfAbsent(stream.user, _ -> new ArrayList<>(1)).add(stream));
        if (byUser.isEmpty()) {
            return;
        }
        Map<Boolean, List<Recipient>> byMuting = byUser.entrySet().stream()
                .collect(Collectors.partitioningBy(
                        user -> user.getValue().getFirst().hasMutedSomething(),
                        Collectors.mapping(user -> recipient(user.getKey()), Collectors.toList())));
        EncodedCounts encoded = new EncodedCounts(now.text());
        List<Recipient> recipients = byMuting.getOrDefault(false, List.of());
        List<UnreadCounts> counts = recipients.isEmpty() ? List.of() : reader.bulkUnread(recipients);
        for (int i = 0; i < recipients.size(); i++) {
            send(recipients.get(i), counts.get(i), byUser, encoded, always);
        }
        for (Recipient recipient : byMuting.getOrDefault(true, List.of())) {
            mutedCounts
                    .take(recipient)
                    .ifPresentOrElse(
                            unread -> send(recipient, unread, byUser, encoded, always),
                            () -> byUser.getOrDefault(recipient.user(), List.of()).stream()
                                    .filter(stream -> stream.isOfOtherGroups(recipient))
                                    .forEach(uncounted::add));
        }
    }

    private void send(
            Recipient recipient,
            UnreadCounts unread,
            Map<EntityRef, List<OpenStream<E>>> byUser,
            EncodedCounts encoded,
            boolean always) {
        for (OpenStream<E> stream : byUser.getOrDefault(recipient.user(), List.of())) {
            if (stream.isOfOtherGroups(recipient)) {
                stream.markIncomplete();
                stream.resetIfIncomplete(encoded.id);
                send(stream, recipient, unread, encoded);
            } else if (always || !unread.equals(stream.counts) || System.nanoTime() - stream.lastSent > REFRESH) {
                send(stream, recipient, unread, encoded);
            }
        }
    }

    private Recipient recipient(EntityRef user) {
        return new Recipient(user, memberships.groupsOf(user));
    }

    private void send(OpenStream<E> stream, Recipient recipient, UnreadCounts counts, String id) {
        send(stream, recipient, counts, new EncodedCounts(id));
    }

    private void send(OpenStream<E> stream, Recipient recipient, UnreadCounts counts, EncodedCounts encoded) {
        stream.groups = recipient.groups();
        stream.counts = counts;
        stream.send(encoded.of(stream.scope, counts));
        uncounted.remove(stream);
    }

    /** The events of one round: many streams have the same counts. */
    private final class EncodedCounts {

        private record Key(Scope scope, UnreadCounts counts) {}

        private final String id;
        private final Map<Key, E> events = new HashMap<>();

        EncodedCounts(String id) {
            this.id = id;
        }

        E of(Scope scope, UnreadCounts counts) {
            return events.computeIfAbsent(
                    new Key(scope, counts), key -> encoder.counted(sum(key.scope(), key.counts()), key.counts(), id));
        }

        private static long sum(Scope scope, UnreadCounts counts) {
            return (scope.includesUser() ? counts.personal() : 0) + (scope.includesSystem() ? counts.system() : 0);
        }
    }
}
