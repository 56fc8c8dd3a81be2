package dev.belfry.host.hostdatabase;

import static org.assertj.core.api.Assertions.assertThat;

import dev.belfry.api.catalog.EntityRef;
import dev.belfry.host.Belfry;
import dev.belfry.host.access.SigningKeys.SigningKey;
import dev.belfry.host.database.Databases;
import dev.belfry.host.session.Session;
import dev.belfry.host.settings.DatabaseSettings;
import dev.belfry.host.settings.DatabaseSettings.Division;
import dev.belfry.host.settings.DatabaseSettings.PluginDatabase;
import dev.belfry.host.settings.DatabaseSettings.Pool;
import dev.belfry.host.settings.DatabaseSettings.Postgres;
import dev.belfry.host.settings.DatabaseSettings.SqliteFolder;
import dev.belfry.host.settings.StatementSettings;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.zonky.test.db.postgres.embedded.EmbeddedPostgres;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** The tables of the host, on both databases. */
class HostDatabaseTest {

    private static final Instant NOW = Instant.parse("2026-11-24T12:00:00.123Z");
    private static final EntityRef ADA = EntityRef.user("default", "ada");
    private static final EntityRef BOB = EntityRef.user("default", "bob");
    private static final Pool POOL = new Pool(0, 2, Duration.ofSeconds(5), Duration.ofSeconds(30));

    private static EmbeddedPostgres server;

    @TempDir
    private Path folder;

    /** The two databases. */
    enum Kind {
        SQLITE,
        POSTGRESQL
    }

    @BeforeAll
    static void startServer() throws IOException {
        server = EmbeddedPostgres.start();
    }

    @AfterAll
    static void stopServer() throws IOException {
        server.close();
    }

    private Databases databases(Kind kind) {
        DatabaseSettings.Connection connection = kind == Kind.SQLITE
                ? new SqliteFolder(folder)
                : new Postgres(
                        "jdbc:postgresql://127.0.0.1:" + server.getPort() + "/postgres",
                        "postgres",
                        Optional.empty(),
                        "backstage_plugin_",
                        Division.DATABASE,
                        true,
                        Optional.empty());
        return new Databases(
                new DatabaseSettings(new PluginDatabase(connection, POOL), Map.of()),
                new StatementSettings(Duration.ofSeconds(1), Duration.ofSeconds(10)),
                new SimpleMeterRegistry(),
                folder);
    }

    private static HostDatabase host(Databases databases) {
        return new HostDatabase(
                databases,
                "1.0.0",
                Belfry.class.getProtectionDomain().getCodeSource().getLocation());
    }

    private static Session session(String id, EntityRef user, Instant lastSeen) {
        return new Session(id, user, "oidc", NOW, lastSeen, NOW.plus(Session.LONGEST), "token of " + id);
    }

    @ParameterizedTest
    @EnumSource(Kind.class)
    void sessionsAreStoredFoundAndDeleted(Kind kind) {
        try (Databases databases = databases(kind);
                HostDatabase database = host(databases)) {
            SessionTable table = new SessionTable(database);
            assertThat(database.isOpen()).isFalse();
            Session first = session("first", ADA, NOW);
            table.add(first);
            table.add(session("second", ADA, NOW));
            table.add(session("old", ADA, NOW.minus(Session.IDLE).minusMillis(1)));
            table.add(session("bob", BOB, NOW));
            assertThat(database.isOpen()).isTrue();

            assertThat(table.find("first")).contains(first);
            assertThat(table.find("third")).isEmpty();

            table.touch("first", NOW.plusSeconds(9));
            table.touch("third", NOW);
            assertThat(table.find("first")).contains(session("first", ADA, NOW.plusSeconds(9)));

            table.deleteExpired(NOW.minus(Session.IDLE), NOW);
            assertThat(table.find("old")).isEmpty();
            assertThat(table.users()).containsExactlyInAnyOrder(ADA, BOB);
            assertThat(table.deleteAll(ADA)).containsExactlyInAnyOrder("first", "second");
            assertThat(table.find("first")).isEmpty();
            assertThat(table.users()).containsExactly(BOB);
            assertThat(table.find("bob")).isPresent();
            table.delete("bob");
            assertThat(table.find("bob")).isEmpty();
        }
    }

    @ParameterizedTest
    @EnumSource(Kind.class)
    void hostsWithOneDatabaseShareTheirKeys(Kind kind) {
        try (Databases databases = databases(kind);
                HostDatabase database = host(databases)) {
            new SigningKeyTable(database).add(new SigningKey("a", "{\"kty\":\"EC\"}", NOW));
            try (Databases others = databases(kind);
                    HostDatabase other = host(others)) {
                SigningKeyTable keys = new SigningKeyTable(other);
                keys.add(new SigningKey("b", "{}", NOW.plusSeconds(1)));
                assertThat(keys.all())
                        .containsExactly(
                                new SigningKey("b", "{}", NOW.plusSeconds(1)),
                                new SigningKey("a", "{\"kty\":\"EC\"}", NOW));

                keys.deleteOlderThan(NOW.plusMillis(1));
            }
            assertThat(new SigningKeyTable(database).all())
                    .extracting(SigningKey::id)
                    .containsExactly("b");
        }
    }
}
