package dev.belfry.host;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import dev.belfry.api.ConfigurationException;
import dev.belfry.api.Plugin;
import dev.belfry.api.PluginContext;
import dev.belfry.api.access.Access;
import dev.belfry.api.queue.RetryPolicy;
import java.io.IOException;
import java.net.URI;
import java.net.URL;
import java.net.URLConnection;
import java.net.URLStreamHandler;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Arrays;
import java.util.Collections;
import java.util.Enumeration;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Collectors;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A host that an application starts with configuration and plugins in its code. */
class EmbeddingTest {

    private static final Duration LIMIT = Duration.ofSeconds(10);

    /** Threads that the JDK keeps for the whole process. */
    private static final List<String> OF_THE_JDK = List.of(
            "ForkJoinPool", "CompletableFutureDelayScheduler", "Common-Cleaner", "VirtualThread-unblocker", "Cleaner-");

    @TempDir
    private Path folder;

    /** Uses everything of the host that needs a thread. */
    private static final class Bells implements Plugin {

        private final String tone;
        private final AtomicInteger starts;

        Bells(String tone, AtomicInteger starts) {
            this.tone = tone;
            this.starts = starts;
        }

        /** The section {@code bells}. */
        record Config(String tower, Duration pause) {}

        @Override
        public void start(PluginContext context) {
            starts.incrementAndGet();
            Config config = context.config(Config.class);
            context.scheduler().every("ring", config.pause(), () -> {});
            context.scheduler().everyOnOneHost("ring-once", config.pause(), () -> {});
            context.queue("rings", String.class, RetryPolicy.DEFAULT, payload -> {});
            HttpClient http = context.httpClient();
            context.routes(routes -> {
                routes.get("/tone", Access.PUBLIC, (request, caller) -> request.result(tone + " of " + config.tower()));
                routes.get("/version", Access.PUBLIC, (request, caller) -> {
                    try (var connection = context.database().dataSource().getConnection();
                            var rows = connection.createStatement().executeQuery("select sqlite_version()")) {
                        rows.next();
                        request.result(rows.getString(1));
                    }
                });
                routes.get("/call", Access.PUBLIC, (request, caller) -> {
                    URI own = URI.create(String.valueOf(request.queryParam("uri")));
                    request.result(http.send(HttpRequest.newBuilder(own).build(), BodyHandlers.ofString())
                            .body());
                });
            });
        }
    }

    @BeforeEach
    void writeCatalog() throws IOException {
        Files.writeString(folder.resolve("catalog.yaml"), "kind: User\nmetadata: { name: guest }\n");
    }

    private BelfryBuilder builder() {
        return Belfry.builder()
                .environment(Map.of())
                .classPath(new ClassLoader("none", null) {})
                .config("backend.listen", Map.of("host", "127.0.0.1", "port", 0))
                .config("belfry.dataDirectory", folder.resolve("data"))
                .config("belfry.accessLog", false)
                .config("belfry.outgoing.allow", List.of("127.0.0.1"))
                .config("auth.providers.guest", Map.of())
                .config("permission.enabled", false)
                .config("catalog.locations", List.of(Map.of("target", folder.resolve("catalog.yaml"))))
                .config("dynamicPlugins.rootDirectory", folder)
                .config("bells.tower", "north ${HOME}")
                .config("bells.pause", Duration.ofSeconds(1));
    }

    private static String send(HttpClient http, Belfry belfry, String method, String path) {
        try {
            return http.send(
                            HttpRequest.newBuilder(URI.create(belfry.address() + path))
                                    .method(method, BodyPublishers.noBody())
                                    .build(),
                            BodyHandlers.ofString())
                    .body();
        } catch (IOException | InterruptedException e) {
            throw new IllegalStateException(e);
        }
    }

    private static Set<Thread> threads() {
        return Thread.getAllStackTraces().keySet().stream()
                .filter(thread -> OF_THE_JDK.stream().noneMatch(thread.getName()::startsWith))
                .filter(thread -> !thread.getClass().getName().startsWith("jdk.internal."))
                .collect(Collectors.toSet());
    }

    @Test
    void aHostWithConfigurationAndPluginInCodeServesAndLeavesNoThread() {
        Set<Thread> before = threads();
        AtomicInteger starts = new AtomicInteger();
        try (HttpClient http = HttpClient.newHttpClient();
                Belfry belfry = builder()
                        .plugin("bells", Bells.class, () -> new Bells("ding", starts))
                        .start()) {
            assertThat(belfry.port()).isPositive();
            assertThat(belfry.address()).isEqualTo("http://127.0.0.1:" + belfry.port());
            assertThat(send(http, belfry, "GET", "/api/bells/tone")).isEqualTo("ding of north ${HOME}");
            assertThat(send(http, belfry, "GET", "/api/bells/version")).startsWith("3.");
            String self = belfry.address() + "/api/bells/tone";
            assertThat(send(http, belfry, "GET", "/api/bells/call?uri=" + self)).isEqualTo("ding of north ${HOME}");

            send(http, belfry, "POST", "/api/host/plugins/bells/restart");

            await().atMost(LIMIT).until(() -> starts.get() == 2);
        }

        await().pollInSameThread()
                .atMost(LIMIT)
                .untilAsserted(() -> assertThat(left(before)).isEmpty());
    }

