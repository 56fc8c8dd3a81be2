package dev.belfry.notifications.durability;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.zonky.test.db.postgres.embedded.EmbeddedPostgres;
import java.net.URI;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The host is killed while many clients send. */
@Tag("soak")
class HostKilledTest {

    private static final int TIMES = 20;
    private static final int CLIENTS = 32;
    private static final Duration LIMIT = Duration.ofSeconds(60);

    @TempDir
    private Path folder;

    private final AtomicReference<URI> address = new AtomicReference<>();

    private HostProcess start(String name, String database) throws Exception {
        HostProcess host = HostProcess.start(folder.resolve(name), database);
        address.set(host.notifications());
        return host;
    }

    private void killAgainAndAgain(String database) throws Exception {
        HostProcess host = start("host", database);
        try (Senders senders = new Senders(CLIENTS, address::get)) {
            for (int i = 0; i < TIMES; i++) {
                int before = senders.acknowledged();
                await().atMost(LIMIT).until(() -> senders.acknowledged() > before + CLIENTS);
                Thread.sleep(ThreadLocalRandom.current().nextInt(200));
                host.kill();
                host = start("host", database);
            }
            senders.finish();
            senders.assertNothingLost();
            System.out.printf("killed %d times: %d messages acknowledged, all there%n", TIMES, senders.acknowledged());
        } finally {
            host.close();
        }
    }

    @Test
    void acknowledgedMessagesSurviveOnSqlite() throws Exception {
        killAgainAndAgain("{ client: better-sqlite3, connection: { directory: data } }");

        try (Connection connection =
                        DriverManager.getConnection("jdbc:sqlite:" + folder.resolve("host/data/notifications.sqlite"));
                Statement statement = connection.createStatement()) {
            assertThat(single(statement, "pragma integrity_check")).isEqualTo("ok");
            assertThat(Integer.parseInt(single(statement, "select count(*) from notification")))
                    .isGreaterThan(TIMES * CLIENTS);
        }
    }

    private static String single(Statement statement, String query) throws SQLException {
        try (ResultSet result = statement.executeQuery(query)) {
            assertThat(result.next()).isTrue();
            return result.getString(1);
        }
    }

    @Test
    void acknowledgedMessagesSurviveOnPostgres() throws Exception {
        try (EmbeddedPostgres server = EmbeddedPostgres.start()) {
            killAgainAndAgain(on(server.getPort()));

            try (Connection connection = DriverManager.getConnection(
                            "jdbc:postgresql://127.0.0.1:" + server.getPort() + "/backstage_plugin_notifications",
                            "postgres",
                            "");
                    Statement statement = connection.createStatement()) {
                statement.execute("create extension if not exists amcheck");
                try (ResultSet indexes = statement.executeQuery("""
                        select bt_index_check(c.oid, true), c.relname from pg_index i join pg_class c on c.oid = i.indexrelid
                        join pg_am on pg_am.oid = c.relam where amname = 'btree' and c.relpersistence = 'p'""")) {
                    int checked = 0;
                    while (indexes.next()) {
                        checked++;
                    }
                    assertThat(checked).isGreaterThan(5);
                }
            }
        }
    }

    @Test
    void theOtherHostKeepsServing() throws Exception {
        try (EmbeddedPostgres server = EmbeddedPostgres.start();
                HostProcess first = start("first", on(server.getPort()));
                HostProcess second = start("second", on(server.getPort()));
                Senders ofFirst = new Senders(CLIENTS / 2, address::get);
                Senders ofSecond = new Senders(CLIENTS / 2, second::notifications)) {
            address.set(first.notifications());
            await().atMost(LIMIT).until(() -> ofFirst.acknowledged() > 10 * CLIENTS);
            first.kill();
            int before = ofSecond.acknowledged();
            // Clients that repeat their requests switch to the other host.
            address.set(second.notifications());
            await().atMost(LIMIT).until(() -> ofSecond.acknowledged() > before + 10 * CLIENTS);
            ofFirst.finish();
            ofSecond.finish();

            ofFirst.assertNothingLost();
            ofSecond.assertNothingLost();
            assertThat(ofSecond.refusals()).isEmpty();
        }
    }

    private static String on(int port) {
        return "{ client: pg, connection: { host: 127.0.0.1, port: %d, user: postgres } }".formatted(port);
    }
}
