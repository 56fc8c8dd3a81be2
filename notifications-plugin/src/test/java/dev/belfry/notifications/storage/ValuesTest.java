package dev.belfry.notifications.storage;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.belfry.notifications.storage.contract.Samples;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

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

    @ParameterizedTest
    @ValueSource(strings = {"", "a", "a/b/c", "A/b", "user:a/b", "a/ b", "ä/b"})
    void referencesAreNamespaceAndNameInLowerCase(String value) {
        assertThatThrownBy(() -> new UserRef(value)).isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> new GroupRef(value))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("'" + value + "'");
    }

    @Test
    void referencesReadAsTheirValue() {
        assertThat(new UserRef("a/b")).hasToString("a/b");
        assertThat(new GroupRef("a/b")).hasToString("a/b");
    }

    @Test
    void valuesCopyTheirCollections() {
        List<Content.Action> actions = new ArrayList<>();
        Content content = new Content("o", "t", null, null, actions);
        actions.add(new Content.Action("t", "/x"));
        Set<GroupRef> groups = new HashSet<>();
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
