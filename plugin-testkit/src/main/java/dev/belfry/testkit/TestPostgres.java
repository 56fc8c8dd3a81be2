package dev.belfry.testkit;

import dev.belfry.host.settings.DatabaseSettings.Division;
import dev.belfry.host.settings.DatabaseSettings.Postgres;
import io.zonky.test.db.postgres.embedded.EmbeddedPostgres;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;

/** One PostgreSQL server for all tests of a JVM, started on first use, with binaries from Maven Central. */
final class TestPostgres {

    private static final String USER = "postgres";

    private final EmbeddedPostgres server;

    private TestPostgres(EmbeddedPostgres server) {
        this.server = server;
    }

    static TestPostgres shared() {
        return Shared.SERVER;
    }

    /** Databases for one test: their names have a unique prefix. */
    Postgres newDatabase() {
        return new Postgres(
                url(),
                USER,
                Optional.empty(),
                "test_" + UUID.randomUUID().toString().replace("-", "") + "_",
                Division.DATABASE,
                true,
                Optional.empty());
    }

    /** Databases as of {@link #newDatabase()}; the one of the plugin exists and is a copy. */
    Postgres copyOf(String template, String pluginId) {
        Postgres copy = newDatabase();
        try (Connection connection = server.getPostgresDatabase().getConnection();
                Statement statement = connection.createStatement()) {
            // PostgreSQL 14 knows no other strategy, and not the word.
            String strategy = connection.getMetaData().getDatabaseMajorVersion() < 15 ? "" : " strategy file_copy";
            statement.execute("create database " + copy.prefix() + pluginId + " template " + template + strategy);
        } catch (SQLException e) {
            throw new IllegalStateException("the database " + template + " cannot be copied", e);
        }
        return copy;
    }

    /** The server's settings for a configuration. */
    Map<String, Object> connection() {
        return Map.of("host", "127.0.0.1", "port", server.getPort(), "user", USER, "database", "postgres");
    }

    private String url() {
        return "jdbc:postgresql://127.0.0.1:" + server.getPort() + "/postgres";
    }

    /** Started on first use of this class, stopped with the JVM. */
    private static final class Shared {
        static final TestPostgres SERVER = start();

        private static TestPostgres start() {
            try {
                // Each host of a test run has its own pools.
                return new TestPostgres(EmbeddedPostgres.builder()
                        .setServerConfig("max_connections", "300")
                        // Nothing has to survive a failure of the machine.
                        .setServerConfig("fsync", "off")
                        .setServerConfig("full_page_writes", "off")
                        .start());
            } catch (IOException e) {
                throw new UncheckedIOException("the embedded PostgreSQL does not start", e);
            }
        }
    }
}
