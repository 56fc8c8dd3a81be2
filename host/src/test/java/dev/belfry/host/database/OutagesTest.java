package dev.belfry.host.database;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import com.zaxxer.hikari.HikariConfig;
import com.zaxxer.hikari.HikariDataSource;
import dev.belfry.api.database.DatabaseUnavailable;
import dev.belfry.api.database.DatabaseUnavailable.Reason;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Real exceptions of drivers and pools. */
class OutagesTest {

    private static final long LIMIT_MILLIS = 3000;

    @TempDir
    private Path folder;

    private String url() {
        return "jdbc:sqlite:" + folder.resolve("test.sqlite");
    }

    private Optional<Reason> ofUpdate(String url, String... statements) throws SQLException {
        try (Connection connection = DriverManager.getConnection(url);
                Statement statement = connection.createStatement()) {
            for (String sql : statements) {
                try {
                    statement.execute(sql);
                } catch (SQLException e) {
                    return Outages.reasonOf(new IllegalStateException("wrapped", e));
                }
            }
        }
        throw new AssertionError("nothing failed");
    }

    @Test
    void aFullDiskIsAnOutage() throws SQLException {
        assertThat(ofUpdate(
                        url(),
                        "create table t (x blob)",
                        "pragma max_page_count = 10",
                        "insert into t values (zeroblob(1000000))"))
                .contains(Reason.DISK_FULL);
    }

    @Test
    void aReadOnlyFileIsAnOutage() throws SQLException {
        try (Connection connection = DriverManager.getConnection(url());
                Statement statement = connection.createStatement()) {
            statement.execute("create table t (x blob)");
        }
        assertThat(ofUpdate(
                        "jdbc:sqlite:file:" + folder.resolve("test.sqlite") + "?mode=ro", "insert into t values (1)"))
                .contains(Reason.READ_ONLY);
    }

    @Test
    void anUnreadableFileIsAnOutage() throws Exception {
        Path directory = Files.createDirectory(folder.resolve("directory"));
        SQLException failure =
                catchThrowableOfType(SQLException.class, () -> DriverManager.getConnection("jdbc:sqlite:" + directory));
        assertThat(Outages.reasonOf(failure)).contains(Reason.UNREADABLE);
    }

    @Test
    void anInvalidStatementIsNotAnOutage() throws SQLException {
        assertThat(ofUpdate(url(), "create tabel t (x)")).isEmpty();
        assertThat(ofUpdate(url(), "create table t (x not null)", "insert into t values (null)"))
                .isEmpty();
    }

    @Test
    void anExhaustedPoolIsAnOutage() throws SQLException {
        HikariConfig config = new HikariConfig();
        config.setJdbcUrl(url());
        config.setMaximumPoolSize(1);
        config.setConnectionTimeout(LIMIT_MILLIS);
        try (HikariDataSource pool = new HikariDataSource(config);
                Connection only = pool.getConnection()) {
            assertThat(only.isClosed()).isFalse();
            SQLException failure = catchThrowableOfType(SQLException.class, pool::getConnection);
            assertThat(Outages.reasonOf(failure)).contains(Reason.BUSY);
        }
    }

    @Test
    void anUnreachableServerIsAnOutage() throws Exception {
        int port;
        try (ServerSocket socket = new ServerSocket(0)) {
            port = socket.getLocalPort();
        }
        HikariConfig config = new HikariConfig();
        config.setJdbcUrl("jdbc:postgresql://127.0.0.1:" + port + "/nothing");
        config.setInitializationFailTimeout(-1);
        config.setConnectionTimeout(LIMIT_MILLIS);
        try (HikariDataSource pool = new HikariDataSource(config)) {
            SQLException failure = catchThrowableOfType(SQLException.class, pool::getConnection);
            assertThat(Outages.reasonOf(failure)).contains(Reason.AWAY);
        }
    }

    @ParameterizedTest
    @CsvSource({
        "57P01, AWAY",
        "08006, AWAY",
        "53300, AWAY",
        "53100, DISK_FULL",
        "57014, STATEMENT_TIMEOUT",
        "25006, READ_ONLY",
        "23505,",
        "42601,"
    })
    void sqlStatesOfPostgresAreMapped(String state, Reason expected) {
        assertThat(Outages.reasonOf(new SQLException("said", state))).isEqualTo(Optional.ofNullable(expected));
    }

    @Test
    void everyReasonHasADescription() {
        assertThat(Stream.of(Reason.values()).map(Reason::description)).doesNotHaveDuplicates();
    }

    @Test
    void theExceptionForPluginsHasTheFailureAsItsCause() {
        SQLException failure = new SQLException("terminating connection", "57P01");

        DatabaseAddress address =
                new DatabaseAddress.Postgres("db.example:5432", "db.example", "bells", "app", null, false);

        DatabaseUnavailable unavailable = Outages.of(failure, address).orElseThrow();

        assertThat(unavailable)
                .hasMessage("the database is away: PostgreSQL at db.example:5432 is stopping")
                .hasCause(failure);
        assertThat(Outages.of(unavailable, address).orElseThrow()).isSameAs(unavailable);
        assertThat(Outages.reasonOf(new IllegalStateException(unavailable))).contains(Reason.AWAY);
    }
}
