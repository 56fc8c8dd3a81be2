package dev.belfry.notifications;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.belfry.api.database.Dialect;
import dev.belfry.testkit.TestHost;
import io.zonky.test.db.postgres.embedded.EmbeddedPostgres;
import java.io.IOException;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Databases of existing installations: the plugin starts beside them, and the statements of the guide bring messages over. */
class FromTheSeedTest {

    private static final Path GUIDE = Path.of("../docs/from-the-seed.md");
    private static final String BASE = "/api/notifications/notifications";
    private static final ObjectMapper JSON = new ObjectMapper();

    /** The tables of the notifications backend of Janus IDP 1.6 as it is published, with some messages: times are strings. */
    private static final String SEED = """
            create table messages (id uuid primary key default gen_random_uuid(), origin varchar(255) not null,
                created varchar(255), title varchar(255) not null, message text, topic varchar(255),
                is_system boolean not null);
            create index messages_created_index on messages (created);
            create table users (message_id uuid not null references messages (id) on delete cascade,
                "user" varchar(255) not null, read boolean default 'false', primary key (message_id, "user"));
            create table groups (message_id uuid not null references messages (id) on delete cascade,
                "group" varchar(255) not null, primary key (message_id, "group"));
            create table actions (id uuid default gen_random_uuid(),
                message_id uuid not null references messages (id) on delete cascade,
                url varchar(255) not null, title varchar(255) not null);
            insert into messages (id, origin, created, title, message, topic, is_system) values
                ('00000000-0000-4000-8000-000000000001', 'ci', '2024-01-02T03:04:05.678Z', 'To Ada', 'ÄRGER', 'builds', false),
                ('00000000-0000-4000-8000-000000000002', 'ci', '2024-01-02T03:04:05.678Z', 'To crew', null, null, false),
                ('00000000-0000-4000-8000-000000000003', 'ci', '2024-01-03T00:00:00.000Z', 'To all', 'm', null, true),
                ('00000000-0000-4000-8000-000000000004', 'ci', '2024-01-04T00:00:00.000Z', 'To both', 'm', null, false);
            insert into users values
                ('00000000-0000-4000-8000-000000000001', 'default/ada', true),
                ('00000000-0000-4000-8000-000000000003', 'default/bob', true),
                ('00000000-0000-4000-8000-000000000004', 'user:default/Ada', false);
            insert into groups values
                ('00000000-0000-4000-8000-000000000002', 'default/crew'),
                ('00000000-0000-4000-8000-000000000004', 'default/crew'),
                ('00000000-0000-4000-8000-000000000004', 'default/team');
            insert into actions (message_id, url, title) values
                ('00000000-0000-4000-8000-000000000001', 'https://ci.example/1', 'Build "1"');""";

    /** As some builds of that backend have it. */
    private static final String WITH_TIMESTAMPS =
            "alter table messages alter column created type timestamptz using created::timestamptz";

    /** The tables that the migrations of Backstage's own plugin create; they fail if a name is taken. */
    private static final String BACKSTAGE = """
            create table knex_migrations (id serial primary key, name varchar(255));
            create table knex_migrations_lock (index serial primary key, is_locked int);
            create table notification (id uuid primary key, "user" varchar(255));
            create index notification_user_idx on notification ("user");
            create table broadcast (id uuid primary key);
            create table broadcast_user_status (broadcast_id uuid not null);
            create table user_settings ("user" varchar(255) not null);""";

    private static EmbeddedPostgres server;

    @BeforeAll
    static void startServer() throws IOException {
        server = EmbeddedPostgres.start();
    }

    @AfterAll
    static void stopServer() throws IOException {
        server.close();
    }

    private static TestHost.Builder host(String prefix) {
        return TestHost.with(NotificationsPlugin.class)
                .database(Dialect.POSTGRESQL)
                .config("backend.database.prefix", prefix)
                .config(
                        "backend.database.connection",
                        Map.of("host", "127.0.0.1", "port", server.getPort(), "user", "postgres"))
                .user("ada", "crew")
                .user("bob", "crew", "team")
                .user("cleo");
    }

    private static void execute(String database, String sql) throws SQLException {
        try (Connection connection = server.getDatabase("postgres", database).getConnection();
                Statement statement = connection.createStatement()) {
            statement.execute(sql);
        }
    }

    private static String statements() throws IOException {
        return code("```sql\n");
    }

    private static String code(String fence) throws IOException {
        String guide = Files.readString(GUIDE);
        int begin = guide.indexOf(fence) + fence.length();
        return guide.substring(begin, guide.indexOf("```", begin));
    }

    private static JsonNode list(TestHost host, String user, String query) throws IOException {
        return JSON.readTree(host.as(user).get(BASE + "?" + query).body());
    }

    private static Stream<String> titles(TestHost host, String user, String query) throws IOException {
        return list(host, user, query).findValuesAsText("title").stream().filter(title -> title.startsWith("To "));
    }

    private static int count(TestHost host, String user, String query) throws IOException {
        return JSON.readTree(host.as(user).get(BASE + "/count?" + query).body())
                .path("count")
                .asInt();
    }

