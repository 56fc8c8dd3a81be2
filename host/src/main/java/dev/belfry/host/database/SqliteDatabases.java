package dev.belfry.host.database;

import com.zaxxer.hikari.HikariConfig;
import com.zaxxer.hikari.HikariDataSource;
import com.zaxxer.hikari.SQLExceptionOverride;
import dev.belfry.api.database.Dialect;
import dev.belfry.host.files.OwnerOnlyFiles;
import dev.belfry.host.files.SqliteUrl;
import dev.belfry.host.files.UnusableFolder;
import dev.belfry.host.settings.DatabaseSettings.Pool;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.AccessDeniedException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.sqlite.SQLiteConfig;
import org.sqlite.SQLiteConfig.JournalMode;
import org.sqlite.SQLiteConfig.SynchronousMode;
import org.sqlite.SQLiteConfig.TransactionMode;
import org.sqlite.SQLiteDataSource;

/** SQLite: one connection writes, several read concurrently (WAL). */
final class SqliteDatabases {

    private static final List<String> COMPANIONS = List.of("-wal", "-shm");

    /** The first bytes of each file: https://www.sqlite.org/fileformat.html#the_database_header. */
    private static final byte[] HEADER = "SQLite format 3\0".getBytes(StandardCharsets.US_ASCII);

    private static final Duration BUSY_TIMEOUT = Duration.ofSeconds(5);

    /** Longer than a host that runs holds the lock. */
    private static final Duration LOCK_TIMEOUT = Duration.ofSeconds(2);

    private SqliteDatabases() {}

    /**
     * SQLite opens a file read-only when it cannot write to it. The connection stays read-only, and so do others of
     * this process until all are closed.
     */
    private record Reopening(HikariDataSource readers) implements SQLExceptionOverride {
        @java.lang.Override
        public Override adjudicate(SQLException e) {
            return switch (Outages.reasonOf(e).orElse(null)) {
                case READ_ONLY, UNREADABLE -> {
                    readers.getHikariPoolMXBean().softEvictConnections();
                    yield Override.MUST_EVICT;
                }
                case null, default -> Override.CONTINUE_EVICT;
            };
        }
    }

    /** @param elsewhere what to write to use another file, for messages */
    static ConnectionPools file(Path file, String elsewhere, Pool settings, StatementTiming timing)
            throws SQLException {
        requireFile(file, elsewhere);
        requireWritable(file);
        try {
            Path folder = file.toAbsolutePath().getParent();
            if (folder != null) {
                OwnerOnlyFiles.createFolder(folder);
            }
            keepFromOthers(file);
        } catch (IOException e) {
            throw new SQLException(
                    "the database file '" + file + "' cannot be created: " + UnusableFolder.reason(file, e), e);
        }
        String url = SqliteUrl.of(file);
        StatementTimeout limit = SqliteStatementTimeout.of(timing.settings().timeout());
        HikariConfig write = ConnectionPoolFactory.config(
                timing.pluginId() + "-write", source(url, false, settings), limit, settings, 1, timing);
        write.setConnectionInitSql("pragma busy_timeout = " + BUSY_TIMEOUT.toMillis());
        HikariConfig read = ConnectionPoolFactory.config(
                timing.pluginId() + "-read", source(url, true, settings), limit, settings, settings.max(), timing);
        read.setConnectionInitSql("pragma query_only = on");
        HikariDataSource readers = new HikariDataSource(read);
        write.setExceptionOverride(new Reopening(readers));
        HikariDataSource writers = new FilePool(write, new OpenFile(file));
        return new ConnectionPools(
                Dialect.SQLITE,
                writers,
                readers,
                writers,
                limit,
                address(file, elsewhere),
                HostSignals.NONE,
                true,
                false);
    }

    /** SQLite creates its companion files with the permissions of the database file. */
    private static void keepFromOthers(Path file) throws IOException {
        OwnerOnlyFiles.createFile(file);
        for (String companion : COMPANIONS) {
            Path beside = file.resolveSibling(file.getFileName() + companion);
            if (Files.exists(beside)) {
                OwnerOnlyFiles.restrict(beside);
            }
        }
    }

    /** A single connection: an in-memory database belongs to its connection. */
    static ConnectionPools inMemory(Pool settings, StatementTiming timing) {
        StatementTimeout limit = SqliteStatementTimeout.of(timing.settings().timeout());
        SQLiteDataSource source = source("jdbc:sqlite::memory:", false, settings);
        HikariConfig config = ConnectionPoolFactory.config(timing.pluginId(), source, limit, settings, 1, timing);
        config.setMinimumIdle(1);
        config.setIdleTimeout(0);
        config.setMaxLifetime(0);
        HikariDataSource single = new HikariDataSource(config);
        return new ConnectionPools(
                Dialect.SQLITE,
                single,
                single,
                single,
                limit,
                new DatabaseAddress.Sqlite(":memory:", "name a folder by backend.database.connection.directory"),
                HostSignals.NONE,
                true,
                true);
    }

