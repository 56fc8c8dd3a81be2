package dev.belfry.testkit;

import dev.belfry.api.database.Database;
import dev.belfry.api.database.DatabaseUnavailable;
import dev.belfry.api.database.Dialect;
import dev.belfry.api.database.Signals;
import dev.belfry.host.database.Databases;
import dev.belfry.host.settings.DatabaseSettings;
import dev.belfry.host.settings.DatabaseSettings.Connection;
import dev.belfry.host.settings.DatabaseSettings.PluginDatabase;
import dev.belfry.host.settings.DatabaseSettings.Pool;
import dev.belfry.host.settings.DatabaseSettings.Postgres;
import dev.belfry.host.settings.DatabaseSettings.SqliteFolder;
import dev.belfry.host.settings.StatementSettings;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.SQLException;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import javax.sql.DataSource;

/**
 * An empty database, as the host gives to a plugin, for tests of a plugin's storage without a host. Close it to delete
 * it.
 *
 * @since 0.1
 */
public final class TestDatabase implements Database, AutoCloseable {

    private static final String PLUGIN_ID = "test";
    private static final String VERSION = "1.0.0";

    private static final String SQLITE_FILE = "test.sqlite";

    private static final Map<Migrations, String> POSTGRES_TEMPLATES = new ConcurrentHashMap<>();
    private static final Map<Migrations, byte[]> SQLITE_TEMPLATES = new ConcurrentHashMap<>();

    private final Databases databases;
    private final Databases.Lease lease;
    private final Runnable cleanUp;

    private TestDatabase(Connection connection, Path dataDirectory, Class<?> owner, Runnable cleanUp) {
        this.cleanUp = cleanUp;
        Pool pool = new Pool(0, 8, Duration.ofSeconds(10), Duration.ofMinutes(1));
        databases = new Databases(
                new DatabaseSettings(new PluginDatabase(connection, pool), Map.of()),
                StatementSettings.DEFAULT,
                new SimpleMeterRegistry(),
                dataDirectory);
        try {
            lease = databases.open(
                    PLUGIN_ID,
                    VERSION,
                    owner.getProtectionDomain().getCodeSource().getLocation());
        } catch (SQLException e) {
            throw new IllegalStateException("the test database cannot be opened", e);
        }
    }

    /**
     * Creates a database of the given kind.
     *
     * @param owner a class of the plugin; its JAR or folder contains the migrations
     */
    public static TestDatabase of(Dialect dialect, Class<?> owner) {
        return switch (dialect) {
            case SQLITE -> sqlite(TestFolder.create("belfry-sqlite"), owner);
            case POSTGRESQL -> postgres(owner);
        };
    }

    /**
     * Creates a database in which the migrations of a folder have been applied. They run once for each JVM, and every database is a
     * copy.
     *
     * @param owner a class of the plugin; its JAR or folder contains the migrations
     * @param folder as for {@link #migrate(String)}
     * @since 0.2
     */
    public static TestDatabase migrated(Dialect dialect, Class<?> owner, String folder) {
        Migrations migrations = new Migrations(owner, folder);
        return switch (dialect) {
            case SQLITE -> copyOf(SQLITE_TEMPLATES.computeIfAbsent(migrations, TestDatabase::sqliteTemplate), owner);
            case POSTGRESQL ->
                new TestDatabase(
                        TestPostgres.shared()
                                .copyOf(
                                        POSTGRES_TEMPLATES.computeIfAbsent(migrations, TestDatabase::postgresTemplate),
                                        PLUGIN_ID),
                        Path.of(""),
                        owner,
                        () -> {});
        };
    }

    /** The name of a database without connections: PostgreSQL copies no other. */
    private static String postgresTemplate(Migrations migrations) {
        Postgres server = TestPostgres.shared().newDatabase();
        try (TestDatabase database = new TestDatabase(server, Path.of(""), migrations.owner(), () -> {})) {
            database.migrate(migrations.folder());
        }
        return server.prefix() + PLUGIN_ID;
    }

    /** The content of a database file without connections. */
    private static byte[] sqliteTemplate(Migrations migrations) {
        try (TestFolder folder = TestFolder.create("belfry-sqlite")) {
            try (TestDatabase database =
                    new TestDatabase(new SqliteFolder(folder.path()), folder.path(), migrations.owner(), () -> {})) {
                database.migrate(migrations.folder());
            }
            return Files.readAllBytes(folder.path().resolve(SQLITE_FILE));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static TestDatabase copyOf(byte[] template, Class<?> owner) {
        TestFolder folder = TestFolder.create("belfry-sqlite");
        try {
            Files.write(folder.path().resolve(SQLITE_FILE), template);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return sqlite(folder, owner);
    }

    private static TestDatabase sqlite(TestFolder folder, Class<?> owner) {
        return new TestDatabase(new SqliteFolder(folder.path()), folder.path(), owner, folder::close);
    }

    private static TestDatabase postgres(Class<?> owner) {
        return new TestDatabase(TestPostgres.shared().newDatabase(), Path.of(""), owner, () -> {});
    }

    @Override
    public DataSource dataSource() {
        return lease.dataSource();
    }

    @Override
    public DataSource readOnlyDataSource() {
        return lease.readOnlyDataSource();
    }

    @Override
    public Dialect dialect() {
        return lease.dialect();
    }

    @Override
    public void migrate(String folder) {
        lease.migrate(folder);
    }

    @Override
    public Signals signals() {
        return lease.signals();
    }

    @Override
    public Optional<DatabaseUnavailable> unavailability(Throwable failure) {
        return lease.unavailability(failure);
    }

    @Override
    public void close() {
        lease.close();
        databases.close();
        cleanUp.run();
    }

    private record Migrations(Class<?> owner, String folder) {}
}