    private static void assertNotificationsOfTheSeed(TestHost host) throws Exception {
        assertThat(titles(host, "ada", "messageScope=all")).containsExactly("To both", "To all", "To crew", "To Ada");
        assertThat(titles(host, "bob", "")).containsExactly("To both", "To crew");
        assertThat(titles(host, "cleo", "messageScope=all")).containsExactly("To all");
        assertThat(titles(host, "ada", "read=true")).containsExactly("To Ada");
        assertThat(titles(host, "bob", "read=true&messageScope=all")).containsExactly("To all");

        JsonNode message = list(host, "ada", "containsText=Ada").path(0);
        assertThat(message.path("created").asText()).isEqualTo("2024-01-02T03:04:05.678Z");
        assertThat(message.path("topic").asText()).isEqualTo("builds");
        assertThat(message.at("/actions/0/title").asText()).isEqualTo("Build \"1\"");
        assertThat(message.at("/actions/0/url").asText()).isEqualTo("https://ci.example/1");
    }

    @Test
    void theStatementsOfTheGuideBringTheMessagesOver() throws Exception {
        String database = "seed_notifications";
        execute("postgres", "create database " + database);
        execute(database, SEED);
        try (TestHost host = host("seed_").start()) {
            assertThat(list(host, "ada", "messageScope=all")).isEmpty();
        }
        execute(database, statements());

        try (TestHost host = host("seed_").start()) {
            assertNotificationsOfTheSeed(host);
            assertThat(count(host, "ada", "read=false&messageScope=all")).isEqualTo(3);
            assertThat(count(host, "ada", "")).isEqualTo(3);
            assertThat(count(host, "bob", "read=false&messageScope=all")).isEqualTo(2);
            assertThat(titles(host, "ada", "containsText=%C3%A4rger")).containsExactly("To Ada");
            assertThat(titles(host, "ada", "containsText=cr")).containsExactly("To crew");

            JsonNode ofCrew = list(host, "ada", "containsText=crew").path(0);
            assertThat(host.as("ada")
                            .send(
                                    "PUT",
                                    BASE + "/read?read=true&messageId="
                                            + ofCrew.path("id").asText(),
                                    BodyPublishers.noBody(),
                                    Map.of())
                            .statusCode())
                    .isEqualTo(200);
            assertThat(count(host, "ada", "read=false&messageScope=all")).isEqualTo(2);
        }
        assertThatThrownBy(() -> execute(database, statements()))
                .as("a second import")
                .hasMessageContaining("duplicate key");

        execute(database, WITH_TIMESTAMPS);
        assertThatThrownBy(() -> execute(database, statements()))
                .as("a second import, with the same times as timestamps")
                .hasMessageContaining("duplicate key");
    }

    @Test
    void theStatementOfTheGuideReadsASqliteFile(@TempDir Path folder) throws Exception {
        List<String> lines = new ArrayList<>();
        try (Connection connection = DriverManager.getConnection("jdbc:sqlite:" + folder.resolve("seed.sqlite"));
                Statement statement = connection.createStatement()) {
            // SQLite has no function for UUIDs; the old backend makes them.
            for (String sql : SEED.replace("default gen_random_uuid()", "default (hex(randomblob(16)))")
                    .split(";")) {
                statement.execute(sql);
            }
            statement.execute(
                    "insert into messages (id, origin, created, title, is_system) values"
                            + " ('00000000-0000-4000-8000-000000000005', 'ci', '2024-01-05T00:00:00.000Z', 'To nobody', false)");
            try (ResultSet row = statement.executeQuery(code("```sqlite\n"))) {
                while (row.next()) {
                    lines.add(row.getString(1));
                }
            }
        }

        try (TestHost host = TestHost.with(NotificationsPlugin.class)
                .user("ada", "crew")
                .user("bob", "crew", "team")
                .user("cleo")
                .user("mover")
                .policy(
                        "p, role:default/mover, notifications.import, create, allow",
                        "g, user:default/mover, role:default/mover",
                        "p, role:default/authenticated, notifications.list, read, allow")
                .start()) {
            for (int imports = 0; imports < 2; imports++) {
                HttpResponse<String> imported = host.as("mover")
                        .send(
                                "POST",
                                BASE + "/import",
                                BodyPublishers.ofString(String.join("\n", lines) + "\n"),
                                Map.of("Content-Type", "application/x-ndjson"));
                assertThat(imported.statusCode()).as(imported.body()).isEqualTo(200);
                assertThat(imported.body())
                        .isEqualTo(
                                imports == 0
                                        ? "{\"stored\":4,\"present\":0,\"refused\":[]}"
                                        : "{\"stored\":0,\"present\":4,\"refused\":[]}");
            }
            assertNotificationsOfTheSeed(host);
        }
    }

    @Test
    void backstagesOwnPluginCanFollowInTheSameDatabase() throws Exception {
        try (TestHost host = host("core_").start()) {
            execute("core_notifications", BACKSTAGE);
            host.as("ada").post(BASE, "{\"origin\":\"o\",\"title\":\"To Ada\",\"targetUsers\":[\"default/ada\"]}");

            assertThat(titles(host, "ada", "")).containsExactly("To Ada");
        }
    }

    @Test
    void backstagesOwnPluginCanComeFirst() throws Exception {
        execute("postgres", "create database first_notifications");
        execute("first_notifications", BACKSTAGE);
        try (TestHost host = host("first_").start()) {
            host.as("ada").post(BASE, "{\"origin\":\"o\",\"title\":\"To Ada\",\"targetUsers\":[\"default/ada\"]}");

            assertThat(titles(host, "ada", "")).containsExactly("To Ada");
        }
    }
}
