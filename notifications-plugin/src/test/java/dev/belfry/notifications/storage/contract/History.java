package dev.belfry.notifications.storage.contract;

import static org.assertj.core.api.Assertions.assertThat;

import dev.belfry.api.catalog.EntityRef;
import dev.belfry.notifications.storage.Addressees;
import dev.belfry.notifications.storage.Content;
import dev.belfry.notifications.storage.Filter;
import dev.belfry.notifications.storage.InboxItem;
import dev.belfry.notifications.storage.MuteList;
import dev.belfry.notifications.storage.Notification;
import dev.belfry.notifications.storage.NotificationId;
import dev.belfry.notifications.storage.NotificationStore;
import dev.belfry.notifications.storage.Order;
import dev.belfry.notifications.storage.Order.Direction;
import dev.belfry.notifications.storage.Order.Field;
import dev.belfry.notifications.storage.Recipient;
import dev.belfry.notifications.storage.RetentionCutoff;
import dev.belfry.notifications.storage.Scope;
import dev.belfry.notifications.storage.SeekPosition;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.random.RandomGenerator;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/** Users send, mark, join and leave groups at random. After each step the store must agree with the memory store. */
final class History {

    private static final int MANY = 10_000;

    private final RandomGenerator random;
    private final Texts texts;
    private final NotificationStore store;
    private final NotificationStore model = new MemoryStore();
    private final Runnable upkeep;

    /** Unique per history, because several run on one store. */
    private final String namespace;

    private final List<EntityRef> users;
    private final List<EntityRef> groups;
    private final Map<EntityRef, Set<EntityRef>> memberships = new HashMap<>();
    private final List<NotificationId> ids = new ArrayList<>();
    private final Map<EntityRef, Seen> seen = new HashMap<>();

    private record Seen(Set<EntityRef> groups, long revision, List<InboxItem> inbox, MuteList muteList) {}

    History(RandomGenerator random, NotificationStore store, Runnable upkeep) {
        this.random = random;
        this.texts = new Texts(random);
        this.store = store;
        this.upkeep = upkeep;
        namespace = "n" + Long.toHexString(random.nextLong()) + "/";
        users = IntStream.range(0, 5)
                .mapToObj(i -> EntityRef.parse(namespace + "u" + i, EntityRef.USER))
                .toList();
        groups = IntStream.range(0, 4)
                .mapToObj(i -> EntityRef.parse(namespace + "g" + i, EntityRef.GROUP))
                .toList();
        users.forEach(user -> memberships.put(user, Set.copyOf(someOf(groups))));
    }

    void play(int steps) {
        for (int step = 0; step < steps; step++) {
            switch (random.nextInt(27)) {
                case 0, 1, 2, 3, 4, 5, 6, 7, 8 -> send();
                case 9, 10, 11, 12, 13, 14 -> mark();
                case 15, 16 -> markAll();
                case 17 -> purge();
                case 18, 19 -> memberships.put(oneOf(users), Set.copyOf(someOf(groups)));
                case 20, 21 -> mute();
                default -> upkeep.run();
            }
            users.forEach(this::compareRevisions);
            compareCounts(oneOf(users));
            comparePages();
        }
        users.forEach(this::compareCounts);
        compareWalks();
    }

    private void send() {
        // Few times, so that many share one; system notifications of other histories would be seen here, so there are
        // none.
        Instant created = Samples.NOON.plusMillis(random.nextInt(20));
        NotificationId id = Samples.id(created, random.nextInt(4096));
        List<EntityRef> named = random.nextBoolean() ? someOf(users) : List.of(oneOf(users));
        Addressees addressees = Addressees.of(named, random.nextBoolean() ? someOf(groups) : List.of());
        if (addressees.isEveryone()) {
            return;
        }
        Content content = new Content(
                texts.some(1, 2),
                texts.some(1, 3),
                texts.someOrNone(4),
                random.nextBoolean() ? topicOf(id) : null,
                List.of());
        Notification notification = new Notification(id, content, false);
        if (store.save(notification, addressees)) {
            assertThat(model.save(notification, addressees)).isTrue();
            ids.add(id);
        }
    }

    private void mark() {
        if (!ids.isEmpty()) {
            Recipient recipient = recipient(oneOf(users));
            NotificationId id = oneOf(ids);
            boolean read = random.nextInt(3) > 0;
            assertThat(store.mark(recipient, id, read)).isEqualTo(model.mark(recipient, id, read));
        }
    }

    private void mute() {
        EntityRef user = oneOf(users);
        MuteList list = random.nextInt(4) == 0 || ids.isEmpty()
                ? MuteList.NONE
                : MuteList.of(Set.of(topicOf(oneOf(ids)), texts.some(1, 1)), Set.of(texts.some(1, 2)));
        store.replaceMuteList(user, list);
        model.replaceMuteList(user, list);
        assertThat(store.muteLists(users)).isEqualTo(model.muteLists(users));
    }

    private void markAll() {
        Recipient recipient = recipient(oneOf(users));
        Instant until = Samples.NOON.plusMillis(random.nextInt(20));
        assertThat(store.markAllRead(recipient, Scope.USER, until))
                .isEqualTo(model.markAllRead(recipient, Scope.USER, until));
    }

