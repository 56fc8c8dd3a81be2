package dev.belfry.host.leak;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.belfry.api.Plugin;
import dev.belfry.host.DropFolder;
import dev.belfry.host.PluginJar;
import dev.belfry.host.RunningHost;
import java.io.IOException;
import java.lang.ref.WeakReference;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Arrays;
import java.util.Locale;
import java.util.Objects;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * Plugins that leak are started and removed together, then checked one by one. The search uses a heap dump, which takes
 * a minute after many other tests in the same JVM.
 */
@Tag("soak")
class LeaksTest {

    /** Leaks are reported within 30 s of the stop. */
    private static final Duration LIMIT = Duration.ofSeconds(30);

    private static final ObjectMapper JSON = new ObjectMapper();

    @TempDir
    private static Path folder;

    private static RunningHost host;
    private static HttpClient client;

    @BeforeAll
    static void startAndRemoveThemAll() throws Exception {
        System.clearProperty("belfry.test.end");
        DropFolder drop = new DropFolder(folder);
        host = RunningHost.start(folder);
        client = HttpClient.newHttpClient();
        for (Class<?> row : LeakyPlugins.class.getDeclaredClasses()) {
            if (Plugin.class.isAssignableFrom(row) && row != LeakyPlugins.Leaky.class) {
                drop.drop(jar(row.asSubclass(Plugin.class)), id(row) + ".jar");
            }
        }
        await().atMost(LIMIT).until(() -> host.plugins().size() == rows());
        // A response that does not end by itself.
        client.sendAsync(
                HttpRequest.newBuilder(host.uri("/api/web/events"))
                        .header("Accept", "text/event-stream")
                        .build(),
                BodyHandlers.ofInputStream());
        assertThat(host.postJson("/api/web/notes", "{\"text\":\"ding\"}").body())
                .isEqualTo("{\"text\":\"ding\"}");
        for (Class<?> row : LeakyPlugins.class.getDeclaredClasses()) {
            if (Plugin.class.isAssignableFrom(row) && row != LeakyPlugins.Leaky.class) {
                drop.remove(id(row) + ".jar");
            }
        }
        await().atMost(LIMIT).until(() -> host.plugins().isEmpty());
    }

    @AfterAll
    static void stop() {
        System.setProperty("belfry.test.end", "true");
        System.getProperties().remove("belfry.test.left");
        client.shutdownNow();
        host.close();
    }

    private static int rows() {
        return (int) Arrays.stream(LeakyPlugins.class.getDeclaredClasses())
                .filter(row -> Plugin.class.isAssignableFrom(row) && row != LeakyPlugins.Leaky.class)
                .count();
    }

    private static PluginJar jar(Class<? extends Plugin> row) {
        return PluginJar.of(row, id(row), "1.0.0")
                .classes(LeakyPlugins.class)
                .file("db/common/V1__bells.sql", "create tabel bells");
    }

    private static String id(Class<?> row) {
        return row.getSimpleName()
                .replace("Plugin", "")
                .replaceAll("(?<=.)([A-Z])", "-$1")
                .toLowerCase(Locale.ROOT);
    }

    private static WeakReference<?> loader(String id) {
        return (WeakReference<?>)
                Objects.requireNonNull(System.getProperties().get(LeakyPlugins.key(id)), id + " was never started");
    }

    private static JsonNode leaks() throws IOException {
        return JSON.readTree(host.get("/api/host/leaks").body());
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "record",
                "gauge",
                "job",
                "thread",
                "driver",
                "hook",
                "thread-local",
                "bean",
                "m-bean",
                "provider",
                "handler",
                "web",
                "migration"
            })
    void removableLeaksAreRemoved(String id) {
        await(id + " is unloaded").atMost(LIMIT).until(() -> loader(id).refersTo(null));
    }

    @ParameterizedTest
    @CsvSource({
        "deaf-thread, the thread 'deaf' at",
        "virtual-thread, waiting",
        "pool, the thread 'pool-",
        "timeout, java.util.concurrent",
        "timer, the thread 'left timer' at",
        "static, java.util.concurrent.ConcurrentHashMap"
    })
    void otherLeaksAreReportedWithTheirReferrer(String id, String holder) throws IOException {
        await(id + " is reported")
                .atMost(LIMIT)
                .pollInterval(200, TimeUnit.MILLISECONDS)
                .until(() -> leaks().findValuesAsText("plugin").contains(id));
        JsonNode leak = of(id);
        assertThat(leak.path("generation").asText()).startsWith(id + "#");
        assertThat(leak.path("holder").asText()).contains(holder);
    }

    private static JsonNode of(String id) throws IOException {
        for (JsonNode leak : leaks()) {
            if (leak.path("plugin").asText().equals(id)) {
                return leak;
            }
        }
        throw new AssertionError("there is no leak of " + id);
    }

    @Test
    void leaksAreCountedForMonitoring() {
        // The heap dump also contains the objects of earlier tests.
        await().atMost(LIMIT.multipliedBy(3)).until(() -> !leaks().isEmpty());

        await().atMost(LIMIT)
                .until(() -> host.get("/metrics").body().contains("belfry_plugin_leaks " + leaks().size() + ".0"));
    }
}
