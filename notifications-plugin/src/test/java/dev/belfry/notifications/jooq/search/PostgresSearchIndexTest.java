package dev.belfry.notifications.jooq.search;

import static dev.belfry.notifications.storage.contract.Samples.NOON;
import static dev.belfry.notifications.storage.contract.Samples.id;
import static dev.belfry.notifications.storage.contract.Samples.recipient;
import static dev.belfry.notifications.storage.contract.Samples.system;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.read.ListAppender;
import dev.belfry.api.database.Database;
import dev.belfry.api.database.DatabaseUnavailable;
import dev.belfry.api.database.Dialect;
import dev.belfry.api.database.Signals;
import dev.belfry.host.database.Databases;
import dev.belfry.host.settings.DatabaseSettings;
import dev.belfry.host.settings.DatabaseSettings.Division;
import dev.belfry.host.settings.DatabaseSettings.PluginDatabase;
import dev.belfry.host.settings.DatabaseSettings.Pool;
import dev.belfry.host.settings.DatabaseSettings.Postgres;
import dev.belfry.host.settings.StatementSettings;
import dev.belfry.notifications.jooq.JooqNotificationStore;
import dev.belfry.notifications.storage.AddressedNotification;
import dev.belfry.notifications.storage.Addressees;
import dev.belfry.notifications.storage.Filter;
import dev.belfry.notifications.storage.Order;
import dev.belfry.notifications.storage.Recipient;
import dev.belfry.notifications.storage.Scope;
import dev.belfry.testkit.TestDatabase;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.IntStream;
import javax.sql.DataSource;
import org.jooq.DSLContext;
import org.jooq.SQLDialect;
import org.jooq.impl.DSL;
import org.jooq.tools.jdbc.SingleConnectionDataSource;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.postgresql.ds.PGSimpleDataSource;

/** The search index on PostgreSQL: without the extension, with various ctypes, and while its creation takes long. */
class PostgresSearchIndexTest {

    private static final Duration LIMIT = Duration.ofSeconds(30);

    /** More notifications than are read before the index is used. */
    private static final int NEWER = 700;

    private static final List<String> TITLES = List.of("Ärger in Zürich", "ПРИВЕТ мир", "Café 中文消息", "plain words");
    private static final Recipient ADA = recipient("ada");

    private final ListAppender<ILoggingEvent> log = new ListAppender<>();
    private final Logger logger = (Logger) org.slf4j.LoggerFactory.getLogger(PostgresSearchIndex.class);
    private final TestDatabase server = TestDatabase.of(Dialect.POSTGRESQL, JooqNotificationStore.class);
    private final String url = url(server);

    /** The same database through another data source. */
    private record Seen(Database database, DataSource dataSource) implements Database {
        @Override
        public DataSource readOnlyDataSource() {
            return dataSource;
        }

        @Override
        public Dialect dialect() {
            return database.dialect();
        }

        @Override
        public void migrate(String folder) {
            database.migrate(folder);
        }

        @Override
        public Signals signals() {
            return database.signals();
        }

        @Override
        public Optional<DatabaseUnavailable> unavailability(Throwable failure) {
            return database.unavailability(failure);
        }
    }

    @BeforeEach
    void listen() {
        log.start();
        logger.addAppender(log);
    }

    @AfterEach
    void close() {
        logger.detachAppender(log);
        server.close();
    }

    private static String url(Database database) {
        try (Connection connection = database.dataSource().getConnection()) {
            return connection.getMetaData().getURL();
        } catch (SQLException e) {
            throw new IllegalStateException(e);
        }
    }

    private static void execute(DataSource source, String... statements) throws SQLException {
        try (Connection connection = source.getConnection();
                Statement statement = connection.createStatement()) {
            for (String sql : statements) {
                statement.execute(sql);
            }
        }
    }

    private static Object ask(DataSource source, String query) throws SQLException {
        try (Connection connection = source.getConnection();
                Statement statement = connection.createStatement();
                ResultSet rows = statement.executeQuery(query)) {
            return rows.next() ? rows.getObject(1) : "nothing";
        }
    }

