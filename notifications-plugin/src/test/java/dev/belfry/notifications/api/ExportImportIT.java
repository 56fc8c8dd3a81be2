package dev.belfry.notifications.api;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.InstanceOfAssertFactories.STRING;

import com.fasterxml.jackson.databind.ObjectMapper;
import dev.belfry.api.database.Dialect;
import dev.belfry.cli.BelfryCommand;
import dev.belfry.notifications.NotificationsPlugin;
import dev.belfry.testkit.TestHost;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import picocli.CommandLine;

/** The commands notifications export and import: from a host on SQLite to one on PostgreSQL. */
class ExportImportIT {

    private static final ObjectMapper JSON = new ObjectMapper();
    private static final int MANY = 1200;
    private static final String INBOX = "?messageScope=all&pageSize=0&pageNumber=0";
    private static final String UNREAD = "/count?messageScope=all&read=false";

    private static TestHost source;
    private static TestHost target;

    @TempDir
    private Path folder;

    private final StringWriter out = new StringWriter();
    private final StringWriter err = new StringWriter();

    @BeforeAll
    static void start() {
        source = host(Dialect.SQLITE);
        target = host(Dialect.POSTGRESQL);
    }

    private static TestHost host(Dialect dialect) {
        return TestHost.with(NotificationsPlugin.class)
                .database(dialect)
                .user("mover")
                .user("ada", "team")
                .user("bob", "team")
                .policy(
                        "p, role:default/mover, notifications.export, read, allow",
                        "p, role:default/mover, notifications.import, create, allow",
                        "p, role:default/mover, notifications.create, create, allow",
                        "g, user:default/mover, role:default/mover",
                        "p, role:default/authenticated, notifications.list, read, allow",
                        "p, role:default/authenticated, notifications.update.read, update, allow")
                .start();
    }

    @AfterAll
    static void stop() {
        // In the reverse order: a host checks that no threads are left that it did not find at its start.
        target.close();
        source.close();
    }

    private int run(TestHost host, String user, String... arguments) {
        out.getBuffer().setLength(0);
        err.getBuffer().setLength(0);
        List<String> all = new ArrayList<>(List.of("notifications"));
        all.addAll(List.of(arguments));
        all.addAll(List.of("--url", host.uri("/").toString(), "--token", host.tokenOf(user)));
        CommandLine command = BelfryCommand.commandLine();
        command.setOut(new PrintWriter(out, true));
        command.setErr(new PrintWriter(err, true));
        return command.execute(all.toArray(String[]::new));
    }

    private static String get(TestHost host, String user, String pathAndQuery) {
        HttpResponse<String> answer = host.as(user).get(Setting.BASE + pathAndQuery);
        assertThat(answer.statusCode()).as(answer.body()).isEqualTo(200);
        return answer.body();
    }

    private static void post(String path, String body, String type) {
        HttpResponse<String> answer = source.as("mover")
                .send("POST", Setting.BASE + path, BodyPublishers.ofString(body), Map.of("Content-Type", type));
        assertThat(answer.statusCode()).as(answer.body()).isEqualTo(200);
    }

    private static String notification(int number) {
        String to = switch (number % 4) {
            case 0 -> "";
            case 1 -> ", \"targetUsers\": [\"default/ada\"]";
            case 2 -> ", \"targetGroups\": [\"default/team\"], \"topic\": \"builds\"";
            default ->
                ", \"targetUsers\": [\"default/bob\"], \"targetGroups\": [\"default/team\"],"
                        + " \"message\": \"**Grüße**\\n\", \"format\": \"markdown\","
                        + " \"actions\": [{\"title\": \"Log\", \"url\": \"/log\"}]";
        };
        return "{\"origin\": \"tests\", \"title\": \"n" + number + "\"" + to + "}";
    }

    private static void fillSource() {
        for (int from = 0; from < MANY; from += 600) {
            post(
                    "/batch",
                    IntStream.range(from, from + 600)
                            .mapToObj(ExportImportIT::notification)
                            .collect(Collectors.joining(",", "[", "]")),
                    "application/json");
            // Both halves have unread ones of the other user.
            source.as(from == 0 ? "ada" : "bob")
                    .send("PUT", Setting.BASE + "/read-all?messageScope=all", BodyPublishers.noBody(), Map.of());
        }
    }

    @Test
    void anExportedInboxIsTheSameOnTheOtherDatabase() throws IOException {
        fillSource();
        Path file = folder.resolve("notifications.ndjson");

        assertThat(run(source, "mover", "export", "--output", file.toString()))
                .as(err.toString())
                .isZero();
        assertThat(err.toString()).contains(MANY + " notifications exported");
        assertThat(Files.readAllLines(file)).hasSize(MANY).allMatch(line -> line.startsWith("{\"id\":"));
        assertThat(run(target, "mover", "import", file.toString()))
                .as(err.toString())
                .isZero();
        assertThat(out.toString()).contains(MANY + " notifications stored, 0 were stored before, 0 lines refused");

        assertSameInboxes();
        assertThat(run(target, "mover", "import", file.toString())).isZero();
        assertThat(out.toString()).contains("0 notifications stored, " + MANY + " were stored before");
        assertSameInboxes();
        Path back = folder.resolve("back.ndjson");
        assertThat(run(target, "mover", "export", "--output", back.toString())).isZero();
        assertThat(Files.readAllLines(back).stream().filter(line -> !line.contains("bad-lines")))
                .containsExactlyElementsOf(Files.readAllLines(file));
        assertThat(run(target, "mover", "export", "--output", back.toString())).isEqualTo(2);
        assertThat(err.toString()).contains("exists already");
    }

