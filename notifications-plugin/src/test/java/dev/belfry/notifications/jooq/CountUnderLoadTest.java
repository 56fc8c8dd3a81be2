package dev.belfry.notifications.jooq;

import static dev.belfry.notifications.storage.contract.Samples.NOON;
import static dev.belfry.notifications.storage.contract.Samples.group;
import static dev.belfry.notifications.storage.contract.Samples.id;
import static dev.belfry.notifications.storage.contract.Samples.titled;
import static dev.belfry.notifications.storage.contract.Samples.user;
import static org.assertj.core.api.Assertions.assertThat;

import dev.belfry.api.database.Dialect;
import dev.belfry.notifications.storage.Addressees;
import dev.belfry.notifications.storage.Filter;
import dev.belfry.notifications.storage.Notification;
import dev.belfry.notifications.storage.Recipient;
import dev.belfry.notifications.storage.Scope;
import dev.belfry.notifications.storage.contract.Samples;
import dev.belfry.testkit.TestDatabase;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** A count is exact at any moment, while two hosts send, mark and compact deltas. */
@Tag("soak")
class CountUnderLoadTest {

    private static final int SENDERS = 3;
    private static final int EACH = 60;
    private static final Filter ALL = Filter.of(Scope.ALL);
    private static final Filter READ = new Filter(Scope.ALL, null, null, true);

    private final Recipient ada = Samples.recipient("ada", "ringers");
    private final AtomicInteger places = new AtomicInteger();
    private final AtomicInteger begun = new AtomicInteger();
    private final AtomicInteger done = new AtomicInteger();
    private final AtomicInteger sending = new AtomicInteger(SENDERS);

    @ParameterizedTest
    @EnumSource(Dialect.class)
    void aCountIncludesAcknowledgedRequestsAndNoneThatHasNotBegun(Dialect dialect) throws Exception {
        try (TestDatabase database = TestDatabase.of(dialect, JooqNotificationStore.class);
                ExecutorService threads = Executors.newCachedThreadPool()) {
            database.migrate(JooqNotificationStore.MIGRATIONS);
            JooqNotificationStore here = new JooqNotificationStore(database);
            JooqNotificationStore there = new JooqNotificationStore(database);
            List<Future<?>> work = new ArrayList<>();
            for (int i = 0; i < SENDERS; i++) {
                JooqNotificationStore store = i % 2 == 0 ? here : there;
                work.add(threads.submit(() -> sendAndMark(store)));
            }
            work.add(threads.submit(() -> compactWhileSending(here)));
            work.add(threads.submit(() -> compactWhileSending(there)));
            while (sending.get() > 0) {
                assertCountIsExact(there);
            }
            for (Future<?> part : work) {
                part.get();
            }
            assertThat(here.count(ada, ALL)).isEqualTo(SENDERS * EACH);
            assertThat(here.count(ada, READ)).isEqualTo(SENDERS * EACH);
            here.compactCounters();
            assertThat(here.count(ada, READ)).isEqualTo(SENDERS * EACH);
        }
    }

    private void assertCountIsExact(JooqNotificationStore store) {
        int atLeast = done.get();
        long count = store.count(ada, ALL);
        assertThat(count).isBetween((long) atLeast, (long) begun.get());
    }

    private void sendAndMark(JooqNotificationStore store) {
        try {
            for (int i = 0; i < EACH; i++) {
                Notification notification = titled(id(NOON, places.getAndIncrement()), "n");
                begun.incrementAndGet();
                assertThat(store.save(notification, addressees(i))).isTrue();
                done.incrementAndGet();
                assertThat(store.mark(ada, notification.id(), true)).isTrue();
            }
        } finally {
            sending.decrementAndGet();
        }
    }

    private static Addressees addressees(int i) {
        return switch (i % 3) {
            case 0 -> Samples.users("ada", "bob");
            case 1 -> Samples.groups("ringers", "board");
            default -> Addressees.of(Set.of(user("ada")), Set.of(group("ringers")));
        };
    }

    private void compactWhileSending(JooqNotificationStore store) {
        while (sending.get() > 0) {
            store.compactCounters();
        }
    }
}