    private static List<String> left(Set<Thread> before) {
        Set<Thread> left = new HashSet<>(threads());
        left.removeAll(before);
        return left.stream()
                .map(thread -> thread.getName() + " " + Arrays.toString(thread.getStackTrace()))
                .toList();
    }

    @Test
    void oneObjectStartsOnce() {
        AtomicInteger starts = new AtomicInteger();
        try (HttpClient http = HttpClient.newHttpClient();
                Belfry belfry =
                        builder().plugin("bells", new Bells("dong", starts)).start()) {
            assertThat(send(http, belfry, "POST", "/api/host/plugins/bells/restart"))
                    .contains(
                            "runs on as before: the application passed one object of this plugin, which can start once");
            assertThat(send(http, belfry, "GET", "/api/bells/tone")).isEqualTo("dong of north ${HOME}");
            assertThat(starts).hasValue(1);
        }
    }

    @Test
    void aWrongValueInCodeIsNamedWithItsPath() {
        assertThatThrownBy(() -> builder().config("backend.listen.prot", 1).start())
                .isInstanceOf(ConfigurationException.class)
                .hasMessageContaining("set in code: backend.listen.prot: unknown key; did you mean 'port'?");
        assertThatThrownBy(() -> builder()
                        .config("bells", Map.of("at", new StringBuilder()))
                        .start())
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("bells.at: a configuration value cannot be a java.lang.StringBuilder");
        assertThatThrownBy(() -> builder().config("backend..port", 1).start())
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("'backend..port'");
    }

    @Test
    void aPluginInCodeHasTheRulesOfThoseInJars() {
        AtomicInteger starts = new AtomicInteger();
        assertThatThrownBy(
                        () -> builder().plugin("Bells", new Bells("", starts)).start())
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("plugin Bells: Plugin-Id 'Bells' must have 1 to 63");
        assertThatThrownBy(() -> builder().plugin("host", new Bells("", starts)).start())
                .hasMessageContaining("is reserved for the host");
        assertThatThrownBy(
                        () -> builder().plugin("bells", new Bells("", starts)).plugin("bells", new Bells("", starts)))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("'bells' was added before");
        assertThatThrownBy(() -> builder()
                        .plugin("bells", new Bells("", starts), "Notifications")
                        .start())
                .hasMessageContaining("Plugin-Dependencies names 'Notifications'");
        assertThat(starts).hasValue(0);
    }

    /** The loader of an executable JAR of Spring Boot names JARs inside it in this way. */
    @Test
    void aPluginInAJarInsideAnotherJarIsRefusedWithWhatToDo() throws Exception {
        URL nested = URL.of(
                URI.create("jar:nested:/srv/app.jar/!BOOT-INF/lib/bells.jar!/META-INF/services/dev.belfry.api.Plugin"),
                new URLStreamHandler() {
                    @Override
                    protected URLConnection openConnection(URL url) throws IOException {
                        throw new IOException("not reached");
                    }
                });
        ClassLoader loader = new ClassLoader("nested", null) {
            @Override
            public Enumeration<URL> getResources(String name) {
                return Collections.enumeration(List.of(nested));
            }
        };

        assertThatThrownBy(() -> builder().classPath(loader).start())
                .isInstanceOf(IllegalStateException.class)
                .hasMessageContaining("the plugin at nested:/srv/app.jar/!BOOT-INF/lib/bells.jar is inside another JAR")
                .hasMessageContaining("unpack the application");
    }

    @Test
    void theEnvironmentOverridesCodeAndCodeOverridesFiles() throws IOException {
        Path file = folder.resolve("app-config.yaml");
        Files.writeString(file, "bells: { tower: of the file, pause: PT1S }\n");
        try (HttpClient http = HttpClient.newHttpClient();
                Belfry belfry = builder()
                        .configFile(file)
                        .environment(Map.of("APP_CONFIG_bells_tower", "south"))
                        .plugin("bells", Bells.class, () -> new Bells("ding", new AtomicInteger()))
                        .start()) {
            assertThat(send(http, belfry, "GET", "/api/bells/tone")).isEqualTo("ding of south");
        }
    }
}
