package dev.belfry.host.catalog;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import dev.belfry.api.Secret;
import dev.belfry.api.catalog.EntityRef;
import dev.belfry.host.CapturedLog;
import dev.belfry.host.RunningHost;
import dev.belfry.host.catalog.YamlCatalog.Network;
import dev.belfry.host.catalogsources.CatalogSources;
import dev.belfry.host.settings.CatalogPlace.AtUrl;
import dev.belfry.host.settings.CatalogSettings;
import dev.belfry.host.settings.CatalogSettings.Location;
import dev.belfry.host.settings.IntegrationSettings;
import dev.belfry.host.settings.IntegrationSettings.Github;
import dev.belfry.host.threads.HostThreads;
import dev.belfry.host.watch.FileWatch;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.URI;
import java.net.http.HttpClient;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Files at URLs, on a real server. */
class RemoteCatalogTest {

    private static final String UNKNOWN =
            "Its users and groups are unknown; policy lines for them have no effect, also if they deny";

    private static final EntityRef ADA = EntityRef.user("default", "ada");
    private static final EntityRef BOB = EntityRef.user("default", "bob");

    @TempDir
    Path folder;

    private final HttpClient client = HttpClient.newHttpClient();
    private final HostThreads threads = new HostThreads();
    private final FileWatch watch = new FileWatch(threads);
    private final Map<String, String> files = new ConcurrentHashMap<>();
    private final List<String> requests = new CopyOnWriteArrayList<>();
    private HttpServer server;
    private Duration patience = Duration.ofMinutes(1);
    private volatile int absent = 404;

    @BeforeEach
    void start() throws IOException {
        server = HttpServer.create(new InetSocketAddress("127.0.0.1", 0), 0);
        server.createContext("/", this::respond);
        server.start();
    }

    @AfterEach
    void stop() {
        watch.close();
        server.stop(0);
        client.close();
    }

    private void respond(HttpExchange exchange) throws IOException {
        String path = exchange.getRequestURI().toString();
        requests.add(path + " " + exchange.getRequestHeaders().getFirst("Authorization") + " "
                + exchange.getRequestHeaders().getFirst("If-None-Match"));
        String text = files.get(path);
        String tag = text == null ? "" : "\"" + text.hashCode() + "\"";
        if (text == null) {
            exchange.sendResponseHeaders(absent, -1);
        } else if (tag.equals(exchange.getRequestHeaders().getFirst("If-None-Match"))) {
            exchange.sendResponseHeaders(304, -1);
        } else {
            byte[] body = text.getBytes(StandardCharsets.UTF_8);
            exchange.getResponseHeaders().set("ETag", tag);
            exchange.getResponseHeaders()
                    .set("Content-Type", text.startsWith("<") ? "text/html; charset=utf-8" : "text/plain");
            exchange.sendResponseHeaders(200, body.length);
            exchange.getResponseBody().write(body);
        }
        exchange.close();
    }

    private URI uri(String path) {
        return URI.create("http://127.0.0.1:" + server.getAddress().getPort() + path);
    }

    private YamlCatalog open(Duration interval, IntegrationSettings integrations, String path) {
        CatalogSettings settings = new CatalogSettings(
                List.of(new Location(
                        new AtUrl(uri(path)), Set.of("user", "group", "location"), "app.yaml:3", List.of())),
                false,
                interval,
                integrations,
                Optional.empty());
        return YamlCatalog.open(
                settings,
                new CatalogSources(),
                watch,
                new Network(folder.resolve("catalog"), () -> client, threads, patience));
    }

    private YamlCatalog open(String path) {
        return open(Duration.ofMillis(100), new IntegrationSettings(List.of(), List.of()), path);
    }

    private static String user(String name) {
        return "kind: User\nmetadata: {name: " + name + "}\n";
    }

    @Test
    void aFileIsFetchedAgainAtTheIntervalByItsETag() {
        files.put("/users.yaml", user("ada"));
        try (YamlCatalog catalog = open("/users.yaml")) {
            assertThat(catalog.contains(ADA)).isTrue();
            await().untilAsserted(() -> assertThat(requests)
                    .anySatisfy(request ->
                            assertThat(request).endsWith("\"" + user("ada").hashCode() + "\"")));

            files.put("/users.yaml", user("bob"));
            await().untilAsserted(() -> assertThat(catalog.contains(BOB)).isTrue());
            assertThat(catalog.contains(ADA)).isFalse();
        }
    }

