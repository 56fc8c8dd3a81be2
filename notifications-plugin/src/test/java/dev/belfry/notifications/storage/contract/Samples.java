package dev.belfry.notifications.storage.contract;

import dev.belfry.api.catalog.EntityRef;
import dev.belfry.notifications.storage.Addressees;
import dev.belfry.notifications.storage.Content;
import dev.belfry.notifications.storage.Notification;
import dev.belfry.notifications.storage.NotificationId;
import dev.belfry.notifications.storage.Recipient;
import java.time.Instant;
import java.util.List;
import java.util.Set;
import java.util.UUID;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** Values for tests of a store. */
public final class Samples {

    public static final Instant NOON = Instant.parse("2026-03-01T12:00:00Z");

    private Samples() {}

    /** @param place 0 to 4095: orders ids of the same time */
    public static NotificationId id(Instant created, int place) {
        return new NotificationId(new UUID(created.toEpochMilli() << 16 | 7L << 12 | place, 2L << 62 | 42));
    }

    public static Notification titled(NotificationId id, String title) {
        return new Notification(id, new Content("tests", title, "about " + title, "topic", List.of()), false);
    }

    public static Notification system(NotificationId id, String title) {
        return new Notification(id, new Content("tests", title, null, null, List.of()), true);
    }

    public static EntityRef user(String name) {
        return EntityRef.user("default", name);
    }

    public static EntityRef group(String name) {
        return EntityRef.group("default", name);
    }

    public static Addressees users(String... names) {
        return Addressees.of(Stream.of(names).map(Samples::user).toList(), Set.of());
    }

    public static Addressees groups(String... names) {
        return Addressees.of(Set.of(), groupsOf(names));
    }

    public static Recipient recipient(String name, String... groups) {
        return new Recipient(user(name), groupsOf(groups));
    }

    private static Set<EntityRef> groupsOf(String... names) {
        return Stream.of(names).map(Samples::group).collect(Collectors.toSet());
    }
}
