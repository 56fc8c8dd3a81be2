package dev.belfry.notifications.api;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.belfry.api.database.Dialect;
import dev.belfry.notifications.NotificationsPlugin;
import dev.belfry.testkit.ManualClock;
import dev.belfry.testkit.TestHost;
import java.net.http.HttpRequest.BodyPublishers;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.function.UnaryOperator;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** The clock of a host steps back by an hour. */
@Tag("soak")
class ClockStepIT {

    private static final Instant NOON = Instant.parse("2026-03-01T12:00:00Z");
    private static final Duration AN_HOUR = Duration.ofHours(1);

    @TempDir
    private Path folder;

    private final ManualClock clock = ManualClock.at(NOON);
    private final String prefix = "steps_" + UUID.randomUUID().toString().replace("-", "") + "_";
    private final List<String> sent = new ArrayList<>();

    /** A host on a database that outlives it. */
    private TestHost start(Dialect dialect, UnaryOperator<TestHost.Builder> more) {
        TestHost.Builder builder =
                TestHost.with(NotificationsPlugin.class).database(dialect).clock(clock);
        builder = dialect == Dialect.SQLITE
                ? builder.config("backend.database.connection.directory", folder.toString())
                : builder.config("backend.database.prefix", prefix);
        return more.apply(builder).start();
    }

    private TestHost start(Dialect dialect) {
        return start(dialect, host -> host);
    }

    private static Answer send(TestHost host, String key) {
        return new Answer(host.as("bob")
                .send(
                        "POST",
                        Setting.BASE,
                        BodyPublishers.ofString(
                                "{\"origin\":\"tests\",\"title\":\"tick\",\"targetUsers\":[\"default/ada\"]}"),
                        Map.of("Content-Type", "application/json", "Idempotency-Key", key)));
    }

    private void send(TestHost host, int count) {
        for (int i = 0; i < count; i++) {
            sent.add(send(host, UUID.randomUUID().toString()).messageId());
        }
    }

    private static List<JsonNode> inbox(TestHost host) {
        List<JsonNode> messages = new ArrayList<>();
        new Answer(host.as("ada").get(Setting.BASE)).ok().json().forEach(messages::add);
        return messages;
    }

    private void assertInOrder(TestHost host) {
        assertThat(inbox(host))
                .extracting(message -> message.get("id").asText())
                .isEqualTo(sent.reversed());
        assertThat(sent).isSorted();
    }

    @ParameterizedTest
    @EnumSource(Dialect.class)
    void sendingContinuesInOrderWithTheSameTime(Dialect dialect) {
        try (TestHost host = start(dialect)) {
            send(host, 3);
            clock.advance(AN_HOUR.negated());
            send(host, 3);

            assertInOrder(host);
            assertThat(inbox(host))
                    .allSatisfy(message ->
                            assertThat(message.get("created").asText()).isEqualTo("2026-03-01T12:00:00.000Z"));

            clock.advance(AN_HOUR.plusSeconds(5));
            send(host, 1);
            assertInOrder(host);
            assertThat(inbox(host).getFirst().get("created").asText()).isEqualTo("2026-03-01T12:00:05.000Z");
        }
    }

    @ParameterizedTest
    @EnumSource(Dialect.class)
    void theOrderSurvivesARestart(Dialect dialect) {
        try (TestHost host = start(dialect)) {
            send(host, 3);
        }
        clock.advance(AN_HOUR.negated());
        try (TestHost host = start(dialect)) {
            send(host, 3);
            assertInOrder(host);
        }
    }

    @ParameterizedTest
    @EnumSource(Dialect.class)
    void notificationsAheadOfTheClockCanBeMarked(Dialect dialect) {
        try (TestHost host = start(dialect)) {
            send(host, 2);
            clock.advance(AN_HOUR.negated());
            send(host, 2);

            Answer marked = new Answer(host.as("ada").put(Setting.BASE + "/read-all?messageScope=user"));

            assertThat(marked.ok().json().get("marked").asInt()).isEqualTo(4);
            assertThat(host.as("ada").get(Setting.BASE + "/count?read=false").body())
                    .isEqualTo("{\"count\":0}");
        }
    }

    @ParameterizedTest
    @EnumSource(Dialect.class)
    void keysTokensAndRetentionStillWork(Dialect dialect) {
        try (TestHost host = start(dialect, builder -> builder.config("notifications.retention", "PT2H"))) {
            String before = host.tokenOf("bob");
            String first = send(host, "a key").messageId();
            clock.advance(AN_HOUR.negated());

            assertThat(send(host, "a key").messageId()).isEqualTo(first);
            String later = send(host, "another key").messageId();
            assertThat(send(host, "another key").messageId()).isEqualTo(later);
            assertThat(inbox(host)).hasSize(2);
            assertThat(host.anonymous()
                            .send(
                                    "GET",
                                    Setting.BASE + "/count",
                                    BodyPublishers.noBody(),
                                    Map.of("Authorization", "Bearer " + before))
                            .statusCode())
                    .as("a token from before the step")
                    .isEqualTo(200);
        }
    }
}