    @Test
    void theCopyIsUsedWhileTheServerIsAway() throws Exception {
        files.put("/users.yaml", user("ada"));
        open("/users.yaml").close();
        try (Stream<Path> copies = Files.list(folder.resolve("catalog"))) {
            assertThat(copies)
                    .singleElement()
                    .satisfies(copy -> assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(copy)))
                            .isEqualTo("rw-------"));
        }
        CapturedLog log = CapturedLog.of(RemoteFiles.class);
        server.stop(0);

        try (YamlCatalog catalog = open("/users.yaml")) {
            assertThat(catalog.contains(ADA)).isTrue();
            await().untilAsserted(() -> assertThat(log.messages())
                    .singleElement()
                    .asString()
                    .contains("/users.yaml cannot be fetched", "The last copy stays in use"));
            assertThat(catalog.contains(ADA)).isTrue();
            assertThat(threads.obstacles()).isEmpty();
        }
    }

    @Test
    void aFileThatTheServerCannotGiveYetIsAnObstacleUntilItIsRead() {
        absent = 503;
        CapturedLog log = CapturedLog.of(RemoteFiles.class);
        try (YamlCatalog catalog = open("/users.yaml?sig=s1gnature")) {
            assertThat(threads.obstacles())
                    .containsExactly("files of the catalog have not been read yet: " + uri("/users.yaml"));
            assertThat(log.messages())
                    .containsExactly("app.yaml:3: " + uri("/users.yaml")
                            + " cannot be fetched: the server responds with status 503. " + UNKNOWN
                            + ". The host is not ready until the file is read, for at most a minute");

            files.put("/users.yaml?sig=s1gnature", user("ada"));
            await().untilAsserted(() -> assertThat(catalog.contains(ADA)).isTrue());
            assertThat(threads.obstacles()).isEmpty();
        }
    }

    @Test
    void anOutageThatStaysCostsItsFileAfterAWhile() {
        absent = 503;
        patience = Duration.ofMillis(1);
        CapturedLog log = CapturedLog.of(RemoteFiles.class);
        try (YamlCatalog catalog = open("/users.yaml")) {
            await().untilAsserted(() -> assertThat(log.messages())
                    .contains("app.yaml:3: " + uri("/users.yaml") + " has not been read within 0 s: the host is ready"
                            + " without its users and groups, and policy lines for them have no effect, also if they deny."
                            + " Attempts go on"));
            assertThat(threads.obstacles()).isEmpty();

            files.put("/users.yaml", user("ada"));
            await().untilAsserted(() -> assertThat(catalog.contains(ADA)).isTrue());
        }
    }

    @ParameterizedTest
    @ValueSource(ints = {401, 403, 404, 410})
    void aFileThatTheServerRefusesIsNoObstacle(int status) {
        absent = status;
        CapturedLog log = CapturedLog.of(RemoteFiles.class);
        try (YamlCatalog catalog = open("/users.yaml")) {
            assertThat(threads.obstacles()).isEmpty();
            assertThat(log.messages())
                    .containsExactly("app.yaml:3: " + uri("/users.yaml")
                            + " cannot be fetched: the server responds with status " + status
                            + ". " + UNKNOWN);

            files.put("/users.yaml", user("ada"));
            await().untilAsserted(() -> assertThat(catalog.contains(ADA)).isTrue());
            assertThat(threads.obstacles()).isEmpty();
        }
    }

    @Test
    void aDeadLinkOfAFileIsAWarningUntilTheServerHasTheFile() {
        CapturedLog log = CapturedLog.of(YamlCatalog.class);
        files.put("/all.yaml", "kind: Location\nspec: {target: ./gone.yaml}\n---\n" + user("ada"));

        try (YamlCatalog catalog = open("/all.yaml")) {
            assertThat(catalog.contains(ADA)).isTrue();
            assertThat(threads.obstacles()).isEmpty();
            assertThat(log.messages())
                    .containsExactly(uri("/all.yaml") + ":1: the target " + uri("/gone.yaml")
                            + " does not exist; it is read as soon as it does");

            files.put("/gone.yaml", user("bob"));
            await().untilAsserted(() -> assertThat(catalog.contains(BOB)).isTrue());
        }
    }

    @Test
    void aDeadLinkIsNoObstacleToAStartWhileTheServerIsAway() {
        files.put("/all.yaml", "kind: Location\nspec: {target: ./gone.yaml}\n---\n" + user("ada"));
        open("/all.yaml").close();
        server.stop(0);

        try (YamlCatalog catalog = open("/all.yaml")) {
            assertThat(catalog.contains(ADA)).isTrue();
            assertThat(threads.obstacles()).isEmpty();
        }
    }

    @Test
    void aLinkToAFileThatTheServerHasHadIsAnObstacleUntilItIsRead() {
        files.put("/all.yaml", "kind: Location\nspec: {target: ./bob.yaml}\n---\n" + user("ada"));
        open("/all.yaml").close();
        files.put("/bob.yaml", "{");
        open("/all.yaml").close();
        server.stop(0);

        try (YamlCatalog catalog = open("/all.yaml")) {
            assertThat(catalog.contains(ADA)).isTrue();
            assertThat(threads.obstacles()).hasSize(1);
        }
    }

    @Test
    void aFileThatBecomesInvalidKeepsItsContentAlsoForTheNextStart() {
        files.put("/users.yaml", user("ada"));
        CapturedLog log = CapturedLog.of(YamlCatalog.class);
        try (YamlCatalog catalog = open("/users.yaml")) {
            files.put("/users.yaml", "{kind: User");
            await().untilAsserted(() -> assertThat(log.messages())
                    .anySatisfy(line -> assertThat(line).contains("/users.yaml:1: is not valid YAML")));
            assertThat(catalog.contains(ADA)).isTrue();
        }
        server.stop(0);
        try (YamlCatalog catalog = open("/users.yaml")) {
            assertThat(catalog.contains(ADA)).isTrue();
        }
    }

    @Test
    void aWebPageIsNoFile() {
        CapturedLog log = CapturedLog.of(RemoteFiles.class);
        files.put("/users.yaml", "<!DOCTYPE html>");
        try (YamlCatalog catalog = open("/users.yaml")) {
            assertThat(catalog.contains(ADA)).isFalse();
            assertThat(log.messages()).singleElement().asString().contains("the server responds with a web page");
            assertThat(threads.obstacles()).isEmpty();
        }
    }

    @Test
    void theTokenOfAServerIsSentToItsApiOnlyAndNotLogged() {
        URI api = uri("/api");
        String host = api.getAuthority();
        files.put("/api/repos/o/r/contents/all.yaml?ref=main", """
            kind: Location
            metadata: {name: org}
            spec: {targets: [./users.yaml, '%s', missing.yaml]}
            """.formatted(uri("/elsewhere.yaml?sig=s1gnature")));
        files.put("/api/repos/o/r/contents/users.yaml?ref=main", user("ada"));
        files.put("/elsewhere.yaml?sig=s1gnature", user("bob"));
        CapturedLog log = CapturedLog.of("dev.belfry.host.catalog");
        Github github = new Github(host, Optional.of(Secret.of("t0ken")), Optional.of(api), Optional.of(uri("/raw")));

        try (YamlCatalog catalog = open(
                Duration.ofMinutes(1),
                new IntegrationSettings(List.of(github), List.of()),
                "/o/r/blob/main/all.yaml")) {
            assertThat(catalog.contains(ADA)).isTrue();
            assertThat(catalog.contains(BOB)).isTrue();
        }
        assertThat(requests)
                .contains(
                        "/api/repos/o/r/contents/users.yaml?ref=main Bearer t0ken null",
                        "/elsewhere.yaml?sig=s1gnature null null");
        assertThat(log.messages())
                .anySatisfy(line -> assertThat(line).contains("/o/r/blob/main/missing.yaml does not exist"))
                .noneSatisfy(line -> assertThat(line).containsAnyOf("t0ken", "s1gnature"));
    }

    @Test
    void aServerCannotChooseFilesOfThisMachine() throws Exception {
        Path secret = Files.writeString(folder.resolve("local.yaml"), user("bob"));
        files.put(
                "/all.yaml",
                user("ada") + "---\nkind: Location\nmetadata: {name: x}\nspec: {type: file, target: " + secret + "}\n");
        CapturedLog log = CapturedLog.of(YamlCatalog.class);
        try (YamlCatalog catalog = open("/all.yaml")) {
            assertThat(catalog.contains(ADA)).isTrue();
            assertThat(catalog.contains(BOB)).isFalse();
        }
        assertThat(log.messages())
                .anySatisfy(line -> assertThat(line).contains("a file at a URL cannot refer to files of this machine"));
    }

    @Test
    void theHostFetchesThroughTheGuardOfOutgoingRequests() throws Exception {
        files.put("/users.yaml", user("ada"));
        CapturedLog log = CapturedLog.of(RemoteFiles.class);
        String config = "catalog: { locations: [ { type: url, target: '" + uri("/users.yaml") + "' } ] }\n";
        try (RunningHost host = RunningHost.start(folder, config)) {
            assertThat(host.get("/readyz").statusCode()).isEqualTo(200);
            assertThat(log.messages())
                    .singleElement()
                    .asString()
                    .matches(
                            "\\S+\\.yaml:1: \\S+/users.yaml cannot be fetched: .*belfry.outgoing.allow does not contain"
                                    + " it. " + UNKNOWN);
        }
        assertThat(requests).isEmpty();
        try (RunningHost host = RunningHost.start(folder, config + "belfry: { outgoing: { allow: [127.0.0.1] } }\n")) {
            assertThat(host.get("/readyz").statusCode()).isEqualTo(200);
        }
        assertThat(requests).isNotEmpty();
    }
}
