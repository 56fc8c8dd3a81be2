package dev.belfry.benchmarks.server;

import io.zonky.test.db.postgres.embedded.EmbeddedPostgres;
import java.io.IOException;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.Map;
import javax.sql.DataSource;

/** A PostgreSQL of our own, set up alike for everybody who is measured: commits wait for the disk. */
public final class PostgresServer implements AutoCloseable {

    /** The first two are PostgreSQL's own defaults, which the library that brings the binaries switches off for tests. */
    private static final Map<String, String> SETTINGS = Map.of(
            "fsync", "on",
            "synchronous_commit", "on",
            "shared_buffers", "2GB",
            "effective_cache_size", "8GB",
            "maintenance_work_mem", "1GB",
            "work_mem", "16MB",
            "max_wal_size", "8GB",
            "random_page_cost", "1.1",
            "max_connections", "100",
            "jit", "off");

    /** So many times in a row nothing must be found. */
    private static final int QUIET = 5;

    private static final Duration PAUSE = Duration.ofMillis(50);

    private final EmbeddedPostgres server;

    private PostgresServer(EmbeddedPostgres server) {
        this.server = server;
    }

    public static PostgresServer start(Path folder) throws IOException {
        EmbeddedPostgres.Builder builder = EmbeddedPostgres.builder()
                .setOverrideWorkingDirectory(
                        folder.resolve("postgresql-binaries").toFile())
                .setDataDirectory(folder.resolve("postgresql").toFile())
                .setCleanDataDirectory(true);
        SETTINGS.forEach(builder::setServerConfig);
        return new PostgresServer(builder.start());
    }

    public int port() {
        return server.getPort();
    }

    public DataSource database(String name) {
        return server.getDatabase("postgres", name);
    }

    /** Statements without a schema find Belfry's tables. */
    DataSource databaseOfBelfry(String name) {
        return server.getDatabase("postgres", name, Map.of("currentSchema", "belfry"));
    }

    public void create(String name) throws SQLException {
        execute("create database " + name + " template template0 encoding 'UTF8'");
    }

    public void drop(String name) throws SQLException {
        execute("drop database if exists " + name + " with (force)");
    }

    /**
     * Ends what a database is still at, until nothing comes any more: who asked has gone, and the next who is measured must not
     * wait for it.
     */
    void quieten(String name) throws SQLException, InterruptedException {
        int quiet = 0;
        while (quiet < QUIET) {
            quiet = cancel(name) == 0 ? quiet + 1 : 0;
            Thread.sleep(PAUSE);
        }
    }

    private int cancel(String name) throws SQLException {
        try (Connection connection = server.getPostgresDatabase().getConnection();
                PreparedStatement statement = connection.prepareStatement(
                        "select count(pg_cancel_backend(pid)) from pg_stat_activity where datname = ?"
                                + " and backend_type = 'client backend' and state <> 'idle'")) {
            statement.setString(1, name);
            try (ResultSet count = statement.executeQuery()) {
                count.next();
                return count.getInt(1);
            }
        }
    }

    private void execute(String command) throws SQLException {
        try (Connection connection = server.getPostgresDatabase().getConnection();
                Statement statement = connection.createStatement()) {
            statement.execute(command);
        }
    }

    @Override
    public void close() throws IOException {
        server.close();
    }
}