    /** By topics only, because otherwise it would purge notifications of other histories. */
    private void purge() {
        Map<String, Instant> byTopic = new HashMap<>();
        for (NotificationId id : ids) {
            if (random.nextInt(4) == 0) {
                byTopic.put(topicOf(id), Samples.NOON.plusMillis(random.nextInt(20)));
            }
        }
        RetentionCutoff cutoff = new RetentionCutoff(null, byTopic);
        assertThat(store.purge(cutoff)).isEqualTo(model.purge(cutoff));
    }

    private String topicOf(NotificationId id) {
        return namespace + id.value().getLeastSignificantBits() % 4;
    }

    /** Equal revisions mean equal inboxes; different ones mean nothing. */
    private void compareRevisions(EntityRef user) {
        Recipient recipient = recipient(user);
        Seen now = new Seen(
                recipient.groups(),
                store.counts(recipient, Scope.USER).revision(),
                model.page(recipient, Filter.of(Scope.USER), Order.NEWEST_FIRST, 0, MANY)
                        .items(),
                model.muteList(user));
        Seen before = seen.put(user, now);
        if (before != null && before.groups.equals(now.groups) && before.revision == now.revision) {
            assertThat(now.inbox).isEqualTo(before.inbox);
            assertThat(now.muteList).isEqualTo(before.muteList);
        }
    }

    private void compareCounts(EntityRef user) {
        Recipient recipient = recipient(user);
        for (Boolean read : new @Nullable Boolean[] {null, true, false}) {
            Filter filter = new Filter(Scope.USER, null, null, read);
            assertThat(store.count(recipient, filter)).as("%s", filter).isEqualTo(model.count(recipient, filter));
        }
        for (Filter filter : List.of(filter(), new Filter(Scope.USER, null, null, false).withMuted(false))) {
            assertThat(store.count(recipient, filter)).as("%s", filter).isEqualTo(model.count(recipient, filter));
        }
        assertThat(store.bulkUnread(List.of(recipient)).getFirst().personal())
                .isEqualTo(model.bulkUnread(List.of(recipient)).getFirst().personal());
    }

    private void comparePages() {
        Recipient recipient = recipient(oneOf(users));
        Filter filter = filter();
        Order order = order();
        int offset = random.nextInt(3) == 0 ? random.nextInt(20) : 0;
        int limit = random.nextInt(1, 30);
        assertThat(store.page(recipient, filter, order, offset, limit).items())
                .as("%s %s from %s, %s", filter, order, offset, limit)
                .containsExactlyElementsOf(
                        model.page(recipient, filter, order, offset, limit).items());
    }

    /** All pages by offset, and all pages by place, are the whole list: nothing twice, nothing missing. */
    private void compareWalks() {
        Recipient recipient = recipient(oneOf(users));
        Filter filter = filter();
        for (Field field : Field.values()) {
            for (Direction direction : Direction.values()) {
                Order order = new Order(field, direction);
                List<InboxItem> whole =
                        model.page(recipient, filter, order, 0, MANY).items();
                int size = random.nextInt(1, 8);
                assertThat(pages(recipient, filter, order, size))
                        .as("%s", order)
                        .isEqualTo(whole);
                assertThat(slices(recipient, filter, order, size))
                        .as("%s", order)
                        .isEqualTo(whole);
            }
        }
    }

    private List<InboxItem> pages(Recipient recipient, Filter filter, Order order, int size) {
        List<InboxItem> all = new ArrayList<>();
        List<InboxItem> page;
        do {
            page = store.page(recipient, filter, order, all.size(), size).items();
            all.addAll(page);
        } while (!page.isEmpty());
        return all;
    }

    private List<InboxItem> slices(Recipient recipient, Filter filter, Order order, int size) {
        List<InboxItem> all = new ArrayList<>();
        List<InboxItem> slice = store.page(recipient, filter, order, 0, size).items();
        while (!slice.isEmpty()) {
            all.addAll(slice);
            slice = store.following(
                            recipient,
                            filter,
                            order,
                            SeekPosition.of(slice.getLast().notification(), order),
                            size)
                    .items();
        }
        return all;
    }

    private Filter filter() {
        return new Filter(
                        Scope.USER,
                        random.nextInt(4) == 0 ? texts.some(1, 1) : null,
                        random.nextInt(3) == 0 ? Samples.NOON.plusMillis(random.nextInt(20)) : null,
                        random.nextInt(3) == 0 ? null : random.nextBoolean())
                .withMuted(random.nextInt(3) > 0 ? null : random.nextBoolean());
    }

    private Order order() {
        return new Order(
                Field.values()[random.nextInt(Field.values().length)],
                random.nextBoolean() ? Direction.ASC : Direction.DESC);
    }

    private Recipient recipient(EntityRef user) {
        return new Recipient(user, memberships.getOrDefault(user, Set.of()));
    }

    private <T> T oneOf(List<T> all) {
        return all.get(random.nextInt(all.size()));
    }

    private <T> List<T> someOf(Collection<T> all) {
        Set<T> some = new HashSet<>();
        for (T one : all) {
            if (random.nextInt(3) == 0) {
                some.add(one);
            }
        }
        return List.copyOf(some);
    }
}
