package dev.belfry.notifications.api;

import static org.assertj.core.api.Assertions.assertThat;

import dev.belfry.api.database.Dialect;
import dev.belfry.notifications.NotificationsPlugin;
import dev.belfry.testkit.TestHost;
import io.zonky.test.db.postgres.embedded.EmbeddedPostgres;
import java.net.http.HttpRequest.BodyPublishers;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.PreparedStatement;
import java.util.Map;
import org.junit.jupiter.api.Test;

/**
 * The first request with a key has not finished. PostgreSQL only: SQLite runs one write transaction at a time, so the second
 * request sees the result of the first.
 */
class KeyInFlightIT {

    private static final String PREFIX = "inflight_";
    private static final String BODY = "{\"origin\":\"tests\",\"title\":\"once\",\"targetUsers\":[\"default/ada\"]}";

    private static Answer send(TestHost host, String key) {
        return new Answer(host.as("bob")
                .send(
                        "POST",
                        Setting.BASE,
                        BodyPublishers.ofString(BODY),
                        Map.of("Content-Type", "application/json", "Idempotency-Key", key)));
    }

    /** Acts as another host that has not finished its request. */
    private static void key(Connection connection, String key) throws Exception {
        try (PreparedStatement insert = connection.prepareStatement(
                "insert into claim (made, caller, claim_key, fingerprint, answer) values (?, ?, ?, 'f', '{}')")) {
            insert.setLong(1, System.currentTimeMillis());
            insert.setString(2, "user:default/bob");
            insert.setString(3, key);
            insert.executeUpdate();
        }
    }

    @Test
    void theSecondRequestIsToldToRetry() throws Exception {
        try (EmbeddedPostgres server = EmbeddedPostgres.start();
                TestHost host = TestHost.with(NotificationsPlugin.class)
                        .database(Dialect.POSTGRESQL)
                        .config("backend.database.prefix", PREFIX)
                        .config(
                                "backend.database.connection",
                                Map.of("host", "127.0.0.1", "port", server.getPort(), "user", "postgres"))
                        .start();
                Connection first = DriverManager.getConnection(
                        "jdbc:postgresql://127.0.0.1:" + server.getPort() + "/" + PREFIX
                                + "notifications?currentSchema=belfry",
                        "postgres",
                        "")) {
            first.setAutoCommit(false);
            key(first, "k1");

            Answer inFlight = send(host, "k1").refused(409, "ConflictError", "k1", "still being handled");
            assertThat(Integer.parseInt(inFlight.header("Retry-After"))).isPositive();
            assertThat(host.as("ada").get(Setting.BASE + "/count").body()).isEqualTo("{\"count\":0}");

            first.rollback();
            String id = send(host, "k1").messageId();
            assertThat(send(host, "k1").messageId()).isEqualTo(id);

            key(first, "k2");
            first.commit();
            send(host, "k2").refused(422, "InputError", "k2");
            assertThat(host.as("ada").get(Setting.BASE + "/count").body()).isEqualTo("{\"count\":1}");
        }
    }
}
