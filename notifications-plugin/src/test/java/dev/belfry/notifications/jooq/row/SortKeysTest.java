package dev.belfry.notifications.jooq.row;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.belfry.notifications.storage.NotificationId;
import dev.belfry.notifications.storage.contract.Property;
import dev.belfry.notifications.storage.contract.Samples;
import java.time.Instant;
import java.util.UUID;
import java.util.random.RandomGenerator;
import org.junit.jupiter.api.Test;

class SortKeysTest {

    private static final Instant LAST = Instant.parse("2109-05-15T07:35:11.103Z");

    private static NotificationId any(RandomGenerator random) {
        long millis = random.nextLong(1L << 42);
        return new NotificationId(
                new UUID(millis << 16 | 7L << 12 | random.nextInt(1 << 12), 2L << 62 | random.nextLong() >>> 2));
    }

    @Test
    void positionsSortAsIdsExceptForTheRandomBits() throws Exception {
        Property.holds(1000, random -> {
            NotificationId one = any(random);
            NotificationId other =
                    random.nextBoolean() ? any(random) : Samples.id(one.created(), random.nextInt(1 << 12));
            int byPosition = Long.compare(SortKeys.of(one), SortKeys.of(other));
            assertThat(SortKeys.of(one)).isNotNegative();
            if (byPosition != 0) {
                assertThat(Integer.signum(one.compareTo(other))).isEqualTo(byPosition);
            }
        });
    }

    @Test
    void aPositionConsistsOfTheTimeAnd21Bits() {
        NotificationId id = new NotificationId(new UUID(5L << 16 | 7L << 12 | 0xABC, 2L << 62 | 0x155L << 53 | 42));

        assertThat(SortKeys.of(id)).isEqualTo(5L << 21 | 0xABCL << 9 | 0x155);
    }

    @Test
    void lastUntilIncludesAllPositionsOfTheMillisecond() {
        NotificationId id = Samples.id(Samples.NOON, 4095);
        NotificationId next = Samples.id(Samples.NOON.plusMillis(1), 0);

        assertThat(SortKeys.lastUntil(Samples.NOON)).isGreaterThanOrEqualTo(SortKeys.of(id));
        assertThat(SortKeys.lastUntil(Samples.NOON.plusNanos(999_999))).isLessThan(SortKeys.of(next));
        assertThat(SortKeys.lastUntil(Instant.EPOCH.minusMillis(1))).isNegative();
        assertThat(SortKeys.lastUntil(Instant.MIN)).isNegative();
        assertThat(SortKeys.lastUntil(Instant.MAX)).isEqualTo(Long.MAX_VALUE);
    }

    @Test
    void positionsLastUntil2109() {
        assertThat(SortKeys.exists(Samples.id(LAST, 4095))).isTrue();
        assertThat(SortKeys.of(Samples.id(LAST, 4095))).isLessThan(Long.MAX_VALUE);
        NotificationId later = Samples.id(LAST.plusMillis(1), 0);
        assertThat(SortKeys.exists(later)).isFalse();
        assertThatThrownBy(() -> SortKeys.of(later))
                .hasMessage("a notification of " + later.created() + " cannot be stored");
    }
}
