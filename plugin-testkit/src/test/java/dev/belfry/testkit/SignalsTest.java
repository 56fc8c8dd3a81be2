package dev.belfry.testkit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import dev.belfry.api.database.Dialect;
import dev.belfry.api.database.Signals;
import dev.belfry.host.database.Databases;
import dev.belfry.host.settings.DatabaseSettings;
import dev.belfry.host.settings.DatabaseSettings.Division;
import dev.belfry.host.settings.DatabaseSettings.PluginDatabase;
import dev.belfry.host.settings.DatabaseSettings.Pool;
import dev.belfry.host.settings.DatabaseSettings.Postgres;
import dev.belfry.host.settings.StatementSettings;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.net.URL;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Two hosts with one database. */
class SignalsTest {

    private static final URL HERE =
            SignalsTest.class.getProtectionDomain().getCodeSource().getLocation();

    private final Queue<String> received = new ConcurrentLinkedQueue<>();
    private Databases oneHost;
    private Databases otherHost;
    private Databases.Lease one;
    private Databases.Lease other;

    @BeforeEach
    void start() throws SQLException {
        Postgres server = TestPostgres.shared().newDatabase();
        oneHost = host(server);
        otherHost = host(server);
        one = oneHost.open("bells", "1.0.0", HERE);
        other = otherHost.open("bells", "1.0.0", HERE);
    }

    @AfterEach
    void stop() {
        one.close();
        other.close();
        oneHost.close();
        otherHost.close();
    }

    @Test
    void theOtherHostReceivesASignal() {
        one.signals().listen("ring", () -> received.add("one"));
        other.signals().listen("ring", () -> received.add("other"));
        awaitConnected(2);

        one.signals().send("paint");
        one.signals().send("ring");

        await().until(() -> !received.isEmpty());
        other.signals().send("ring");
        await().until(() -> received.contains("one"));
        assertThat(received).containsExactly("other", "one");
    }

    @Test
    void anotherPluginInTheDatabaseReceivesNothing() throws SQLException {
        Postgres server = TestPostgres.shared().newDatabase();
        Postgres schemas = new Postgres(
                server.jdbcUrl(), server.user(), server.password(), "", Division.SCHEMA, true, Optional.empty());
        try (Databases hosts = host(schemas);
                Databases others = host(schemas);
                Databases.Lease sender = hosts.open("bells", "1.0.0", HERE);
                Databases.Lease same = others.open("bells", "1.0.0", HERE);
                Databases.Lease stranger = others.open("paint", "1.0.0", HERE)) {
            stranger.signals().listen("ring", () -> received.add("stranger"));
            same.signals().listen("ring", () -> received.add("other"));
            awaitConnected(2);

            sender.signals().send("ring");

            await().until(() -> !received.isEmpty());
            assertThat(received).containsExactly("other");
        }
    }

    @Test
    void aLostConnectionIsReplacedAndListenersAreCalled() throws SQLException {
        other.signals().listen("ring", () -> received.add("other"));
        awaitConnected(1);

        try (Connection connection = one.dataSource().getConnection();
                Statement statement = connection.createStatement()) {
            statement.execute("select pg_terminate_backend(pid) from pg_stat_activity"
                    + " where datname = current_database() and pid <> pg_backend_pid()");
        }

        await().atMost(Duration.ofSeconds(30)).until(() -> !received.isEmpty());
        received.clear();
        one.signals().send("ring");
        await().until(() -> !received.isEmpty());
    }

    @Test
    void aPluginThatHasStoppedReceivesNothing() throws SQLException {
        try (Databases.Lease next = otherHost.open("bells", "1.1.0", HERE)) {
            other.signals().listen("ring", () -> received.add("old"));
            awaitConnected(1);
            next.signals().listen("ring", () -> received.add("new"));
            other.close();

            one.signals().send("ring");

            await().until(() -> !received.isEmpty());
            assertThat(received).containsExactly("new");
        }
    }

    @Test
    void aTopicHasAForm() {
        assertThatThrownBy(() -> one.signals().send("Ring the bell"))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("'Ring the bell'");
    }

    @Test
    void sqliteHasNoOtherHosts() {
        try (TestDatabase database = TestDatabase.of(Dialect.SQLITE, SignalsTest.class)) {
            Signals signals = database.signals();
            signals.listen("ring", () -> received.add("self"));
            signals.send("ring");
            assertThat(received).isEmpty();
        }
    }

    /** Each listener is called once when its host begins to listen. */
    private void awaitConnected(int calls) {
        await().until(() -> received.size() == calls);
        received.clear();
    }

    private static Databases host(Postgres server) {
        return new Databases(
                new DatabaseSettings(
                        new PluginDatabase(server, new Pool(0, 2, Duration.ofSeconds(10), Duration.ofMinutes(1))),
                        Map.of()),
                StatementSettings.DEFAULT,
                new SimpleMeterRegistry(),
                Path.of(""));
    }
}
