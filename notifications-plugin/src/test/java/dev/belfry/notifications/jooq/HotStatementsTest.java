package dev.belfry.notifications.jooq;

import static org.assertj.core.api.Assertions.assertThat;

import dev.belfry.api.database.Dialect;
import dev.belfry.notifications.storage.AddressedNotification;
import dev.belfry.notifications.storage.Filter;
import dev.belfry.notifications.storage.InboxCounts;
import dev.belfry.notifications.storage.MuteList;
import dev.belfry.notifications.storage.Order;
import dev.belfry.notifications.storage.Recipient;
import dev.belfry.notifications.storage.Scope;
import dev.belfry.notifications.storage.contract.Samples;
import dev.belfry.testkit.TestDatabase;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/**
 * The statements of frequent operations are listed in {@code docs/statements}, to read them and to run them in psql or sqlite3. After
 * a change, {@code -Dtest.argLine=-Dstatements.update=true} writes the files anew; review the difference.
 */
class HotStatementsTest {

    private static final Recipient ADA = Samples.recipient("ada", "ringers", "builders");
    private static final Recipient BOB = Samples.recipient("bob", "ringers");

    @ParameterizedTest
    @EnumSource
    void theListedStatementsAreCurrent(Dialect dialect) throws IOException {
        Path file = Path.of("..", "docs", "statements", dialect.name().toLowerCase(Locale.ROOT) + ".sql");
        String current = statements(dialect).entrySet().stream()
                .map(entry -> "-- " + entry.getKey() + "\n\n"
                        + entry.getValue().stream()
                                .map(sql -> SqlLayout.of(sql) + ";\n")
                                .collect(Collectors.joining("\n")))
                .collect(Collectors.joining("\n"));

        if (Boolean.getBoolean("statements.update")) {
            Files.createDirectories(file.getParent());
            Files.writeString(file, current);
        }

        assertThat(current)
                .as("%s; see the Javadoc of this test", file)
                .isEqualToNormalizingNewlines(Files.readString(file));
    }

    private static Map<String, List<String>> statements(Dialect dialect) {
        try (TestDatabase database = TestDatabase.of(dialect, JooqNotificationStore.class)) {
            RecordingDatabase recording = new RecordingDatabase(database);
            database.migrate(JooqNotificationStore.MIGRATIONS);
            JooqNotificationStore store = new JooqNotificationStore(recording);
            store.prepareSearch();
            // The first notification of a group stores the group as an audience.
            save(store, 1);
            Filter all = Filter.of(Scope.ALL);
            Map<String, Runnable> operations = new LinkedHashMap<>();
            operations.put("Create a notification", () -> save(store, 2));
            operations.put("A page of an inbox", () -> store.page(ADA, all, Order.NEWEST_FIRST, 0, 20));
            operations.put(
                    "A page of the unread notifications",
                    () -> store.page(ADA, new Filter(Scope.ALL, null, null, false), Order.NEWEST_FIRST, 0, 20));
            operations.put(
                    "A page in the order of the titles",
                    () -> store.page(ADA, all, new Order(Order.Field.TITLE, Order.Direction.ASC), 0, 20));
            operations.put(
                    "A page of a search",
                    () -> store.page(ADA, new Filter(Scope.ALL, "deploy", null, null), Order.NEWEST_FIRST, 0, 20));
            operations.put("The counts of an inbox", () -> store.counts(ADA, Scope.ALL));
            operations.put("The counts of several inboxes", () -> store.bulkCounts(List.of(ADA, BOB), Scope.ALL));
            operations.put("Mark a notification as read", () -> store.mark(ADA, Samples.id(Samples.NOON, 1), true));
            operations.put("Add the counter deltas to the counters", store::compactCounters);

            operations.put("The unread count of a user who has muted something", () -> {
                store.replaceMuteList(ADA.user(), MuteList.of(Set.of("builds"), Set.of()));
                recording.forget();
                store.count(ADA, new Filter(Scope.ALL, null, null, false).withMuted(false));
            });
            operations.put("The same after a notification has arrived", () -> {
                save(store, 3);
                recording.forget();
                store.count(ADA, new Filter(Scope.ALL, null, null, false).withMuted(false));
            });

            Map<String, List<String>> statements = new LinkedHashMap<>();
            operations.forEach((name, operation) -> {
                recording.forget();
                operation.run();
                statements.put(name, recording.statements().stream().distinct().toList());
            });
            return statements;
        }
    }

    @ParameterizedTest
    @EnumSource(Dialect.class)
    void theCountOfAUserWhoHasMutedSomethingCostsNoStatementBesideTheCountsOfTheInbox(Dialect dialect) {
        try (TestDatabase database = TestDatabase.of(dialect, JooqNotificationStore.class)) {
            RecordingDatabase recording = new RecordingDatabase(database);
            database.migrate(JooqNotificationStore.MIGRATIONS);
            JooqNotificationStore store = new JooqNotificationStore(recording);
            save(store, 1);
            store.replaceMuteList(ADA.user(), MuteList.of(Set.of("builds"), Set.of()));
            Filter unmuted = new Filter(Scope.ALL, null, null, false).withMuted(false);
            InboxCounts known = store.counts(ADA, Scope.ALL);
            recording.forget();
            assertThat(store.count(ADA, unmuted, known)).isEqualTo(1);
            List<String> ofAllUnread = recording.statements().stream()
                    .filter(sql -> sql.contains("mute"))
                    .toList();
            assertThat(ofAllUnread).isNotEmpty();

            recording.forget();
            assertThat(store.count(ADA, unmuted, known)).isEqualTo(1);
            assertThat(recording.statements()).isEmpty();

            save(store, 2);
            recording.forget();
            assertThat(store.count(ADA, unmuted, store.counts(ADA, Scope.ALL))).isEqualTo(2);
            assertThat(recording.statements()).doesNotContainAnyElementsOf(ofAllUnread);
        }
    }

    private static void save(JooqNotificationStore store, int place) {
        store.save(
                List.of(new AddressedNotification(
                        Samples.titled(Samples.id(Samples.NOON, place), "deploy " + place), Samples.groups("ringers"))),
                null);
    }
}
