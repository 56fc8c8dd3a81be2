package dev.belfry.notifications.jooq;

import static dev.belfry.notifications.storage.contract.Samples.NOON;
import static dev.belfry.notifications.storage.contract.Samples.id;
import static dev.belfry.notifications.storage.contract.Samples.recipient;
import static org.assertj.core.api.Assertions.assertThat;

import dev.belfry.api.database.Dialect;
import dev.belfry.notifications.storage.AddressedNotification;
import dev.belfry.notifications.storage.Addressees;
import dev.belfry.notifications.storage.Content;
import dev.belfry.notifications.storage.Filter;
import dev.belfry.notifications.storage.InboxItem;
import dev.belfry.notifications.storage.InboxPage;
import dev.belfry.notifications.storage.Notification;
import dev.belfry.notifications.storage.Order;
import dev.belfry.notifications.storage.Order.Direction;
import dev.belfry.notifications.storage.Order.Field;
import dev.belfry.notifications.storage.Recipient;
import dev.belfry.notifications.storage.Scope;
import dev.belfry.notifications.storage.SeekPosition;
import dev.belfry.testkit.TestDatabase;
import java.util.List;
import java.util.Objects;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** However large notifications are, the memory that a page takes is limited. */
@Tag("soak")
class LargePagesTest {

    private static final Recipient ADA = recipient("ada");
    private static final Filter ALL = Filter.of(Scope.ALL);
    private static final Order BY_TITLE = new Order(Field.TITLE, Direction.ASC);
    private static final int COUNT = 30;

    /** The maximum length. */
    private static final String LONG = "x".repeat(128 * 1024);

    private static final List<Content.Action> ACTIONS = IntStream.range(0, 60)
            .mapToObj(i -> new Content.Action("action " + i, "/" + "y".repeat(2000)))
            .toList();

    private static AddressedNotification large(int place) {
        // The titles have the reverse order of the times.
        Content content = new Content("tests", "n%03d".formatted(COUNT - place), LONG + place, null, ACTIONS);
        return new AddressedNotification(
                new Notification(id(NOON.plusMillis(place), 0), content, true), Addressees.EVERYONE);
    }

    private static JooqNotificationStore filled(TestDatabase database) {
        database.migrate(JooqNotificationStore.MIGRATIONS);
        JooqNotificationStore store = new JooqNotificationStore(database);
        for (int place = 0; place < COUNT; place++) {
            store.save(List.of(large(place)), null);
        }
        return store;
    }

    private static long bytes(List<InboxItem> items) {
        return items.stream()
                .map(item -> item.notification().content())
                .mapToLong(content -> String.valueOf(content.message()).length()
                        + content.actions().stream()
                                .mapToLong(action -> action.url().length())
                                .sum())
                .sum();
    }

    @ParameterizedTest
    @EnumSource(Dialect.class)
    void aPageEndsAtItsSizeLimitAndDescribesTheRest(Dialect dialect) {
        try (TestDatabase database = TestDatabase.of(dialect, JooqNotificationStore.class)) {
            JooqNotificationStore store = filled(database);
            for (Order order : List.of(Order.NEWEST_FIRST, BY_TITLE)) {
                InboxPage page = store.page(ADA, ALL, order, 0, 20);

                assertThat(page.items()).isNotEmpty();
                assertThat(bytes(page.items())).isLessThan(2 * 1024 * 1024);
                InboxPage.Rest rest = Objects.requireNonNull(page.rest());
                assertThat(page.items().size() + rest.size()).isEqualTo(20);
                assertThat(rest.last()).isEqualTo(id(NOON.plusMillis(COUNT - 20), 0));
            }
        }
    }

    @ParameterizedTest
    @EnumSource(Dialect.class)
    void theRestIsReadCompletelyAndInOrder(Dialect dialect) {
        try (TestDatabase database = TestDatabase.of(dialect, JooqNotificationStore.class)) {
            JooqNotificationStore store = filled(database);
            for (Order order : List.of(Order.NEWEST_FIRST, BY_TITLE)) {
                InboxItem first = store.page(ADA, ALL, order, 0, 1).items().getFirst();

                try (Stream<InboxItem> rest =
                        store.all(ADA, ALL, order, SeekPosition.of(first.notification(), order))) {
                    assertThat(Stream.concat(Stream.of(first), rest).map(InboxItem::notification))
                            .containsExactlyElementsOf(IntStream.range(0, COUNT)
                                    .mapToObj(i -> large(COUNT - 1 - i).notification())
                                    .toList());
                }
            }
        }
    }

    @ParameterizedTest
    @EnumSource(Dialect.class)
    void findReturnsALargeNotificationWithItsContent(Dialect dialect) {
        try (TestDatabase database = TestDatabase.of(dialect, JooqNotificationStore.class)) {
            JooqNotificationStore store = filled(database);

            assertThat(store.find(ADA, id(NOON.plusMillis(3), 0)).map(InboxItem::notification))
                    .contains(large(3).notification());
        }
    }
}
