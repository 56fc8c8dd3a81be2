package dev.belfry.notifications.rest;

import static dev.belfry.notifications.storage.contract.Samples.NOON;
import static dev.belfry.notifications.storage.contract.Samples.id;
import static dev.belfry.notifications.storage.contract.Samples.recipient;
import static dev.belfry.notifications.storage.contract.Samples.titled;
import static dev.belfry.notifications.storage.contract.Samples.users;
import static org.assertj.core.api.Assertions.assertThat;

import dev.belfry.api.database.Dialect;
import dev.belfry.notifications.jooq.JooqNotificationStore;
import dev.belfry.notifications.jooq.RecordingDatabase;
import dev.belfry.notifications.storage.AddressedNotification;
import dev.belfry.notifications.storage.Filter;
import dev.belfry.notifications.storage.InboxItem;
import dev.belfry.notifications.storage.Order;
import dev.belfry.notifications.storage.Order.Direction;
import dev.belfry.notifications.storage.Order.Field;
import dev.belfry.notifications.storage.Recipient;
import dev.belfry.notifications.storage.Scope;
import dev.belfry.notifications.storage.SeekPosition;
import dev.belfry.testkit.TestDatabase;
import java.util.List;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** A whole inbox in the order of a text is not sorted again for each page. */
class SortedListTest {

    private static final Recipient ADA = recipient("ada");
    private static final Filter ALL = Filter.of(Scope.ALL);
    private static final Order BY_TITLE = new Order(Field.TITLE, Direction.ASC);
    private static final int COUNT = 2_000;
    private static final int PART = 200;

    private static String title(int place) {
        // Each title once, in another order than the times.
        return "n%04d".formatted(place * 7 % COUNT);
    }

    @Tag("soak")
    @ParameterizedTest
    @EnumSource(Dialect.class)
    void aLongListIsSortedOnceForManyPages(Dialect dialect) {
        try (TestDatabase database = TestDatabase.of(dialect, JooqNotificationStore.class)) {
            database.migrate(JooqNotificationStore.MIGRATIONS);
            RecordingDatabase recording = new RecordingDatabase(database);
            JooqNotificationStore store = new JooqNotificationStore(recording);
            store.save(
                    IntStream.range(0, COUNT)
                            .mapToObj(place -> new AddressedNotification(
                                    titled(id(NOON.plusMillis(place), 0), title(place)), users("ada")))
                            .toList(),
                    null);
            InboxItem first = store.page(ADA, ALL, BY_TITLE, 0, 1).items().getFirst();
            recording.forget();

            try (Stream<InboxItem> rest =
                    store.all(ADA, ALL, BY_TITLE, SeekPosition.of(first.notification(), BY_TITLE))) {
                List<String> titles =
                        rest.map(item -> item.notification().content().title()).toList();

                assertThat(titles).hasSize(COUNT - 1).isSorted().doesNotHaveDuplicates();
            }
            long sorts = recording.statements().stream()
                    .filter(sql -> sql.contains("as \"text\"") || sql.contains("\"text\""))
                    .count();
            assertThat(sorts).isLessThan(COUNT / PART / 3);
        }
    }
}
