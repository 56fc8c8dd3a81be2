package dev.belfry.notifications.jooq;

import static org.assertj.core.api.Assertions.assertThat;

import dev.belfry.api.database.Dialect;
import dev.belfry.notifications.storage.AddressedNotification;
import dev.belfry.notifications.storage.Addressees;
import dev.belfry.notifications.storage.InboxCounts;
import dev.belfry.notifications.storage.Recipient;
import dev.belfry.notifications.storage.Scope;
import dev.belfry.notifications.storage.contract.Samples;
import dev.belfry.testkit.TestDatabase;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** The counts of 5,000 recipients, each in five of a thousand groups, as for as many waiting requests. */
@Tag("soak")
class BulkCountsTest {

    private static final int WAITING = 5000;
    private static final int GROUPS = 1000;
    private static final int LOOKS = 20;

    /** The interval of the checks is 0.7 s: a third of it would be far too long. */
    private static final Duration LIMIT = Duration.ofMillis(250);

    private static Recipient recipient(int number) {
        return Samples.recipient(
                "u" + number,
                IntStream.range(0, 5)
                        .mapToObj(i -> "g" + (number * 7 + i * 131) % GROUPS)
                        .toArray(String[]::new));
    }

    private static void fill(JooqNotificationStore store, List<Recipient> recipients) {
        List<AddressedNotification> notifications = new ArrayList<>();
        for (int i = 0; i < recipients.size(); i++) {
            notifications.add(new AddressedNotification(
                    Samples.titled(Samples.id(Samples.NOON.plusMillis(i), 0), "n"),
                    i % 3 == 0
                            ? Samples.groups("g" + i % GROUPS)
                            : Addressees.of(Set.of(recipients.get(i).user()), Set.of())));
        }
        for (int from = 0; from < notifications.size(); from += 500) {
            store.save(notifications.subList(from, Math.min(from + 500, notifications.size())), null);
        }
        for (int i = 0; i < recipients.size(); i += 3) {
            // Creates a counter of the user and the audience, too.
            Recipient reader = Samples.recipient("u" + i, "g" + i % GROUPS);
            store.mark(reader, notifications.get(i).notification().id(), true);
        }
    }

    @ParameterizedTest
    @EnumSource(Dialect.class)
    void countingForAllPollsIsFast(Dialect dialect) {
        List<Recipient> recipients =
                IntStream.range(0, WAITING).mapToObj(BulkCountsTest::recipient).toList();
        try (TestDatabase database = TestDatabase.of(dialect, JooqNotificationStore.class)) {
            database.migrate(JooqNotificationStore.MIGRATIONS);
            JooqNotificationStore store = new JooqNotificationStore(database);
            fill(store, recipients);
            store.compactCounters();
            List<Long> took = new ArrayList<>();
            List<InboxCounts> bulkCounts = List.of();
            for (int i = 0; i < LOOKS; i++) {
                long begin = System.nanoTime();
                bulkCounts = store.bulkCounts(recipients, Scope.ALL);
                took.add(System.nanoTime() - begin);
            }
            assertThat(bulkCounts.get(17)).isEqualTo(store.counts(recipients.get(17), Scope.ALL));
            Duration median = Duration.ofNanos(took.stream().sorted().toList().get(LOOKS / 2));
            System.out.printf("%s: a look for %d takes %d ms%n", dialect, WAITING, median.toMillis());
            assertThat(median).isLessThan(LIMIT);
        }
    }
}
