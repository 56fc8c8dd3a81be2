package dev.belfry.notifications.sending;

import static org.assertj.core.api.Assertions.assertThat;

import dev.belfry.notifications.storage.NotificationId;
import dev.belfry.notifications.storage.contract.Property;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.Set;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicLong;
import java.util.random.RandomGenerator;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class IdsTest {

    private static final Instant NOON = Instant.parse("2026-03-01T12:00:00.123Z");

    private final AtomicLong millis = new AtomicLong(NOON.toEpochMilli());
    private final Clock clock = InstantSource.system().withZone(ZoneOffset.UTC);
    private final Clock byHand = new Clock() {
        @Override
        public ZoneOffset getZone() {
            return ZoneOffset.UTC;
        }

        @Override
        public Clock withZone(java.time.ZoneId zone) {
            return this;
        }

        @Override
        public Instant instant() {
            return Instant.ofEpochMilli(millis.get());
        }
    };

    private final List<Duration> steps = new ArrayList<>();

    private Ids ids(Clock time, RandomGenerator random) {
        return new Ids(time, random, Optional.empty(), steps::add);
    }

    @Test
    void anIdContainsTheTimeOfItsCreation() {
        NotificationId id = ids(byHand, new Random()).next();

        assertThat(id.created()).isEqualTo(NOON);
        assertThat(id.value().version()).isEqualTo(7);
        assertThat(id.value().variant()).isEqualTo(2);
    }

    @Test
    void idsIncreaseWhateverTheClockDoes() throws Exception {
        Property.holds(50, random -> {
            Ids ids = ids(byHand, random);
            NotificationId last = ids.next();
            for (int i = 0; i < 1000; i++) {
                millis.addAndGet(random.nextInt(-3, 4));
                NotificationId next = ids.next();
                assertThat(next).isGreaterThan(last);
                assertThat(next.toString()).isGreaterThan(last.toString());
                last = next;
            }
        });
    }

    @Test
    void theTimeOfIdsStaysTheSameWhenTheClockStepsBack() {
        Ids ids = ids(byHand, new Random());
        ids.next();
        millis.addAndGet(-3_600_000);

        assertThat(ids.next().created()).isEqualTo(NOON);
    }

    @Test
    void aStepBackOfTheClockIsReportedOnce() {
        Ids ids = ids(byHand, new Random());
        ids.next();
        millis.addAndGet(-900);
        ids.next();
        assertThat(steps).isEmpty();

        millis.addAndGet(900 - 3_600_000);
        ids.next();
        ids.next();
        assertThat(steps).containsExactly(Duration.ofHours(1));

        millis.addAndGet(3_600_001);
        assertThat(ids.next().created()).isEqualTo(NOON.plusMillis(1));
        millis.addAndGet(-2_000);
        ids.next();
        assertThat(steps).containsExactly(Duration.ofHours(1), Duration.ofSeconds(2));
    }

    @Test
    void anotherProcessContinuesAfterTheLastId() {
        NotificationId last = ids(byHand, new Random()).next();
        millis.addAndGet(-3_600_000);

        NotificationId next = new Ids(byHand, new Random(), Optional.of(last), steps::add).next();

        assertThat(next).isGreaterThan(last);
        assertThat(next.created()).isEqualTo(NOON.plusMillis(1));
        assertThat(steps).containsExactly(Duration.ofHours(1));
    }

    @Test
    void idsDoNotFollowAClockThatWasMoreThanADayAhead() {
        Ids ids = ids(byHand, new Random());
        NotificationId wrong = ids.next();
        millis.addAndGet(-Duration.ofDays(1).toMillis());
        assertThat(ids.next().created()).isEqualTo(NOON);

        millis.addAndGet(-1);
        Instant right = Instant.ofEpochMilli(millis.get());
        assertThat(ids.next().created()).isEqualTo(right);
        assertThat(new Ids(byHand, new Random(), Optional.of(wrong), steps::add)
                        .next()
                        .created())
                .isEqualTo(right);
    }

    @Test
    void aFullCounterContinuesInTheNextMillisecond() {
        Ids ids = ids(byHand, new Random());
        NotificationId last = ids.next();
        int made = 1;
        while (last.created().equals(NOON)) {
            NotificationId next = ids.next();
            assertThat(next.compareTo(last)).isPositive();
            last = next;
            made++;
        }
        assertThat(last.created()).isEqualTo(NOON.plusMillis(1));
        assertThat(made).isBetween(1 << 20, 1 << 21);
    }

    @Test
    void manyThreadsGetDifferentIds() throws Exception {
        Ids ids = ids(clock, new Random());
        Set<NotificationId> made = new HashSet<>();
        try (ExecutorService threads = Executors.newFixedThreadPool(4)) {
            List<Future<List<NotificationId>>> parts = new ArrayList<>();
            for (int thread = 0; thread < 4; thread++) {
                parts.add(threads.submit(
                        () -> IntStream.range(0, 5000).mapToObj(i -> ids.next()).toList()));
            }
            for (Future<List<NotificationId>> part : parts) {
                made.addAll(part.get());
            }
        }
        assertThat(made).hasSize(20_000);
    }
}