    /** As {@link Databases#describe}. Writes nothing. */
    static String describe(Path file, String elsewhere, PluginFiles plugin, PluginResources files) throws SQLException {
        requireFile(file, elsewhere);
        if (!Files.exists(file)) {
            requireFolder(file);
            return "the file " + file + " does not exist yet, and the host creates it";
        }
        requireWritable(file);
        SQLiteDataSource source = new SQLiteDataSource();
        source.setUrl(SqliteUrl.of(file) + "?mode=ro");
        try (Connection connection = source.getConnection();
                Statement statement = connection.createStatement();
                ResultSet tables = statement.executeQuery(
                        "select count(*), count(*) filter (where name in"
                                + " ('flyway_schema_history', 'belfry_schema_history')) from sqlite_master where type = 'table'")) {
            if (tables.getInt(1) == 0) {
                requireUnlocked(file);
                return "the file " + file + " is empty, and gets the tables";
            }
            SqliteTables.requireHistory(connection, address(file, elsewhere), files.createdTables(Dialect.SQLITE));
            if (tables.getInt(2) == 0) {
                throw new UnusableDatabase(SqliteTables.foreign(address(file, elsewhere)));
            }
            Optional<AppliedMigrations> applied = AppliedMigrations.of(plugin, files, Dialect.SQLITE);
            if (applied.isPresent()) {
                Set<String> found = applied.get().requireMatch(source, address(file, elsewhere));
                SqliteTables.require(connection, address(file, elsewhere), found);
            }
            requireUnlocked(file);
            return "the file " + file + " has the tables of this plugin";
        } catch (SQLException e) {
            throw DatabaseProblem.translated(e, address(file, elsewhere));
        }
    }

    /** Readers of a file in WAL mode do not notice that another process holds the lock for writing. */
    private static void requireUnlocked(Path file) throws SQLException {
        SQLiteConfig config = new SQLiteConfig();
        config.setBusyTimeout((int) LOCK_TIMEOUT.toMillis());
        SQLiteDataSource source = new SQLiteDataSource(config);
        source.setUrl(SqliteUrl.of(file) + "?mode=rw");
        try (Connection connection = source.getConnection();
                Statement statement = connection.createStatement()) {
            statement.execute("begin immediate");
            statement.execute("rollback");
        }
    }

    /** SQLite would open it, and only the first write would fail. */
    private static void requireWritable(Path file) throws UnusableDatabase {
        if (Files.exists(file) && !Files.isWritable(file)) {
            throw new UnusableDatabase(
                    "the database '" + file
                            + "' cannot be written: give the host's user the right to write the file and"
                            + " its folder",
                    Outages.READ_ONLY_TRANSACTION);
        }
    }

    private static void requireFile(Path file, String elsewhere) throws UnusableDatabase {
        Optional<String> deadLink = UnusableFolder.deadLink(file);
        if (deadLink.isPresent()) {
            throw new UnusableDatabase("the database file '" + file + "' cannot be created: " + deadLink.get()
                    + ". Create that, remove the link, or " + elsewhere);
        }
        Path folder = file.toAbsolutePath().getParent();
        if (folder != null && Files.exists(folder) && !Files.isDirectory(folder)) {
            throw new UnusableDatabase("the database file '" + file + "' cannot be created, because '" + folder
                    + "' is a file. To use another one, " + elsewhere);
        }
        if (Files.exists(file) && !Files.isRegularFile(file)) {
            throw new UnusableDatabase("the database file '" + file + "' is not a file. Move it away, or " + elsewhere);
        }
        if (!isDatabase(file)) {
            throw new UnusableDatabase("the file '" + file + "' is not a database of SQLite. Move it away, restore a"
                    + " backup, or " + elsewhere);
        }
    }

    /** Writes nothing: {@code doctor} may run as another user. */
    private static void requireFolder(Path file) throws UnusableDatabase {
        Path folder = UnusableFolder.existing(file);
        if (!Files.isDirectory(folder) || !Files.isWritable(folder)) {
            throw new UnusableDatabase("the database file '" + file + "' cannot be created: "
                    + UnusableFolder.reason(file, new AccessDeniedException(file.toString())));
        }
    }

    /** A file that cannot be read is left to the driver, which says why. */
    private static boolean isDatabase(Path file) {
        if (!Files.isReadable(file)) {
            return true;
        }
        try (InputStream content = Files.newInputStream(file)) {
            byte[] begin = content.readNBytes(HEADER.length);
            return begin.length == 0 || Arrays.equals(begin, HEADER);
        } catch (IOException e) {
            return true;
        }
    }

    private static DatabaseAddress.Sqlite address(Path file, String elsewhere) {
        return new DatabaseAddress.Sqlite(file.toString(), elsewhere);
    }

    private static SQLiteDataSource source(String url, boolean readOnly, Pool settings) {
        SQLiteConfig config = new SQLiteConfig();
        config.setJournalMode(JournalMode.WAL);
        // FULL: a committed transaction survives a power failure, not only a crash of the process.
        config.setSynchronous(SynchronousMode.FULL);
        config.enforceForeignKeys(true);
        // A connection that waits for a lock while it opens fails before the pool gives up, which does not know the
        // reason.
        long opening = settings.acquireTimeout().dividedBy(2).toMillis();
        config.setBusyTimeout((int) Math.min(BUSY_TIMEOUT.toMillis(), opening));
        // IMMEDIATE for the writer: a transaction that reads first and writes later could not wait for the lock.
        config.setTransactionMode(readOnly ? TransactionMode.DEFERRED : TransactionMode.IMMEDIATE);
        SQLiteDataSource source = new SQLiteDataSource(config);
        source.setUrl(url);
        return source;
    }
}
