package dev.belfry.benchmarks.server;

import io.zonky.test.db.postgres.embedded.EmbeddedPostgres;
import java.io.IOException;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.Map;
import javax.sql.DataSource;

/** A PostgreSQL of our own, set up alike for everybody who is measured: commits wait for the disk. */
public final class PostgresServer implements AutoCloseable {

    private static final Map<String, String> SETTINGS = Map.of(
            "shared_buffers", "2GB",
            "effective_cache_size", "8GB",
            "maintenance_work_mem", "1GB",
            "work_mem", "16MB",
            "max_wal_size", "8GB",
            "random_page_cost", "1.1",
            "max_connections", "100",
            "jit", "off");

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

    public void create(String name) throws SQLException {
        execute("create database " + name + " template template0 encoding 'UTF8'");
    }

    public void drop(String name) throws SQLException {
        execute("drop database if exists " + name + " with (force)");
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
