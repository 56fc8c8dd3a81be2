package dev.belfry.notifications.storage;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.belfry.api.catalog.EntityRef;
import dev.belfry.notifications.storage.contract.Samples;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.UUID;
import org.junit.jupiter.api.Test;

class ValuesTest {

    @Test
    void anIdIsAUuidOfVersion7() {
        UUID random = UUID.fromString("2daac6ff-3aaa-420d-b755-d94e54248310");

        assertThat(NotificationId.isValid(random)).isFalse();
        assertThat(NotificationId.isValid(new UUID(7L << 12, 0))).isFalse();
        assertThatThrownBy(() -> new NotificationId(random))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("'2daac6ff-3aaa-420d-b755-d94e54248310' is not a UUID of version 7");
    }

    @Test
    void idsSortAsTheirTextDoes() {
        NotificationId low = new NotificationId(new UUID(7L << 12, 2L << 62));
        NotificationId lower = new NotificationId(new UUID(7L << 12, 2L << 62 | 1));
        NotificationId late = new NotificationId(new UUID(0xF000_0000_0000_7000L, 2L << 62));

        assertThat(new TreeSet<>(List.of(late, lower, low))).containsExactly(low, lower, late);
        assertThat(late.toString()).isGreaterThan(lower.toString());
    }

    @Test
    void aGroupIsNotTakenForAUser() {
        EntityRef user = Samples.user("ada");
        EntityRef group = Samples.group("ada");

        assertThatThrownBy(() -> new Recipient(group, Set.of()))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("group:default/ada is not a user");
        assertThatThrownBy(() -> new Recipient(user, Set.of(user)))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("user:default/ada is not a group");
        assertThatThrownBy(() -> Addressees.of(List.of(group), List.of())).isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> Addressees.of(List.of(), List.of(user))).isInstanceOf(IllegalArgumentException.class);
    }

    @Test
    void valuesCopyTheirCollections() {
        List<Content.Action> actions = new ArrayList<>();
        Content content = new Content("o", "t", null, null, actions);
        actions.add(new Content.Action("t", "/x"));
        Set<EntityRef> groups = new HashSet<>();
        Recipient recipient = new Recipient(Samples.user("ada"), groups);
        Addressees addressees = Addressees.of(List.of(), groups);
        groups.add(Samples.group("ringers"));

        assertThat(content.actions()).isEmpty();
        assertThat(recipient.groups()).isEmpty();
        assertThat(addressees.isEveryone()).isTrue();
    }

    @Test
    void aSystemNotificationHasNoAddressees() {
        NotificationId id = Samples.id(Samples.NOON, 0);
        Notification system = Samples.system(id, "system");
        Notification personal = Samples.titled(id, "personal");

        assertThatThrownBy(() -> new AddressedNotification(system, Samples.users("ada")))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("notification " + id + " is a system notification, but has addressees");
        assertThatThrownBy(() -> new AddressedNotification(personal, Addressees.EVERYONE))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("notification " + id + " is not a system notification, but has no addressees");
    }

    @Test
    void anEmptyTextDoesNotRestrict() {
        assertThat(new Filter(Scope.ALL, "", null, null)).isEqualTo(Filter.of(Scope.ALL));
    }
}