    private static void assertSameInboxes() {
        for (String user : List.of("ada", "bob", "mover")) {
            assertThat(get(target, user, INBOX)).isEqualTo(get(source, user, INBOX));
            assertThat(get(target, user, UNREAD)).isEqualTo(get(source, user, UNREAD));
        }
    }

    @Test
    void aBadLineIsReportedAndTheOthersAreStored() throws IOException {
        String id = "0195d1c8-0000-7000-8000-00000000000";
        String inAnHour = "%012x"
                .formatted(System.currentTimeMillis() + Duration.ofHours(1).toMillis())
                .replaceFirst("(.{8})", "$1-");
        String good = "{\"id\": \"" + id + "1\", \"isSystem\": false, \"origin\": \"bad-lines\", \"title\": \"x\","
                + " \"targetUsers\": [\"default/gone\"], \"readBy\": [\"default/gone\"]}";
        Path file = Files.write(
                folder.resolve("lines.ndjson"),
                List.of(
                        good,
                        "",
                        "{",
                        good.replace("readBy", "readby"),
                        good.replace(id + "1", "8b2b3c0e-0000-4000-8000-000000000000"),
                        good.replace(id + "1", inAnHour + "-7000-8000-000000000001"),
                        good.replace("\"targetUsers\"", "\"created\": \"2020-01-01T00:00:00Z\", \"targetUsers\""),
                        good.replace("\"targetUsers\": [\"default/gone\"], ", ""),
                        good.replace("\"readBy\": [\"default/gone", "\"readBy\": [\"default/other"),
                        good.replace("\"x\"", "\"another title\""),
                        "{\"id\": \"" + id + "2\", \"readBy\": [\"default/gone\"]}",
                        "{\"id\": \"" + id + "1\", \"readBy\": [\"default/gone\"]}",
                        good));

        assertThat(run(target, "mover", "import", file.toString())).isEqualTo(1);

        assertThat(out.toString()).contains("1 notifications stored, 1 were stored before, 9 lines refused");
        List<String> refused =
                err.toString().lines().filter(line -> line.startsWith("line ")).toList();
        assertThat(refused)
                .containsExactly(
                        "line 3: the line is not valid JSON",
                        "line 4: the field 'readby' is unknown",
                        "line 5: id must be a UUID of version 7, not '8b2b3c0e-0000-4000-8000-000000000000'",
                        refused.get(3),
                        refused.get(4),
                        "line 8: without targets, isSystem must be true: the notification is for everyone",
                        "line 9: readBy: user:default/other is none of the targetUsers, and there are no targetGroups",
                        "line 10: id is in use: a notification with other content is stored in its place",
                        "line 11: a line with id and readBy must follow the notification, and there is none with this id");
        assertThat(err.toString())
                .contains(
                        "line 6: id '" + inAnHour,
                        "is of the future",
                        "line 7: created must be the time that id contains");
    }

    /** A line has at most 5,000 of them. */
    @Test
    void readersThatExceedALineAreOnFurtherPages() throws IOException {
        String id = "0195d1c8-0000-7000-8000-0000000000aa";
        List<String> readers = IntStream.range(0, 6000)
                .mapToObj(number -> "default/reader-%04d".formatted(number))
                .toList();
        String first =
                "{\"id\": \"" + id + "\", \"isSystem\": true, \"origin\": \"tests\", \"title\": \"x\", \"readBy\": "
                        + JSON.writeValueAsString(readers.subList(0, 5000)) + "}";
        String further =
                "{\"id\": \"" + id + "\", \"readBy\": " + JSON.writeValueAsString(readers.subList(5000, 6000)) + "}";
        Path file = Files.write(folder.resolve("readers.ndjson"), List.of(first, further));
        try (TestHost host = host(Dialect.SQLITE)) {
            assertThat(run(host, "mover", "import", file.toString()))
                    .as(err.toString())
                    .isZero();

            List<String> pages = exported(host);

            assertThat(pages).hasSizeGreaterThan(1).first(STRING).contains("\"title\":\"x\"");
            List<String> found = new ArrayList<>();
            for (String line : pages.stream().flatMap(String::lines).toList()) {
                JSON.readTree(line)
                        .path("readBy")
                        .forEach(reader -> found.add(reader.asText().replace("user:", "")));
            }
            assertThat(found).containsExactlyElementsOf(readers);
            assertThat(host.as("mover")
                            .get(Setting.BASE + "/export?reader=default/ada")
                            .statusCode())
                    .isEqualTo(400);
            assertThat(host.as("mover")
                            .get(Setting.BASE + "/export?after=" + id + "&reader=group:default/team")
                            .body())
                    .contains("reader", "a user, such as default/ada");
        }
    }

    private static List<String> exported(TestHost host) {
        List<String> pages = new ArrayList<>();
        Optional<String> query = Optional.of("");
        while (query.isPresent()) {
            HttpResponse<String> page = host.as("mover").get(Setting.BASE + "/export" + query.get());
            assertThat(page.statusCode()).as(page.body()).isEqualTo(200);
            pages.add(page.body());
            query = page.headers().firstValue("Link").map(link -> link.substring(1, link.indexOf('>')));
        }
        return pages;
    }

    @Test
    void withoutThePermissionBothAreRefusedWithTheLineThatAllowsThem() {
        assertThat(run(source, "ada", "export", "--output", folder.resolve("x").toString()))
                .isEqualTo(1);
        assertThat(err.toString()).contains("403", "notifications.export, read, allow");
        assertThat(folder.resolve("x")).doesNotExist();
        assertThat(run(source, "ada", "import", "/dev/null")).isZero();
        assertThat(source.as("ada")
                        .send(
                                "POST",
                                Setting.BASE + "/import",
                                BodyPublishers.ofString("{}"),
                                Map.of("Content-Type", "application/x-ndjson"))
                        .body())
                .contains("notifications.import, create, allow");
    }
}