    /** Sends the titles first, and then so many others that the newest notifications do not contain them. */
    private static void send(JooqNotificationStore store) {
        List<AddressedNotification> notifications = new ArrayList<>();
        for (String title : TITLES) {
            notifications.add(
                    new AddressedNotification(system(id(NOON, notifications.size()), title), Addressees.EVERYONE));
        }
        IntStream.range(0, NEWER)
                .mapToObj(i -> system(id(NOON.plusSeconds(1), i), "something else"))
                .forEach(newer -> notifications.add(new AddressedNotification(newer, Addressees.EVERYONE)));
        store.save(notifications, null);
    }

    private static List<String> found(JooqNotificationStore store, String text) {
        Filter filter = new Filter(Scope.ALL, text, null, null);
        List<String> titles = store.page(ADA, filter, Order.NEWEST_FIRST, 0, 10).items().stream()
                .map(item -> item.notification().content().title())
                .toList();
        assertThat(store.count(ADA, filter)).isEqualTo(titles.size());
        return titles;
    }

    private static void assertFindsEveryWord(JooqNotificationStore store) {
        assertThat(found(store, "ärger")).containsExactly(TITLES.get(0));
        assertThat(found(store, "ÄRGER IN ZÜRICH")).containsExactly(TITLES.get(0));
        assertThat(found(store, "zürich")).containsExactly(TITLES.get(0));
        assertThat(found(store, "rich")).containsExactly(TITLES.get(0));
        assertThat(found(store, "привет")).containsExactly(TITLES.get(1));
        assertThat(found(store, "МИР")).containsExactly(TITLES.get(1));
        assertThat(found(store, "afé 中")).containsExactly(TITLES.get(2));
        assertThat(found(store, "文消息")).containsExactly(TITLES.get(2));
        assertThat(found(store, "Plain")).containsExactly(TITLES.get(3));
        assertThat(found(store, "nowhere")).isEmpty();
    }

    @Test
    void withoutTheExtensionAWarningIsLoggedOnceAndSearchesFindAll() throws SQLException {
        server.migrate(JooqNotificationStore.MIGRATIONS);
        String role = "clerk_" + Integer.toHexString(url.hashCode());
        execute(
                server.dataSource(),
                "create role " + role + " login",
                "grant usage on schema belfry to " + role,
                "grant select, insert, update, delete on all tables in schema belfry to " + role);
        PGSimpleDataSource clerk = new PGSimpleDataSource();
        clerk.setUrl(url);
        clerk.setCurrentSchema("belfry");
        clerk.setUser(role);
        JooqNotificationStore store = new JooqNotificationStore(new Seen(server, clerk));
        send(store);

        store.prepareSearch();
        store.prepareSearch();

        assertThat(log.list).hasSize(1);
        assertThat(log.list.getFirst().getFormattedMessage())
                .contains("permission denied to create extension \"pg_trgm\"")
                .contains("create extension pg_trgm");
        assertFindsEveryWord(store);

        execute(server.dataSource(), "create extension pg_trgm", "alter table notification owner to " + role);
        execute(server.dataSource(), "grant create on schema belfry to " + role);
        store.prepareSearch();
        assertThat(isIndexed(clerk))
                .as("as soon as the role has the permission")
                .isTrue();
        assertFindsEveryWord(store);
    }

