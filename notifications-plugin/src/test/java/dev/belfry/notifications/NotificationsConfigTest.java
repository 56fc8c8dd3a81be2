package dev.belfry.notifications;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.belfry.api.Secret;
import dev.belfry.notifications.storage.RetentionCutoff;
import dev.belfry.testkit.ConfigSchemaCheck;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class NotificationsConfigTest {

    private static final Instant NOW = Instant.parse("2026-11-24T12:00:00Z");

    private static NotificationsConfig with(@Nullable Duration retention, Map<String, Duration> byTopic) {
        Map<String, Optional<Duration>> topics = new HashMap<>();
        byTopic.forEach((topic, duration) -> topics.put(topic, Optional.of(duration)));
        return new NotificationsConfig(null, null, List.of(), retention, topics, null, null);
    }

    @Test
    void theSharedSecretIsNotPrinted() {
        NotificationsConfig config = new NotificationsConfig(
                Secret.of("a secret that is shared"), null, List.of(), null, Map.of(), null, null);

        assertThat(config.toString()).doesNotContain("a secret that is shared").contains("(secret)");
    }

    @ParameterizedTest
    @CsvSource({"fifteen letters, true", "sixteen letters!, false"})
    void aShortSharedSecretIsAWarning(String secret, boolean warned) {
        NotificationsConfig config =
                new NotificationsConfig(Secret.of(secret), null, List.of(), null, Map.of(), null, null);

        assertThat(config.warnings().containsKey("externalCallerSecret")).isEqualTo(warned);
        assertThat(with(null, Map.of()).warnings()).isEmpty();
    }

    @Test
    void byDefaultNotificationsAreKeptForever() {
        NotificationsConfig config = with(null, Map.of());

        assertThat(config.keepsForever()).isTrue();
        assertThat(config.cutoff(NOW).latest()).isEmpty();
        assertThat(config.cutoff(NOW).isExpired(Instant.EPOCH, "builds")).isFalse();
    }

    @Test
    void theRetentionOfATopicReplacesTheGeneralOne() {
        NotificationsConfig config =
                with(Duration.ofDays(30), Map.of("builds", Duration.ofDays(2), "audit", Duration.ofDays(365)));

        RetentionCutoff cutoff = config.cutoff(NOW);

        assertThat(config.keepsForever()).isFalse();
        assertThat(cutoff.isExpired(NOW.minus(Duration.ofDays(30)), null)).isTrue();
        assertThat(cutoff.isExpired(NOW.minus(Duration.ofDays(30)).plusMillis(1), "other"))
                .isFalse();
        assertThat(cutoff.isExpired(NOW.minus(Duration.ofDays(3)), "builds")).isTrue();
        assertThat(cutoff.isExpired(NOW.minus(Duration.ofDays(31)), "audit")).isFalse();
        assertThat(cutoff.latest()).contains(NOW.minus(Duration.ofDays(2)));
    }

    @Test
    void aTopicAloneCanHaveARetention() {
        NotificationsConfig config = with(null, Map.of("builds", Duration.ofDays(2)));

        assertThat(config.keepsForever()).isFalse();
        assertThat(config.cutoff(NOW).isExpired(Instant.EPOCH, "builds")).isTrue();
        assertThat(config.cutoff(NOW).isExpired(Instant.EPOCH, null)).isFalse();
    }

    @Test
    void aTopicCanBeKeptForever() {
        Map<String, Optional<Duration>> forever = Map.of("audit", Optional.empty());
        NotificationsConfig config =
                new NotificationsConfig(null, null, List.of(), Duration.ofDays(30), forever, null, null);

        assertThat(config.keepsForever()).isFalse();
        assertThat(config.cutoff(NOW).isExpired(Instant.EPOCH, "audit")).isFalse();
        assertThat(config.cutoff(NOW).isExpired(Instant.EPOCH, "builds")).isTrue();
        assertThat(new NotificationsConfig(null, null, List.of(), null, forever, null, null).keepsForever())
                .isTrue();
    }

    @ParameterizedTest
    @ValueSource(strings = {"PT0S", "PT59.999S", "PT-1H", "P36501D"})
    void anImplausibleRetentionIsRejected(String duration) {
        Duration wrong = Duration.parse(duration);

        assertThatThrownBy(() -> with(wrong, Map.of()))
                .hasMessage("retention must be from PT1M to P36500D, not " + wrong);
        assertThatThrownBy(() -> with(null, Map.of("builds", wrong)))
                .hasMessage("retentionByTopic.builds must be from PT1M to P36500D, not " + wrong);
    }

    private static NotificationsConfig waitingFor(@Nullable Duration maxWait) {
        return new NotificationsConfig(null, null, List.of(), null, Map.of(), maxWait, null);
    }

    @Test
    void aWaitIsLimitedToFiveMinutes() {
        assertThat(waitingFor(null).maxWaitOrDefault()).isEqualTo(Duration.ofMinutes(1));
        assertThat(waitingFor(Duration.ZERO).maxWaitOrDefault()).isZero();
        assertThat(waitingFor(Duration.ofMinutes(5)).maxWaitOrDefault()).isEqualTo(Duration.ofMinutes(5));
        for (Duration wrong :
                List.of(Duration.ofMillis(-1), Duration.ofMinutes(5).plusMillis(1))) {
            assertThatThrownBy(() -> waitingFor(wrong)).hasMessage("maxWait must be from PT0S to PT5M, not " + wrong);
        }
    }

    @Test
    void theSchemaDescribesTheConfiguration() {
        ConfigSchemaCheck.assertSchemaMatches(NotificationsConfig.class);
    }
}