    @Test
    void anOutageIsNotTakenForAMissingRight() throws SQLException {
        String role = "queued_" + Integer.toHexString(url.hashCode());
        execute(server.dataSource(), "create role " + role + " login connection limit 0");
        PGSimpleDataSource full = new PGSimpleDataSource();
        full.setUrl(url);
        full.setUser(role);
        DSLContext sql = DSL.using(full, SQLDialect.POSTGRES);
        PostgresSearchIndex index = new PostgresSearchIndex(sql, sql, server);

        assertThatThrownBy(index::prepare)
                .isInstanceOfSatisfying(
                        DatabaseUnavailable.class,
                        outage -> assertThat(outage.reason()).isEqualTo(DatabaseUnavailable.Reason.AWAY));
        assertThat(log.list).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(strings = {"C", "C.UTF-8"})
    void searchesFindAllWithEveryCtype(String ctype) throws SQLException {
        String name = "ctype_" + Integer.toHexString((url + ctype).hashCode());
        execute(
                server.dataSource(),
                "create database " + name + " template template0 encoding 'UTF8' locale_provider libc lc_collate '"
                        + ctype + "' lc_ctype '" + ctype + "'");
        Postgres settings =
                new Postgres(url, "postgres", Optional.empty(), "", Division.DATABASE, false, Optional.of(name));
        Pool pool = new Pool(0, 4, Duration.ofSeconds(10), Duration.ofMinutes(1));
        try (Databases databases = new Databases(
                        new DatabaseSettings(new PluginDatabase(settings, pool), Map.of()),
                        StatementSettings.DEFAULT,
                        new SimpleMeterRegistry(),
                        java.nio.file.Path.of(""));
                Databases.Lease lease = databases.open(
                        "test",
                        "1.0.0",
                        JooqNotificationStore.class
                                .getProtectionDomain()
                                .getCodeSource()
                                .getLocation())) {
            lease.migrate(JooqNotificationStore.MIGRATIONS);
            assertThat(ask(lease.dataSource(), "select datctype from pg_database where datname = current_database()"))
                    .isEqualTo(ctype);
            JooqNotificationStore store = new JooqNotificationStore(lease);
            send(store);
            store.prepareSearch();

            assertThat(isIndexed(lease.dataSource())).isTrue();
            assertFindsEveryWord(store);
        }
    }

    /** The job that creates the index runs some time after the start. A search before that must not read everything. */
    @Test
    void anExistingIndexIsUsedFromTheFirstSearch() throws SQLException {
        server.migrate(JooqNotificationStore.MIGRATIONS);
        JooqNotificationStore maker = new JooqNotificationStore(server);
        send(maker);
        maker.prepareSearch();
        assertThat(isIndexed(server.dataSource())).isTrue();
        // Otherwise such a small table is scanned.
        execute(
                server.dataSource(),
                "do $$ begin execute format('alter database %I set enable_seqscan = off', current_database()); end $$");
        PGSimpleDataSource fresh = new PGSimpleDataSource();
        fresh.setUrl(url);
        fresh.setCurrentSchema("belfry");
        fresh.setUser("postgres");

        assertThat(found(new JooqNotificationStore(new Seen(server, fresh)), "zürich"))
                .containsExactly(TITLES.getFirst());

        await().atMost(LIMIT)
                .until(() -> Boolean.TRUE.equals(ask(
                        server.dataSource(),
                        "select idx_scan > 0 from pg_stat_user_indexes where indexrelname = 'notification_folded'")));
    }

    private static boolean isIndexed(DataSource source) throws SQLException {
        return Boolean.TRUE.equals(
                ask(source, "select indisvalid from pg_index where indexrelid = to_regclass('notification_folded')"));
    }

    /** Creating an index waits for writers, so the statement timeout of requests does not apply. */
    @Test
    void creatingTheIndexHasNoStatementTimeout() throws Exception {
        server.migrate(JooqNotificationStore.MIGRATIONS);
        try (Connection own = server.dataSource().getConnection();
                Connection writer = server.dataSource().getConnection();
                Statement writing = writer.createStatement();
                ExecutorService threads = Executors.newSingleThreadExecutor()) {
            DataSource limited = new SingleConnectionDataSource(own);
            execute(limited, "set statement_timeout = 200");
            JooqNotificationStore store = new JooqNotificationStore(new Seen(server, limited));
            writer.setAutoCommit(false);
            writing.execute("lock table notification in row exclusive mode");

            Future<?> making = threads.submit(store::prepareSearch);
            await().atMost(LIMIT)
                    .until(() -> Boolean.TRUE.equals(ask(
                            server.dataSource(),
                            "select count(*) > 0 from pg_stat_activity where query like 'create index concurrently%'"
                                    + " and datname = current_database()"
                                    + " and clock_timestamp() - query_start > interval '1 s'")));
            assertThat(making.isDone()).isFalse();
            writer.commit();
            making.get();

            assertThat(log.list).isEmpty();
            assertThat(isIndexed(server.dataSource())).isTrue();
            assertThat(ask(limited, "show statement_timeout")).as("restored").isEqualTo("200ms");
        }
    }
}
